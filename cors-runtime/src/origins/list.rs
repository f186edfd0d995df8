//! A checked list and its matchers.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::panic::Location;

use super::Risk;
use super::check::{Checked, any_among_others, check};
use super::error::{InvalidOrigin, OriginsError};
use super::risks::Risks;
use cors_origin::confinement::is_private;
use cors_origin::glob::Glob;
use cors_origin::matcher::strategy::{Strategy, choose_for_origins, choose_for_patterns};
use cors_origin::matcher::wildcard::SingleWildcard;
use cors_origin::origin::{Origin, is_serialized_origin, parse_bytes};
use cors_origin::pattern::Pattern;

/// Checked entries. They never change: another list replaces them.
pub(crate) struct List {
    /// The entries in the order in which they were given, separated by `", "`.
    text: Box<str>,
    len: usize,
    is_any: bool,
    has_null: bool,
    matchers: Box<[Strategy]>,
    /// Patterns with several wildcards, which no strategy supports.
    globs: Box<[Box<str>]>,
    /// All patterns, for explanations.
    patterns: Box<[Box<str>]>,
    /// Entries that are insecure together with credentials.
    insecure: Box<[Insecure]>,
    /// Risks that were allowed when the entries were checked.
    risks: Risks,
}

/// An entry with plain `http` whose host is not on this machine.
struct Insecure {
    index: usize,
    entry: Box<str>,
}

/// Requirements of the policies that use a list.
#[derive(Clone, Copy, Default)]
pub(super) struct Demands {
    /// Location where the list was passed to a policy with credentials.
    pub(super) credentials: Option<&'static Location<'static>>,
}

/// Maximum number of pattern matchers that each exact origin is looked up in, to find covered
/// entries. A covered entry only costs a little memory.
const MAX_COVERING_MATCHERS: usize = 32;

/// Maximum number of patterns that are compared with each other, to find covered ones.
const MAX_COMPARED_PATTERNS: usize = 500;

impl List {
    /// Returns the list that allows any origin.
    pub(super) fn any() -> Self {
        Self {
            text: "*".into(),
            len: 1,
            is_any: true,
            ..Self::none()
        }
    }

    /// Returns the list that allows no origin.
    pub(super) fn none() -> Self {
        Self {
            text: "".into(),
            len: 0,
            is_any: false,
            has_null: false,
            matchers: Box::new([]),
            globs: Box::new([]),
            patterns: Box::new([]),
            insecure: Box::new([]),
            risks: Risks::default(),
        }
    }

    /// Checks entries and builds their matchers.
    pub(super) fn new(entries: &[impl AsRef<str>], risks: Risks) -> Result<Self, OriginsError> {
        let mut invalid = Vec::new();
        // Only patterns are kept; origins become text again once they are checked.
        let mut patterns: Vec<(usize, Pattern)> = Vec::new();
        let mut is_exact = vec![false; entries.len()];
        let mut insecure = Vec::new();
        let mut has_null = false;
        for (index, entry) in entries.iter().enumerate() {
            let entry = entry.as_ref();
            match check(index, entry, risks) {
                Ok(Checked::Any) if entries.len() == 1 => {
                    return Ok(Self {
                        risks,
                        ..Self::any()
                    });
                }
                Ok(Checked::Any) => invalid.push(any_among_others(index)),
                Ok(Checked::Null) => has_null = true,
                Ok(Checked::File) => is_exact[index] = true,
                Ok(Checked::Pattern(pattern)) => {
                    if pattern.is_insecure() {
                        let entry = entry.into();
                        insecure.push(Insecure { index, entry });
                    }
                    match pattern.is_exact() {
                        true => is_exact[index] = true,
                        false => patterns.push((index, pattern)),
                    }
                }
                Err(mistake) => invalid.push(mistake),
            }
        }
        if !invalid.is_empty() {
            return Err(OriginsError::new(invalid));
        }
        let mut is_kept = keep_first(entries);
        drop_covered(&mut patterns, &mut is_kept, entries);
        let mut list = Self {
            has_null,
            insecure: insecure.into(),
            risks,
            ..Self::none()
        };
        list.match_patterns(
            &patterns
                .iter()
                .map(|(_, pattern)| pattern)
                .collect::<Vec<_>>(),
        );
        let origins = (0..entries.len()).filter(|index| is_exact[*index]);
        let origins: Vec<usize> = origins.filter(|index| is_kept[*index]).collect();
        let is_looked_up = list.matchers.len() + list.globs.len() <= MAX_COVERING_MATCHERS;
        let mut kept = Vec::with_capacity(origins.len());
        for index in origins {
            let origin = entries[index].as_ref();
            match is_looked_up && list.accepts(origin.as_bytes()) {
                true => is_kept[index] = false,
                false => kept.push(origin),
            }
        }
        let mut matchers = choose_for_origins(&kept);
        matchers.extend(list.matchers);
        let kept = entries
            .iter()
            .zip(&is_kept)
            .filter(|(_, is_kept)| **is_kept);
        let texts = kept.map(|(entry, _)| entry.as_ref());
        Ok(Self {
            len: texts.clone().count(),
            text: join(texts),
            matchers: matchers.into(),
            ..list
        })
    }

