//! Which strategy matches which entries: the cheapest that can.

use core::fmt;
use std::borrow::Cow;
use std::collections::BTreeMap;

use super::group::Group;
use super::simple::Simple;
use super::suffix::{Family, Start};
use crate::analysis::PatternGroup;
use crate::automaton::{Dfa, union};
use crate::model::Pattern;
use cors_origin::matcher::hash::MIN_KEY_LEN;

/// Up to so many exact origins are compared one by one: each time the length, and a few words if that
/// is the same.
const LITERALS: usize = 8;
/// Up to so many patterns that start alike are compared one by one.
const ALIKE: usize = 4;
/// Up to so many patterns of all kinds are compared one by one.
const PATTERNS: usize = 8;
/// So many families are looked up in tables of their own.
const FAMILIES: usize = 4;

/// A way to match some entries.
pub(super) enum Strategy<'a> {
    /// Comparisons with literals.
    Literals(Vec<String>),
    /// A hash of a few words, and one comparison.
    Hashed(Vec<String>),
    /// Comparisons of what stands around a wildcard.
    Simple(Simple),
    /// The same, with a hash for what stands after it.
    Suffixes(Family),
    /// A step for each byte.
    Automaton {
        dfa: Cow<'a, Dfa>,
        /// What it accepts.
        texts: Vec<String>,
    },
    /// The same, for one regex.
    Regex { dfa: &'a Dfa, text: String },
}

/// How the entries of a group are matched, but for predicates; `patterns` are those of the group.
pub(super) fn of<'a>(
    group: &Group<'a>,
    patterns: impl Iterator<Item = &'a PatternGroup<'a>>,
) -> Vec<Strategy<'a>> {
    let mut strategies = exact(&group.exact);
    for PatternGroup { patterns, dfa, .. } in patterns {
        strategies.extend(self::patterns(patterns, dfa));
    }
    let regexes = group.regexes.iter();
    strategies.extend(regexes.map(|(text, dfa)| Strategy::Regex {
        dfa,
        text: text.clone(),
    }));
    strategies
}

fn exact<'a>(origins: &[String]) -> Vec<Strategy<'a>> {
    let mut origins = origins.to_vec();
    origins.sort_unstable();
    let is_long = origins.len() > LITERALS;
    let (hashed, literals): (Vec<String>, Vec<String>) = origins
        .into_iter()
        .partition(|origin| is_long && origin.len() >= MIN_KEY_LEN);
    [Strategy::Literals(literals), Strategy::Hashed(hashed)]
        .into_iter()
        .filter(|strategy| strategy.count() > 0)
        .collect()
}

/// How patterns are matched; `union` is their automaton.
pub(super) fn patterns<'a>(patterns: &[&'a Pattern], union: &'a Dfa) -> Vec<Strategy<'a>> {
    let mut families: BTreeMap<Start, Vec<(&'a Pattern, Simple, String)>> = BTreeMap::new();
    let mut single: Vec<(&'a Pattern, Option<Simple>)> = Vec::new();
    for origin in patterns {
        let simple = Simple::of(origin);
        let start = simple.as_ref().and_then(Start::of);
        match (simple, start) {
            (Some(simple), Some((start, ending))) => {
                let members = families.entry(start).or_default();
                members.push((origin, simple, ending));
            }
            (simple, _) => single.push((origin, simple)),
        }
    }
    let mut families: Vec<_> = families.into_iter().collect();
    families.sort_by_key(|(_, members)| core::cmp::Reverse(members.len()));

    let mut strategies = Vec::new();
    for (start, members) in families {
        let members = members.into_iter();
        if members.len() > ALIKE && strategies.len() < FAMILIES {
            let endings = members.map(|(_, _, ending)| ending).collect();
            strategies.push(Strategy::Suffixes(Family { start, endings }));
        } else {
            single.extend(members.map(|(origin, simple, _)| (origin, Some(simple))));
        }
    }
    let count = single.iter().filter(|(_, simple)| simple.is_some()).count();
    let mut rest: Vec<&'a Pattern> = Vec::new();
    for (origin, simple) in single {
        match simple {
            Some(simple) if count <= PATTERNS => strategies.push(Strategy::Simple(simple)),
            _ => rest.push(origin),
        }
    }
    if !rest.is_empty() {
        let dfa = match rest.len() == patterns.len() {
            true => Cow::Borrowed(union),
            false => Cow::Owned(self::union(&rest)),
        };
        let texts = rest.iter().map(ToString::to_string).collect();
        strategies.push(Strategy::Automaton { dfa, texts });
    }
    strategies
}

impl Strategy<'_> {
    /// How many entries it matches.
    fn count(&self) -> usize {
        match self {
            Self::Literals(texts) | Self::Hashed(texts) | Self::Automaton { texts, .. } => {
                texts.len()
            }
            Self::Simple(_) | Self::Regex { .. } => 1,
            Self::Suffixes(family) => family.endings.len(),
        }
    }
}

impl fmt::Display for Strategy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count();
        match self {
            Self::Literals(_) if count == 1 => f.write_str("a literal"),
            Self::Literals(_) => write!(f, "{count} literals"),
            Self::Hashed(_) if count == 1 => f.write_str("a hash of an origin"),
            Self::Hashed(_) => write!(f, "a hash of {count} origins"),
            Self::Simple(_) => f.write_str("a comparison around a wildcard"),
            Self::Suffixes(_) => write!(f, "a hash of {count} endings of patterns"),
            Self::Regex { .. } => f.write_str("an automaton of a regex"),
            Self::Automaton { .. } if count == 1 => f.write_str("an automaton of a pattern"),
            Self::Automaton { .. } => write!(f, "an automaton of {count} patterns"),
        }
    }
}
