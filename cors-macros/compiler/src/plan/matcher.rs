//! Finding the rule for an origin: the matchers and their order.

use core::fmt;
use std::collections::HashMap;

use super::listed_once;
use super::table::dfa_table;
use crate::analysis::Analysis;
use crate::automaton::partition;
use crate::declaration::Path;
use crate::model::{Condition, EntryKind, Pattern};
use cors_origin::matcher::dfa::DfaTableBuf;
use cors_origin::matcher::strategy::{self, choose_for_origins, choose_for_patterns};

/// A matcher for some origins of a rule.
#[derive(Debug, PartialEq)]
pub struct Arm {
    /// The index of the rule.
    pub rule: usize,
    /// The condition for compiling the arm.
    pub condition: Option<Condition>,
    /// The strategy.
    pub strategy: Strategy,
}

/// A strategy to match some entries.
#[derive(Debug, PartialEq)]
pub enum Strategy {
    /// Comparisons and lookups.
    Lookup(strategy::Strategy),
    /// An automaton, with one step for each byte.
    Patterns {
        /// Its table.
        table: DfaTableBuf,
        /// The patterns that it accepts.
        patterns: Vec<String>,
    },
    /// An automaton for one regex.
    Regex {
        /// Its table.
        table: DfaTableBuf,
        /// The entry.
        text: String,
    },
    /// The list that the program configured.
    Configured,
    /// A call of a function.
    Predicate(Path),
}

impl Arm {
    /// Returns whether the two have a common description.
    pub(super) fn is_described_with(&self, other: &Self) -> bool {
        let is_predicate = |arm: &Self| matches!(arm.strategy, Strategy::Predicate(_));
        is_predicate(self)
            && is_predicate(other)
            && self.rule == other.rule
            && self.condition == other.condition
    }
}

/// Entries of a rule under the same condition, by how they are matched.
#[derive(Default)]
struct Group<'a> {
    condition: Option<&'a Condition>,
    exact: Vec<String>,
    patterns: Vec<&'a Pattern>,
    /// With their indices.
    regexes: Vec<(usize, String)>,
    /// Whether there is a `Configured`.
    is_configured: bool,
    predicates: Vec<&'a Path>,
}

/// Adds the arms of a rule. Sets the arm of each of its regexes in `tables`, by the index of the entry.
pub(super) fn add_arms(
    rule: usize,
    analysis: &Analysis<'_>,
    arms: &mut Vec<Arm>,
    tables: &mut [Option<usize>],
) {
    let groups = groups(rule, analysis);
    for group in &groups {
        let mut add = |strategy| {
            arms.push(Arm {
                rule,
                condition: group.condition.cloned(),
                strategy,
            });
            arms.len() - 1
        };
        let exact: Vec<&str> = group.exact.iter().map(String::as_str).collect();
        for strategy in choose_for_origins(&exact) {
            add(Strategy::Lookup(strategy));
        }
        for strategy in pattern_strategies(&group.patterns) {
            add(strategy);
        }
        for (index, text) in &group.regexes {
            let dfa = analysis.regex(*index);
            let table = dfa_table(dfa.expect("a regex without an automaton is a mistake"));
            let text = text.clone();
            tables[*index] = Some(add(Strategy::Regex { table, text }));
        }
    }
    // Predicates run last.
    for group in &groups {
        if group.is_configured {
            arms.push(Arm {
                rule,
                condition: group.condition.cloned(),
                strategy: Strategy::Configured,
            });
        }
    }
    for group in &groups {
        for function in &group.predicates {
            arms.push(Arm {
                rule,
                condition: group.condition.cloned(),
                strategy: Strategy::Predicate((*function).clone()),
            });
        }
    }
}

/// Returns the entries of a rule grouped by condition, starting with unconditional ones.
fn groups<'a>(rule: usize, analysis: &'a Analysis<'_>) -> Vec<Group<'a>> {
    let mut groups = vec![Group::default()];
    // By their conditions.
    let mut indices: HashMap<String, usize> = HashMap::new();
    for (index, entry) in listed_once(rule, analysis) {
        let group = match &entry.condition {
            None => 0,
            Some(condition) => {
                let next = groups.len();
                let group = *indices.entry(condition.text.clone()).or_insert(next);
                if group == next {
                    groups.push(Group {
                        condition: Some(condition),
                        ..Group::default()
                    });
                }
                group
            }
        };
        let group = &mut groups[group];
        match &entry.kind {
            _ if entry.is_exact() => group.exact.push(entry.text()),
            EntryKind::Pattern(pattern) => group.patterns.push(pattern),
            EntryKind::Null | EntryKind::File => {}
            EntryKind::Regex(_) => group.regexes.push((index, entry.text())),
            EntryKind::Configured => group.is_configured = true,
            EntryKind::Predicate(function) => group.predicates.push(function),
        }
    }
    groups
}

/// Returns the strategies for patterns: look-ups, or automata that they share if they do not multiply.
pub(super) fn pattern_strategies(patterns: &[&Pattern]) -> Vec<Strategy> {
    let (strategies, rest) = choose_for_patterns(patterns);
    let mut all = Vec::new();
    for lookup in strategies {
        all.push(Strategy::Lookup(lookup));
    }
    for part in partition(&rest) {
        let mut patterns = Vec::new();
        for member in &part.members {
            patterns.push(rest[*member].to_string());
        }
        let table = dfa_table(&part.dfa);
        all.push(Strategy::Patterns { table, patterns });
    }
    all
}

/// Prints a description for people.
impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lookup(strategy) => strategy.fmt(f),
            Self::Patterns { patterns, .. } if patterns.len() == 1 => {
                f.write_str("an automaton of a pattern")
            }
            Self::Patterns { patterns, .. } => {
                write!(f, "an automaton of {} patterns", patterns.len())
            }
            Self::Regex { .. } => f.write_str("an automaton of a regex"),
            Self::Configured => f.write_str("a configured list"),
            Self::Predicate(_) => f.write_str("a predicate"),
        }
    }
}