    fn match_patterns(&mut self, patterns: &[&Pattern]) {
        let text = |pattern: &&Pattern| pattern.to_string().into();
        let (mut matchers, rest) = choose_for_patterns(patterns);
        let mut globs = Vec::new();
        for pattern in &rest {
            match SingleWildcard::new(pattern) {
                Some(single) => matchers.push(Strategy::SingleWildcard(single)),
                None => globs.push(text(pattern)),
            }
        }
        self.patterns = patterns.iter().map(text).collect();
        self.matchers = matchers.into();
        self.globs = globs.into();
    }

    /// Returns whether the list accepts an origin. Any bytes are safe, and nothing is allocated.
    pub(crate) fn accepts(&self, origin: &[u8]) -> bool {
        self.matchers.iter().any(|matcher| matcher.matches(origin))
            || !self.globs.is_empty() && self.globs_accept(origin)
            || self.has_null && origin == b"null"
            || self.is_any && is_serialized_origin(origin)
    }

    fn globs_accept(&self, origin: &[u8]) -> bool {
        let is_in = |origin: Origin<'_>| {
            let mut globs = self.globs.iter().filter_map(|glob| Glob::new(glob));
            globs.any(|glob| glob.accepts(&origin))
        };
        parse_bytes(origin).is_some_and(is_in)
    }

    /// Returns the entry that accepts `origin`, if one does.
    pub(crate) fn accepting_entry<'l>(&'l self, origin: &'l [u8]) -> Option<&'l str> {
        if self.is_any {
            return is_serialized_origin(origin).then_some("*");
        } else if !self.accepts(origin) {
            return None;
        }
        let pattern = || {
            let origin = parse_bytes(origin)?;
            let accepts =
                |pattern: &&str| Glob::new(pattern).is_some_and(|pattern| pattern.accepts(&origin));
            self.patterns.iter().map(AsRef::as_ref).find(accepts)
        };
        // An exact entry is equal to the origin.
        pattern().or_else(|| core::str::from_utf8(origin).ok())
    }

    /// Returns the entries.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &str> {
        let is_empty = self.len == 0;
        self.text.split(", ").filter(move |_| !is_empty)
    }

    /// Returns the entries as text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the list allows any origin.
    pub(crate) fn is_any(&self) -> bool {
        self.is_any
    }

    /// Returns the number of entries.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Checks the requirements that only policies know. `risks` are allowed in addition to those
    /// that the list was checked with.
    pub(super) fn meets(&self, demands: Demands, risks: Risks) -> Result<(), OriginsError> {
        let Some(place) = demands.credentials else {
            return Ok(());
        };
        let with_credentials = |what: &str| {
            alloc::format!(
                "{what} (the policy that gets its origins at {place} allows credentials)"
            )
        };
        if self.is_any {
            let reason = with_credentials("cannot be combined with credentials");
            return Err(OriginsError::new(vec![InvalidOrigin::new(
                0, "*", reason, None,
            )]));
        }
        if self.insecure.is_empty() || self.risks.union(risks).contains(Risk::InsecureOrigin) {
            return Ok(());
        }
        let invalid = self.insecure.iter().map(|Insecure { index, entry }| {
            let reason = with_credentials(
                "is an insecure origin, of which anyone on the network path can forge a page",
            );
            InvalidOrigin::new(*index, entry, reason, secure(entry))
        });
        Err(OriginsError::new(invalid.collect()))
    }
}

/// Returns the entry with `https`, unless it is in a private network, where few hosts have
/// certificates.
fn secure(entry: &str) -> Option<String> {
    let pattern = Pattern::parse(entry).ok()?;
    (!is_private(&pattern.host)).then(|| pattern.to_https().to_string())
}

fn join<'e>(entries: impl Iterator<Item = &'e str> + Clone) -> Box<str> {
    let length = entries.clone().map(|entry| entry.len() + ", ".len()).sum();
    let mut text = String::with_capacity(length);
    for entry in entries {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(entry);
    }
    text.into()
}

/// Marks the first occurrence of each entry.
fn keep_first(entries: &[impl AsRef<str>]) -> Vec<bool> {
    let text = |index: &u32| entries[*index as usize].as_ref();
    let mut order: Vec<u32> = (0..).take(entries.len()).collect();
    order.sort_unstable_by(|a, b| text(a).cmp(text(b)).then(a.cmp(b)));
    let mut is_kept = vec![true; entries.len()];
    for pair in order.windows(2) {
        is_kept[pair[1] as usize] = text(&pair[0]) != text(&pair[1]);
    }
    is_kept
}

/// Drops patterns that are repeated, or covered by another pattern.
fn drop_covered(
    patterns: &mut Vec<(usize, Pattern)>,
    is_kept: &mut [bool],
    entries: &[impl AsRef<str>],
) {
    patterns.retain(|(index, _)| is_kept[*index]);
    if patterns.len() > MAX_COMPARED_PATTERNS {
        return;
    }
    let globs = patterns.iter().map(|(index, _)| *index);
    let globs = globs.filter_map(|index| Some((index, Glob::new(entries[index].as_ref())?)));
    let globs: Vec<(usize, Glob<'_>)> = globs.collect();
    for (covered, glob) in &globs {
        // If two patterns cover each other, one of them remains.
        let is_covered = |(other, cover): &(usize, Glob<'_>)| {
            other != covered && is_kept[*other] && cover.covers(glob)
        };
        let is_covered = globs.iter().any(is_covered);
        is_kept[*covered] = !is_covered;
    }
    patterns.retain(|(index, _)| is_kept[*index]);
}
