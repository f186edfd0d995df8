//! Which entry of a rule accepts an origin, read from the text of the entries.
//!
//! The compiled matcher says which rule it is; this names the entry for people. It takes one pass
//! over each entry, and never asks a predicate.

use crate::origin::Origin;
use crate::rule::{EntryKind, Rule};
use cors_origin::serialized::split;

/// The entry of `allow_origins` that accepts an origin, by its kind.
///
/// Texts are those of the policy or of an environment variable: that of a regex is `regex("..")`, and
/// that of a predicate `predicate(..)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Entry {
    /// `Any`.
    Any,
    /// This origin, or `null`.
    Origin(&'static str),
    /// A pattern: an origin with `*`, `**` or `:*`.
    Pattern(&'static str),
    /// A regex.
    Regex(&'static str),
    /// A predicate. `None` if the rule has several: they are not asked again to tell which.
    Predicate(Option<&'static str>),
}

impl Entry {
    /// The entry as it is written. `None` if it is one of several predicates.
    #[must_use]
    pub fn text(&self) -> Option<&'static str> {
        match *self {
            Self::Any => Some("Any"),
            Self::Origin(text) | Self::Pattern(text) | Self::Regex(text) => Some(text),
            Self::Predicate(text) => text,
        }
    }
}

/// The first entry of `rule` that accepts `origin`, which one of them does: the first that is
/// written out, or else the first regex, or else a predicate.
pub(super) fn of(rule: &Rule, origin: &[u8]) -> Entry {
    let parsed = Origin::parse(origin);
    let is_in = |pattern| {
        let accepts = |(origin, pattern): (_, Pattern)| pattern.accepts(&origin);
        parsed.zip(Pattern::of(pattern)).is_some_and(accepts)
    };
    let written = rule.entries().find_map(|entry| match entry {
        EntryKind::Any => Some(Entry::Any),
        EntryKind::Origin(text) if text.as_bytes() == origin => Some(Entry::Origin(text)),
        EntryKind::Pattern(text) if is_in(text) => Some(Entry::Pattern(text)),
        _ => None,
    });
    let regex = || {
        let mut regexes = rule.regexes.iter();
        let regex = regexes.find(|regex| regex.automaton.matches(origin))?;
        Some(Entry::Regex(regex.text))
    };
    let predicate = || {
        let mut predicates = rule.entries().filter_map(|entry| match entry {
            EntryKind::Predicate { text, .. } => Some(text),
            _ => None,
        });
        Entry::Predicate(predicates.next().filter(|_| predicates.next().is_none()))
    };
    written.or_else(regex).unwrap_or_else(predicate)
}

/// An origin or a pattern, taken apart.
#[derive(Clone, Copy)]
pub(super) struct Pattern {
    scheme: &'static str,
    pub(super) host: &'static str,
    port: Option<&'static str>,
}

impl Pattern {
    /// `None` for `null`.
    pub(super) fn of(entry: &'static str) -> Option<Self> {
        let (scheme, host, port) = split(entry)?;
        Some(Self { scheme, host, port })
    }

    fn accepts(&self, origin: &Origin<'_>) -> bool {
        self.accepts_scheme(origin) && self.accepts_port(origin) && self.accepts_host(origin)
    }

    pub(super) fn accepts_scheme(&self, origin: &Origin<'_>) -> bool {
        self.scheme == origin.scheme()
    }

    pub(super) fn accepts_port(&self, origin: &Origin<'_>) -> bool {
        match self.port {
            Some("*") => true,
            Some(digits) => digits.parse().ok() == origin.port(),
            None => origin.port().is_none(),
        }
    }

    pub(super) fn accepts_host(&self, origin: &Origin<'_>) -> bool {
        match self.host.strip_prefix("**") {
            // No wildcard stands for an address in brackets.
            _ if origin.host().starts_with('[') => self.host == origin.host(),
            Some(rest) => has_subdomain(origin.host(), rest),
            None => labels_match(self.host, origin.host()),
        }
    }

    /// The first label, and what stands behind it, from the dot on.
    pub(super) fn first_label(&self) -> (&'static str, &'static str) {
        self.host
            .split_at(self.host.find('.').unwrap_or(self.host.len()))
    }
}

/// Whether some first labels of `host` can be left out such that `rest` accepts the others.
/// `rest` starts with a dot, or is empty.
pub(super) fn has_subdomain(host: &str, rest: &str) -> bool {
    // As many labels as `rest` has are behind the same number of dots.
    match rest.matches('.').count().checked_sub(1) {
        None => !host.ends_with('.'),
        Some(dots) => {
            let place = host.rmatch_indices('.').nth(dots);
            place.is_some_and(|(place, _)| labels_match(rest, &host[place..]))
        }
    }
}

fn labels_match(pattern: &str, host: &str) -> bool {
    let (mut patterns, mut labels) = (pattern.split('.'), host.split('.'));
    loop {
        match (patterns.next(), labels.next()) {
            (None, None) => return true,
            (Some(pattern), Some(label)) if label_matches(pattern, label) => {}
            _ => return false,
        }
    }
}

/// Whether a label is the text of a pattern with one byte or more in place of each `*`.
///
/// Texts between two `*` are looked for from left to right, which misses nothing: what is left for
/// later ones is as long as can be.
fn label_matches(pattern: &str, label: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == label;
    };
    let Some(mut left) = label.strip_prefix(first) else {
        return false;
    };
    let mut texts = rest.split('*').peekable();
    while let Some(text) = texts.next() {
        // The byte that the `*` before `text` needs.
        let Some(behind) = left.get(1..) else {
            return false;
        };
        if texts.peek().is_none() {
            return behind.ends_with(text);
        }
        match behind.find(text) {
            Some(place) => left = &behind[place + text.len()..],
            None => return false,
        }
    }
    false
}
