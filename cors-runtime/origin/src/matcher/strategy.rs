//! Chooses the cheapest strategy for a list of entries.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::hash::{HashTableBuf, MIN_KEY_LEN, sorted};
use super::order::sort_by_key;
use super::suffix::{SuffixGroup, SuffixGroupStart};
use super::text::bytes_eq;
use super::wildcard::SingleWildcard;
use crate::pattern::Pattern;

/// Maximum number of exact origins that are compared one by one: first the length, and then a few
/// words.
const MAX_COMPARED_ORIGINS: usize = 8;

/// Maximum number of patterns that are compared one by one.
const MAX_COMPARED_PATTERNS: usize = 8;

/// Maximum number of patterns with the same beginning that are compared one by one.
const MAX_COMPARED_ALIKE: usize = 4;

/// Maximum number of groups of patterns with their own tables.
const MAX_SUFFIX_GROUPS: usize = 4;

/// A strategy to match some entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy {
    /// Comparisons with each of these origins.
    Compare(Vec<String>),
    /// A hash of a few words, and one comparison.
    PerfectHash(HashTableBuf),
    /// Comparisons of the text around a wildcard.
    SingleWildcard(SingleWildcard),
    /// Comparisons of the text around a wildcard, with a hash for the ending.
    SuffixHash(SuffixGroup),
}

impl Strategy {
    /// Returns whether one of the entries accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        match self {
            Self::Compare(origins) => origins.iter().any(|text| bytes_eq(text.as_bytes(), origin)),
            Self::PerfectHash(table) => table.view().contains(origin),
            Self::SingleWildcard(pattern) => pattern.matches(origin),
            Self::SuffixHash(group) => group.matches(origin),
        }
    }
}

/// Prints a description for people.
impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(origins) if origins.len() == 1 => f.write_str("a literal"),
            Self::Compare(origins) => write!(f, "{} literals", origins.len()),
            Self::PerfectHash(table) if table.len() == 1 => f.write_str("a hash of an origin"),
            Self::PerfectHash(table) => write!(f, "a hash of {} origins", table.len()),
            Self::SingleWildcard(_) => f.write_str("a comparison around a wildcard"),
            Self::SuffixHash(group) => write!(f, "a hash of {} endings of patterns", group.len()),
        }
    }
}

/// Chooses a strategy for exact origins.
#[must_use]
pub fn choose_for_origins(origins: &[&str]) -> Vec<Strategy> {
    let is_long = origins.len() > MAX_COMPARED_ORIGINS;
    let (mut hashed, mut compared) = (Vec::new(), Vec::new());
    for origin in origins {
        match is_long && origin.len() >= MIN_KEY_LEN {
            true => hashed.push(*origin),
            false => compared.push(*origin),
        }
    }
    let mut strategies = Vec::new();
    if !compared.is_empty() {
        let mut owned = Vec::with_capacity(compared.len());
        for origin in sorted(&compared) {
            owned.push(origin.to_owned());
        }
        strategies.push(Strategy::Compare(owned));
    }
    if !hashed.is_empty() {
        strategies.push(Strategy::PerfectHash(HashTableBuf::new(&hashed)));
    }
    strategies
}

/// Patterns that only differ in their endings.
struct Group<'p> {
    start: SuffixGroupStart,
    endings: Vec<&'p str>,
    /// The indices of the patterns.
    members: Vec<usize>,
}

/// Chooses strategies for patterns. Also returns the patterns without a strategy, which an
/// automaton can match.
#[must_use]
pub fn choose_for_patterns<'p>(patterns: &[&'p Pattern]) -> (Vec<Strategy>, Vec<&'p Pattern>) {
    let mut singles = Vec::with_capacity(patterns.len());
    for pattern in patterns {
        singles.push(SingleWildcard::new(pattern));
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut others = Vec::new();
    for (index, single) in singles.iter().enumerate() {
        let Some((start, ending)) = single.as_ref().and_then(SuffixGroupStart::split) else {
            others.push(index);
            continue;
        };
        let number = *numbers.entry(start.to_text()).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Group {
                start,
                endings: Vec::new(),
                members: Vec::new(),
            });
        }
        groups[number].endings.push(ending);
        groups[number].members.push(index);
    }

    let mut strategies = Vec::new();
    let missing = |number: usize| patterns.len() - groups[number].members.len();
    let (from_largest, _) = sort_by_key(groups.len(), patterns.len() + 1, &missing);
    for number in &from_largest {
        let group = &groups[*number as usize];
        if group.members.len() > MAX_COMPARED_ALIKE && strategies.len() < MAX_SUFFIX_GROUPS {
            let group = SuffixGroup::new(group.start.clone(), &group.endings);
            strategies.push(Strategy::SuffixHash(group));
        } else {
            others.extend_from_slice(&group.members);
        }
    }
    let mut compared = 0;
    for index in &others {
        compared += usize::from(singles[*index].is_some());
    }
    let are_compared = compared <= MAX_COMPARED_PATTERNS;
    let mut rest = Vec::new();
    for index in &others {
        match singles[*index].take() {
            Some(single) if are_compared => strategies.push(Strategy::SingleWildcard(single)),
            _ => rest.push(patterns[*index]),
        }
    }
    (strategies, rest)
}
