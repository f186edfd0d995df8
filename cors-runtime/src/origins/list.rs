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
use cors_origin::matcher::dfa::PatternAutomaton;
use cors_origin::matcher::hash::mark_distinct;
use cors_origin::matcher::strategy::{Strategy, choose_for_origins, choose_for_patterns};
use cors_origin::origin::{is_serialized_origin, split_bytes};
use cors_origin::pattern::{Pattern, PatternIndex};

/// Checked entries. They never change: another list replaces them.
pub(crate) struct List {
    /// The entries in the order in which they were given, separated by `", "`.
    text: Box<str>,
    len: usize,
    is_any: bool,
    has_null: bool,
    /// Matches most origins, without reading another place of memory.
    first: Strategy,
    others: Others,
    /// All patterns, for explanations.
    patterns: Box<[Box<str>]>,
    /// Entries that are insecure together with credentials.
    insecure: Box<[Insecure]>,
    /// Risks that were allowed when the entries were checked.
    risks: Risks,
}

/// Matchers that are tried after the first.
#[derive(Default)]
struct Others {
    strategies: Box<[Strategy]>,
    /// Patterns that no strategy supports, such as those with several wildcards.
    automata: Box<[PatternAutomaton]>,
}

impl Others {
    fn is_empty(&self) -> bool {
        self.strategies.is_empty() && self.automata.is_empty()
    }

    fn accept(&self, origin: &[u8]) -> bool {
        self.strategies
            .iter()
            .any(|matcher| matcher.matches(origin))
            || self.automata.iter().any(|matcher| matcher.matches(origin))
    }
}

/// An entry with plain `http` whose host is not on this machine.
struct Insecure {
    index: usize,
    line: Option<usize>,
    entry: Box<str>,
}

/// Requirements of the policies that use a list, with the locations where it was passed to them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Demands {
    /// The policy allows credentials.
    pub(crate) credentials: Option<&'static Location<'static>>,
    /// The policy has other reasons why the list may not allow any origin.
    pub(crate) not_any: Option<(&'static [&'static str], &'static Location<'static>)>,
}

impl Demands {
    /// Returns the requirements of both. Errors show the location of the first policy.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            credentials: self.credentials.or(other.credentials),
            not_any: self.not_any.or(other.not_any),
        }
    }
}

/// Maximum number of pattern matchers that each exact origin is looked up in, to find covered
/// entries. A covered entry only costs a little memory.
const MAX_COVERING_MATCHERS: usize = 32;

