//! Which entry of a rule accepts an origin, read from the text of the entries.
//!
//! The compiled matcher says which rule it is; this names the entry for people. It takes one pass
//! over each entry, and never asks a predicate.

use crate::configured::Configured;
use crate::rule::{OriginEntry, Rule};
use cors_origin::glob::Glob;
use cors_origin::origin::parse_bytes;

/// The entry of `allow_origins` that accepts an origin, by its kind.
///
/// Texts are those of the policy or of an environment variable: that of a regex is `regex("..")`, and
/// that of a predicate `predicate(..)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchedEntry<'e> {
    /// `Any`.
    Any,
    /// This origin, or `null`.
    Origin(&'e str),
    /// A pattern: an origin with `*`, `**` or `:*`.
    Pattern(&'e str),
    /// A regex.
    Regex(&'e str),
    /// An entry of the list that `Configured` stands for.
    Configured(&'e str),
    /// A predicate. `None` if the rule has several: they are not asked again to tell which.
    Predicate(Option<&'e str>),
}

impl<'e> MatchedEntry<'e> {
    /// The entry as it is written. `None` if it is one of several predicates.
    #[must_use]
    pub fn text(&self) -> Option<&'e str> {
        match *self {
            Self::Any => Some("Any"),
            Self::Origin(text)
            | Self::Pattern(text)
            | Self::Regex(text)
            | Self::Configured(text) => Some(text),
            Self::Predicate(text) => text,
        }
    }
}

/// The first entry of `rule` that accepts `origin`, which one of them does: the first that is
/// written out, or else one that is configured, or else the first regex, or else a predicate.
pub(super) fn of<'e>(
    rule: &Rule<'e>,
    origin: &'e [u8],
    configured: Configured<'e>,
) -> MatchedEntry<'e> {
    let parsed = parse_bytes(origin);
    let is_in = |pattern| {
        let accepts = |(origin, pattern): (_, Glob<'_>)| pattern.accepts(&origin);
        parsed.zip(Glob::new(pattern)).is_some_and(accepts)
    };
    let written = rule.entries.iter().find_map(|entry| match *entry {
        OriginEntry::Any => Some(MatchedEntry::Any),
        OriginEntry::Null if origin == b"null" => Some(MatchedEntry::Origin("null")),
        OriginEntry::Origin(text) if text.as_bytes() == origin => Some(MatchedEntry::Origin(text)),
        OriginEntry::Pattern(text) if is_in(text) => Some(MatchedEntry::Pattern(text)),
        _ => None,
    });
    let configured = || {
        let entry = || configured.accepting_entry(origin);
        rule.is_configured()
            .then(entry)?
            .map(MatchedEntry::Configured)
    };
    let regex = || {
        rule.entries.iter().find_map(|entry| match *entry {
            OriginEntry::Regex {
                text, automaton, ..
            } if automaton.matches(origin) => Some(MatchedEntry::Regex(text)),
            _ => None,
        })
    };
    let predicate = || {
        let mut predicates = rule.entries.iter().filter_map(|entry| match *entry {
            OriginEntry::Predicate { text, .. } => Some(text),
            _ => None,
        });
        MatchedEntry::Predicate(predicates.next().filter(|_| predicates.next().is_none()))
    };
    written
        .or_else(configured)
        .or_else(regex)
        .unwrap_or_else(predicate)
}
