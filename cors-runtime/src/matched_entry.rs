//! Finds the entry of a rule that accepts an origin, from the text of the entries.
//!
//! The compiled matcher finds the rule; this module finds the entry, for people. It takes one pass over
//! each entry, and never calls a predicate.

use crate::configured::Configured;
use crate::rule::{OriginEntry, Rule};
use cors_origin::glob::Glob;
use cors_origin::origin::split_bytes;

/// The entry of `allow_origins` that accepts an origin.
///
/// [`text`](Self::text) returns the entry as it is written in the policy, in an environment variable or in the list
/// of origins: `regex("..")`, for example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchedEntry<'e> {
    /// `Any`.
    Any,
    /// An entry without a wildcard: one origin or, with an opt-out, `null`.
    Origin(&'e str),
    /// A pattern: an origin with `*`, `**` or `:*`.
    Pattern(&'e str),
    /// A regex.
    Regex(&'e str),
    /// An entry of the list that replaces `Configured`.
    Configured(&'e str),
    /// A predicate. `None` if the rule has several: they are not called again to find out which.
    Predicate(Option<&'e str>),
}

impl<'e> MatchedEntry<'e> {
    /// Returns the entry as it is written. `None` if it is one of several predicates.
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

/// Returns the first entry of `rule` that accepts `origin`, of which there must be one. Prefers
/// exact entries and patterns, then configured entries, then regexes, then predicates.
pub(crate) fn accepting_entry<'e>(
    rule: &'e Rule,
    origin: &'e [u8],
    configured: Configured<'e>,
) -> MatchedEntry<'e> {
    let parsed = split_bytes(origin);
    let is_in = |pattern| {
        let accepts = |(origin, pattern): (_, Glob<'_>)| pattern.accepts(&origin);
        parsed.zip(Glob::new(pattern)).is_some_and(accepts)
    };
    let written = rule.entries().find_map(|entry| match entry {
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
        rule.entries().find_map(|entry| match entry {
            OriginEntry::Regex {
                text, automaton, ..
            } if automaton.table().matches(origin) => Some(MatchedEntry::Regex(text)),
            _ => None,
        })
    };
    let predicate = || {
        let mut predicates = rule.entries().filter_map(|entry| match entry {
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
