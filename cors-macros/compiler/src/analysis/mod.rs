//! The automata of a policy, and proofs about its entries.
//!
//! Results are facts. The validator decides whether a fact is a mistake, and writes the text.

mod confinement;
mod counterexample;
mod coverage;
mod domains;
mod partition;

pub(crate) use confinement::is_confined;
pub(crate) use counterexample::domain_names;
pub(crate) use partition::PatternGroup;
#[cfg(test)]
pub(crate) use partition::{Partition, partition};

use std::cell::{Cell, LazyCell};
use std::collections::{BTreeMap, HashMap};

use crate::automaton::{Dfa, InsecureOrigins, RegexError, SerializedOrigins, union};
use crate::model::{EntryKind, EntryRef, Model};
use partition::{PatternsByGroup, partition_groups};

/// Automata for a policy's entries, and queries over them.
pub struct Analysis<'p> {
    /// All entries in source order.
    entries: Vec<EntryRef<'p>>,
    /// The exact entries by their text, each with all its indices.
    exact: HashMap<String, Vec<usize>>,
    /// The predicates by their text, each with all its indices.
    predicates: HashMap<String, Vec<usize>>,
    /// The patterns, grouped as they are matched, in the order of the rules.
    patterns: Vec<PatternGroup<'p>>,
    /// The regexes by index in `entries`.
    regexes: BTreeMap<usize, Result<Dfa, RegexError>>,
    /// Entries that are equivalent to an earlier one, with its index. They are in none of the
    /// fields above, because comparing thousands of them with each other would take too long.
    repeated: HashMap<usize, usize>,
    serialized: LazyCell<SerializedOrigins>,
    insecure: LazyCell<InsecureOrigins>,
    /// The character used for wildcards in samples. It occurs in no pattern's literal text, so a
    /// pattern that accepts it at some position most likely has a wildcard there.
    sample_char: char,
    /// Number of states that may still be created, for computing what several entries accept
    /// together.
    states_left: Cell<usize>,
}

impl<'p> Analysis<'p> {
    /// Builds the automata of `policy`.
    pub fn new(model: &'p Model) -> Self {
        Self::from_entries(model.entries().collect())
    }

    /// Builds those of its hosts, as if they were the origins of one rule.
    pub fn for_hosts(model: &'p Model) -> Self {
        Self::from_entries(model.host_entries().collect())
    }

    fn from_entries(entries: Vec<EntryRef<'p>>) -> Self {
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut predicates: HashMap<String, Vec<usize>> = HashMap::new();
        let mut patterns = PatternsByGroup::new();
        let mut regexes = BTreeMap::new();
        let mut repeated = HashMap::new();
        let mut first = HashMap::new();
        let serialized: LazyCell<SerializedOrigins> = LazyCell::new(SerializedOrigins::new);
        for (index, &EntryRef { rule, entry }) in entries.iter().enumerate() {
            let risks: Vec<&str> = entry
                .opt_outs
                .iter()
                .map(|accepted| accepted.risk.name())
                .collect();
            let what = (
                rule,
                entry.text(),
                entry.condition_text(),
                risks,
                entry.is_loopback,
            );
            let earlier = *first.entry(what).or_insert(index);
            if earlier != index {
                repeated.insert(index, earlier);
                continue;
            }
            match &entry.kind {
                EntryKind::Pattern(origin) if !origin.is_exact() => {
                    let group = (rule, entry.condition_text());
                    patterns.entry(group).or_default().push((index, origin));
                }
                EntryKind::Pattern(_) | EntryKind::Null | EntryKind::File => {
                    exact.entry(entry.text()).or_default().push(index);
                }
                EntryKind::Regex(regex) => {
                    let dfa = serialized.regex(&regex.expression);
                    regexes.insert(index, dfa.map(|dfa| dfa.relabelled(&[index])));
                }
                EntryKind::Configured | EntryKind::Predicate(_) => {
                    predicates.entry(entry.text()).or_default().push(index);
                }
            }
        }
        let all = patterns.values().flatten().map(|(_, pattern)| *pattern);
        let sample_char = coverage::sample_char(all);
        Self {
            entries,
            exact,
            predicates,
            patterns: partition_groups(patterns),
            regexes,
            repeated,
            serialized,
            insecure: LazyCell::new(InsecureOrigins::new),
            sample_char,
            states_left: Cell::new(coverage::MAX_STATES),
        }
    }

    /// Returns all entries in source order.
    pub fn entries(&self) -> &[EntryRef<'p>] {
        &self.entries
    }

    /// Returns the entries that accept `origin`, in source order. Ignores entries that only the
    /// program knows.
    pub fn accepting(&self, origin: &str) -> Vec<usize> {
        let mut accepting = self.exact.get(origin).cloned().unwrap_or_default();
        for dfa in self.dfas() {
            accepting.extend(dfa.accepting(origin.as_bytes()));
        }
        accepting.sort_unstable();
        accepting
    }

    /// Returns the predicates with this text, or every `Configured`, in source order.
    fn predicates(&self, text: &str) -> &[usize] {
        self.predicates.get(text).map_or(&[], Vec::as_slice)
    }

    /// Returns the first entry that is equivalent to the entry `index`.
    fn first(&self, index: usize) -> usize {
        *self.repeated.get(&index).unwrap_or(&index)
    }

    /// Returns the automata of patterns and regexes.
    fn dfas(&self) -> impl Iterator<Item = &Dfa> {
        let patterns = self.patterns.iter().map(|group| &group.dfa);
        patterns.chain(self.regexes.values().flatten())
    }

    /// Returns the patterns of a rule under a condition.
    pub(crate) fn patterns(
        &self,
        rule: usize,
        condition: Option<&str>,
    ) -> impl Iterator<Item = &PatternGroup<'p>> {
        let groups = self.patterns.iter();
        groups.filter(move |group| group.rule == rule && group.condition == condition)
    }

    /// Returns the automaton of the regex that is the entry `index`.
    pub fn regex(&self, index: usize) -> Option<&Dfa> {
        self.regexes.get(&self.first(index))?.as_ref().ok()
    }

    /// Returns the regexes that have no automaton, each the first of its kind, with the reason.
    pub(crate) fn regex_errors(&self) -> impl Iterator<Item = (usize, &RegexError)> {
        let regexes = self.regexes.iter();
        regexes.filter_map(|(index, dfa)| Some((*index, dfa.as_ref().err()?)))
    }

    /// Returns the automaton that an expression would have as a regex of this policy.
    pub(crate) fn try_regex(&self, expression: &str) -> Result<Dfa, RegexError> {
        self.serialized.regex(expression)
    }

    /// Returns whether `dfa` accepts an origin that anyone on the network path can forge.
    pub(crate) fn accepts_insecure_origin(&self, dfa: &Dfa) -> bool {
        !self.insecure.intersection(dfa).is_empty()
    }

    /// Returns an origin that the entry `index` accepts, and that anyone on the network path can
    /// forge.
    pub(crate) fn insecure_origin(&self, index: usize) -> Option<String> {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(origin) if origin.scheme != "http" => None,
            EntryKind::Pattern(origin) if origin.is_exact() => {
                let origin = origin.to_string();
                self.insecure.accepts(&origin).then_some(origin)
            }
            // One sample is not enough: `loc*lhost` accepts `localhost` too.
            EntryKind::Pattern(origin) => self.insecure.intersection(&union(&[origin])).shortest(),
            EntryKind::Regex(_) => self.insecure.intersection(self.regex(index)?).shortest(),
            EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
                None
            }
        }
    }
}

#[cfg(all(test, feature = "tokens"))]
pub(crate) mod tests;
