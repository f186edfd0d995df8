//! Groups of patterns that share an automaton.
//!
//! Patterns with two wildcards in one label, such as `https://*-api-*.example.com`, multiply if
//! they share a domain: progress in one pattern is independent of progress in another, so a common
//! automaton needs a state for every combination.

use std::collections::HashMap;

use super::build::merged_within;
use super::dfa::Dfa;
use crate::model::{Host, LabelPart, Pattern};

/// Maximum number of steps to build the automaton of several patterns: a constant, and a number for each
/// pattern. Patterns that do not multiply need less.
const MAX_STEPS: usize = 1 << 16;
const MAX_STEPS_PER_PATTERN: usize = 1 << 13;

/// Some of several patterns.
pub(crate) struct Partition {
    /// Their indices, ascending.
    pub(crate) members: Vec<usize>,
    /// Accepts what any of them accepts.
    pub(crate) dfa: Dfa,
}

/// Partitions `patterns` so that no combined automaton blows up. Typical inputs yield a single
/// partition.
pub(crate) fn partition(patterns: &[&Pattern]) -> Vec<Partition> {
    let mut waiting = separate_multiplying(patterns);
    waiting.reverse();
    let mut partitions = Vec::new();
    while let Some(members) = waiting.pop() {
        let mut some = Vec::new();
        for member in &members {
            some.push(patterns[*member]);
        }
        let most = MAX_STEPS + members.len() * MAX_STEPS_PER_PATTERN;
        // A single pattern has at most as many states as its wildcards times its bytes.
        let dfa = match members.len() {
            1 => merged_within(usize::MAX, &some),
            _ => merged_within(most, &some),
        };
        match dfa {
            Some(dfa) => partitions.push(Partition { members, dfa }),
            // Rare: patterns that multiply in other ways.
            None => {
                let (first, second) = members.split_at(members.len() / 2);
                waiting.push(second.to_vec());
                waiting.push(first.to_vec());
            }
        }
    }
    partitions
}

/// Returns the indices of `patterns`, in a separate list for each pattern that would multiply with
/// others of its domain.
fn separate_multiplying(patterns: &[&Pattern]) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    // By domain.
    let mut multiplying: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let list = match multiplied_domain(pattern) {
            None => 0,
            Some(domain) => {
                let earlier = multiplying.entry(domain).or_default();
                earlier.push(index);
                earlier.len() - 1
            }
        };
        match lists.get_mut(list) {
            Some(list) => list.push(index),
            None => lists.push(vec![index]),
        }
    }
    lists
}

/// Returns the end of a host to the right of two wildcards in one label.
fn multiplied_domain(pattern: &Pattern) -> Option<String> {
    let Host::Domain(labels) = &pattern.host else {
        return None;
    };
    let mut domain = None;
    for label in labels {
        let mut wildcards = 0;
        for part in &label.parts {
            wildcards += usize::from(*part == LabelPart::Wildcard);
        }
        if wildcards > 1 {
            domain = Some(String::new());
        } else if let Some(domain) = &mut domain {
            domain.push_str(&format!(".{label}"));
        }
    }
    domain
}