/// Maximum number of labels with wildcards that each pattern is compared with, to find the patterns that cover
/// it. A covered entry costs a little memory, and nothing else.
const MAX_COMPARED_LABELS: usize = 64;

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
            first: Strategy::Compare(Vec::new()),
            others: Others::default(),
            patterns: Box::new([]),
            insecure: Box::new([]),
            risks: Risks::default(),
        }
    }

    /// Checks entries and builds their matchers.
    pub(super) fn new(entries: &[&str], risks: Risks) -> Result<Self, OriginsError> {
        let mut invalid = Vec::new();
        // Only patterns are kept; origins become text again once they are checked.
        let mut patterns: Vec<(usize, Pattern)> = Vec::new();
        let mut is_exact = vec![false; entries.len()];
        let mut insecure = Vec::new();
        let mut has_null = false;
        for (index, entry) in entries.iter().enumerate() {
            match check(index, entry, risks) {
                Ok(Checked::Any) if entries.len() == 1 => {
                    return Ok(Self {
                        risks,
                        ..Self::any()
                    });
                }
                Ok(Checked::Any) => invalid.push(any_among_others(index)),
                Ok(Checked::Null) => has_null = true,
                Ok(Checked::File | Checked::Plain) => is_exact[index] = true,
                Ok(Checked::Pattern(pattern)) => {
                    if pattern.is_insecure() {
                        let entry = (*entry).into();
                        insecure.push(Insecure {
                            index,
                            line: None,
                            entry,
                        });
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
        let mut is_kept = mark_distinct(entries);
        drop_covered(&mut patterns, &mut is_kept);
        let patterns: Vec<&Pattern> = patterns.iter().map(|(_, pattern)| pattern).collect();
        let (strategies, rest) = choose_for_patterns(&patterns);
        let automata = PatternAutomaton::build_all(&rest);
        let covering = Others {
            strategies: strategies.into(),
            automata: automata.into(),
        };
        let kept = keep_uncovered(entries, &is_exact, &mut is_kept, &covering);
        let mut strategies = choose_for_origins(&kept);
        strategies.extend(covering.strategies);
        let mut strategies = strategies.into_iter();
        let none = Self::none();
        let kept = entries
            .iter()
            .zip(&is_kept)
            .filter(|(_, is_kept)| **is_kept);
        let texts = kept.map(|(entry, _)| *entry);
        Ok(Self {
            text: join(texts.clone()),
            len: texts.count(),
            has_null,
            first: strategies.next().unwrap_or(none.first),
            others: Others {
                strategies: strategies.collect(),
                automata: covering.automata,
            },
            patterns: patterns
                .iter()
                .map(|pattern| pattern.to_string().into())
                .collect(),
            insecure: insecure.into(),
            risks,
            is_any: false,
        })
    }

    /// Returns whether a policy may reject some of the entries.
    pub(super) fn has_insecure(&self) -> bool {
        !self.insecure.is_empty()
    }

    /// Sets the lines of the entries, given for each index.
    pub(super) fn with_lines(mut self, lines: &[usize]) -> Self {
        for insecure in &mut self.insecure {
            insecure.line = lines.get(insecure.index).copied();
        }
        self
    }

    /// Returns whether the list accepts an origin. Any bytes are safe, and nothing is allocated.
    #[inline]
    pub(crate) fn accepts(&self, origin: &[u8]) -> bool {
        self.first.matches(origin) || self.accepts_otherwise(origin)
    }

    #[inline]
    fn accepts_otherwise(&self, origin: &[u8]) -> bool {
        !self.others.is_empty() && self.others.accept(origin)
            || self.has_null && origin == b"null"
            || self.is_any && is_serialized_origin(origin)
    }

    /// Returns the entry that accepts `origin`, if one does.
    pub(crate) fn accepting_entry<'l>(&'l self, origin: &'l [u8]) -> Option<&'l str> {
        if self.is_any {
            return is_serialized_origin(origin).then_some("*");
        } else if !self.accepts(origin) {
            return None;
        }
        let pattern = || {
            let origin = split_bytes(origin)?;
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
        let mut invalid = Vec::new();
        if let Some(place) = demands.credentials {
            let with_credentials = |reason: &str| {
                alloc::format!(
                    "{reason} (the policy that gets its origins at {place} allows credentials)"
                )
            };
            if self.is_any {
                let reason = with_credentials("cannot be combined with credentials");
                invalid.push(InvalidOrigin::new(0, "*", reason, None));
            }
            if !self.risks.union(risks).contains(Risk::InsecureOrigin) {
                invalid.extend(self.insecure.iter().map(|Insecure { index, line, entry }| {
                    let reason = with_credentials(
                        "is an insecure origin: anyone on the network path can forge its pages",
                    );
                    InvalidOrigin::new(*index, entry, reason, secure(entry)).on_line(*line)
                }));
            }
        }
        if let (true, Some((reasons, place))) = (self.is_any, demands.not_any) {
            invalid.extend(reasons.iter().map(|reason| {
                let reason =
                    alloc::format!("{reason} (in the policy that gets its origins at {place})");
                InvalidOrigin::new(0, "*", reason, None)
            }));
        }
        match invalid.is_empty() {
            true => Ok(()),
            false => Err(OriginsError::new(invalid)),
        }
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

/// Returns the exact origins that no pattern covers, and unmarks the others.
fn keep_uncovered<'e>(
    entries: &[&'e str],
    is_exact: &[bool],
    is_kept: &mut [bool],
    covering: &Others,
) -> Vec<&'e str> {
    let is_looked_up = !covering.is_empty()
        && covering.strategies.len() + covering.automata.len() <= MAX_COVERING_MATCHERS;
    let mut kept = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if !is_exact[index] || !is_kept[index] {
            continue;
        }
        match is_looked_up && covering.accept(entry.as_bytes()) {
            true => is_kept[index] = false,
            false => kept.push(*entry),
        }
    }
    kept
}

/// Drops patterns that are repeated, or covered by another pattern.
fn drop_covered(patterns: &mut Vec<(usize, Pattern)>, is_kept: &mut [bool]) {
    patterns.retain(|(index, _)| is_kept[*index]);
    let mut cover = PatternIndex::default();
    for (index, pattern) in patterns.iter() {
        cover.insert(pattern, *index);
    }
    for (covered, pattern) in patterns.iter() {
        let mut is_covered = false;
        // If two patterns cover each other, one of them remains.
        let find_other = |indices: &[usize]| {
            let mut others = indices.iter().filter(|index| *index != covered);
            is_covered |= others.any(|other| is_kept[*other]);
        };
        cover.covering(pattern, &mut { MAX_COMPARED_LABELS }, find_other);
        is_kept[*covered] = !is_covered;
    }
    patterns.retain(|(index, _)| is_kept[*index]);
}
