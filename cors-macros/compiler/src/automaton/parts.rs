//! Which patterns share an automaton.
//!
//! Patterns with two wildcards in one label, as `https://*-api-*.example.com`, multiply if they share
//! a domain: how much of one has been read says nothing of how much of another, so that a common
//! automaton has a state for every combination.

use std::collections::HashMap;

use super::dfa::Dfa;
use super::{build, expression};
use crate::model::{Host, Label, Origin, Piece};

/// The bytes that `regex-automata` may take for several patterns together: some, and more for each.
/// Patterns that do not multiply stay below it.
const LIMIT: usize = 1 << 18;
const LIMIT_EACH: usize = 1 << 15;

/// Patterns that share an automaton.
pub(crate) struct Part {
    /// Their indices, ascending.
    pub(crate) members: Vec<usize>,
    /// Accepts by position in `members`.
    pub(crate) dfa: Dfa,
}

/// Parts `patterns` such that no automaton multiplies. Patterns as people write them are one part.
pub(crate) fn parts(patterns: &[&Origin]) -> Vec<Part> {
    let mut waiting = sorted(patterns);
    waiting.reverse();
    let mut parts = Vec::new();
    while let Some(members) = waiting.pop() {
        let expressions: Vec<String> = members
            .iter()
            .map(|member| expression::of(patterns[*member]))
            .collect();
        let limit = LIMIT + members.len() * LIMIT_EACH;
        // One alone has as many states as its wildcards times its bytes.
        let dfa = match members.len() {
            1 => Some(build::of_patterns(&expressions)),
            _ => build::of_patterns_within(&expressions, limit),
        };
        match dfa {
            Some(dfa) => parts.push(Part { members, dfa }),
            // Rare: what multiplies in other ways.
            None => {
                let (first, second) = members.split_at(members.len() / 2);
                waiting.extend([second.to_vec(), first.to_vec()]);
            }
        }
    }
    parts
}

/// The indices of `patterns`, those of one domain that would multiply each in a list of its own.
fn sorted(patterns: &[&Origin]) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    let mut multiplying: HashMap<String, usize> = HashMap::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let list = match multiplied_domain(pattern) {
            None => 0,
            Some(domain) => {
                let count = multiplying.entry(domain).or_insert(0);
                *count += 1;
                *count - 1
            }
        };
        match lists.get_mut(list) {
            Some(list) => list.push(index),
            None => lists.push(vec![index]),
        }
    }
    lists
}

/// What stands to the right of two wildcards in one label.
fn multiplied_domain(pattern: &Origin) -> Option<String> {
    let Host::Domain(labels) = &pattern.host else {
        return None;
    };
    let has_two = |label: &Label| {
        let wildcards = label
            .pieces
            .iter()
            .filter(|piece| **piece == Piece::Wildcard);
        wildcards.count() > 1
    };
    let last = labels.iter().rposition(has_two)?;
    let domain = labels[last + 1..].iter().map(ToString::to_string);
    Some(domain.collect::<Vec<_>>().join("."))
}
