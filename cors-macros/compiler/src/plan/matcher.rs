//! How the rule for an origin is found: what is tried, in which order.

use core::fmt;
use std::collections::{BTreeMap, HashMap};

use super::table::dfa_table;
use crate::analysis::{Analysis, PatternGroup};
use crate::automaton::{Dfa, union};
use crate::declaration::Path;
use crate::model::{Condition, EntryKind, EntryRef, Pattern};
use cors_origin::matcher::dfa::DfaTableBuf;
use cors_origin::matcher::strategy::{self, choose_for_origins, choose_for_patterns};

/// A way to recognise some origins of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// The index of the rule.
    pub rule: usize,
    /// Where the arm is compiled at all.
    pub condition: Option<Condition>,
    /// How it matches.
    pub strategy: Strategy,
}

/// A way to match some entries.
#[derive(Debug, Clone, PartialEq)]
pub enum Strategy {
    /// Comparisons and look-ups.
    Lookup(strategy::Strategy),
    /// A step for each byte.
    Patterns {
        /// What runs.
        table: DfaTableBuf,
        /// What it accepts.
        patterns: Vec<String>,
    },
    /// The same, for one regex.
    Regex {
        /// What runs.
        table: DfaTableBuf,
        /// The entry.
        text: String,
    },
    /// What the program has configured.
    Configured,
    /// A call.
    Predicate(Path),
}

impl Arm {
    /// Whether the two are described together.
    pub(super) fn is_described_with(&self, other: &Self) -> bool {
        let are_predicates =
            [self, other].map(|arm| matches!(arm.strategy, Strategy::Predicate(_)));
        are_predicates == [true, true]
            && self.rule == other.rule
            && self.condition == other.condition
    }
}

/// Entries of a rule under the same condition, but for patterns, by how they are matched.
#[derive(Default)]
struct Group<'a> {
    condition: Option<&'a Condition>,
    exact: Vec<String>,
    /// With their indices.
    regexes: Vec<(usize, String)>,
    /// Whether `Configured` is one of them.
    is_configured: bool,
    predicates: Vec<&'a Path>,
}

impl Group<'_> {
    fn condition_text(&self) -> Option<&str> {
        self.condition.map(|condition| condition.text.as_str())
    }
}

/// Adds the arms of a rule. Returns which of them is that of each regex, by the index of the entry.
pub(super) fn add_arms(
    rule: usize,
    analysis: &Analysis<'_>,
    arms: &mut Vec<Arm>,
) -> BTreeMap<usize, usize> {
    let mut tables = BTreeMap::new();
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
        for PatternGroup { patterns, dfa, .. } in analysis.patterns(rule, group.condition_text()) {
            for strategy in pattern_strategies(patterns, dfa) {
                add(strategy);
            }
        }
        for (index, text) in &group.regexes {
            let dfa = analysis.regex(*index);
            let table = dfa_table(dfa.expect("a regex without an automaton is a mistake"));
            let text = text.clone();
            tables.insert(*index, add(Strategy::Regex { table, text }));
        }
    }
    // What is known is asked first.
    for group in groups.iter().filter(|group| group.is_configured) {
        arms.push(Arm {
            rule,
            condition: group.condition.cloned(),
            strategy: Strategy::Configured,
        });
    }
    for group in &groups {
        arms.extend(group.predicates.iter().map(|function| Arm {
            rule,
            condition: group.condition.cloned(),
            strategy: Strategy::Predicate((*function).clone()),
        }));
    }
    tables
}

/// Returns the entries of a rule by condition, those without one first.
fn groups<'a>(rule: usize, analysis: &'a Analysis<'_>) -> Vec<Group<'a>> {
    let mut groups = vec![Group::default()];
    let mut positions = HashMap::from([(None, 0)]);
    let entries = analysis.entries().iter().enumerate();
    for (index, EntryRef { entry, .. }) in entries.filter(|(_, listed)| listed.rule == rule) {
        let position = positions.entry(entry.condition_text());
        let position = *position.or_insert_with(|| {
            groups.push(Group {
                condition: entry.condition.as_ref(),
                ..Group::default()
            });
            groups.len() - 1
        });
        let group = &mut groups[position];
        match &entry.kind {
            _ if entry.is_exact() => group.exact.push(entry.text()),
            // The analysis has patterns together already.
            EntryKind::Pattern(_) | EntryKind::Null => {}
            EntryKind::Regex(_) => group.regexes.push((index, entry.text())),
            EntryKind::Configured => group.is_configured = true,
            EntryKind::Predicate(function) => group.predicates.push(function),
        }
    }
    groups
}

/// Returns how patterns are matched that share an automaton.
pub(super) fn pattern_strategies(patterns: &[&Pattern], dfa: &Dfa) -> Vec<Strategy> {
    let (strategies, rest) = choose_for_patterns(patterns);
    let mut strategies: Vec<Strategy> = strategies.into_iter().map(Strategy::Lookup).collect();
    if !rest.is_empty() {
        let table = match rest.len() == patterns.len() {
            true => dfa_table(dfa),
            false => dfa_table(&union(&rest)),
        };
        let patterns = rest.iter().map(ToString::to_string).collect();
        strategies.push(Strategy::Patterns { table, patterns });
    }
    strategies
}

/// In words.
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
