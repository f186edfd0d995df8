//! The automata of a policy, and proofs about its entries.
//!
//! Results are facts. The validator decides whether a fact is a mistake, and writes the text.

mod confinement;
mod counterexample;
mod coverage;
mod domains;

pub(crate) use confinement::is_confined;
pub(crate) use domains::schemes;

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::HashMap;

use crate::automaton::{Dfa, InsecureOrigins, RegexBudget, RegexError, SerializedOrigins};
use crate::model::{Entry, EntryKind, EntryRef, Model};
use cors_origin::pattern::PatternIndex;
use counterexample::domain_names;
use coverage::{Budget, SampleChars};

/// Maximum number of steps for all examples of accepted origins. After that, the best result so far
/// is used: an example need not be the shortest.
const MAX_STEPS: usize = 20_000;

/// Maximum number of states for candidates of regexes. Later regexes are rejected without a
/// suggestion.
const MAX_STATES_OF_READINGS: usize = 1 << 12;

/// Automata for a policy's entries, and queries over them.
pub struct Analysis<'p> {
    /// All entries in source order.
    entries: Vec<EntryRef<'p>>,
    /// The exact entries by their text, each with all its indices.
    exact: HashMap<String, Vec<usize>>,
    /// The predicates by their text, each with all its indices.
    predicates: HashMap<String, Vec<usize>>,
    /// The patterns by their labels.
    patterns: PatternIndex,
    /// The regexes, each with its index in `entries`, in source order.
    regexes: Vec<(usize, Result<Dfa, RegexError>)>,
    /// For each entry, the index of the first that is equivalent. The others are in none of the
    /// fields above, because comparing thousands of them with each other would take too long.
    first: Vec<usize>,
    serialized: LazyCell<SerializedOrigins>,
    insecure: LazyCell<InsecureOrigins>,
    /// The budget for candidates of regexes. When it is exhausted, there are no suggestions.
    readings: RefCell<RegexBudget>,
    /// The remaining steps for examples of accepted origins.
    steps: Cell<usize>,
    /// The character used for wildcards in samples. It occurs in no pattern's literal text, so a
    /// pattern that accepts it at some position most likely has a wildcard there.
    sample_char: char,
    /// The budget for finding out which entries cover others.
    budget: Budget,
}

impl<'p> Analysis<'p> {
    /// Builds the automata of `policy`.
    pub fn new(model: &'p Model) -> Self {
        Self::from_entries(model.entries())
    }

    /// Builds the automata of the model's hosts, as if they were the origins of one rule.
    pub fn for_hosts(model: &'p Model) -> Self {
        Self::from_entries(model.host_entries())
    }

    fn from_entries(entries: Vec<EntryRef<'p>>) -> Self {
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut predicates: HashMap<String, Vec<usize>> = HashMap::new();
        let mut patterns = PatternIndex::default();
        let mut chars = SampleChars::new();
        let mut regexes = Vec::new();
        let mut first = Vec::new();
        let mut equivalent: HashMap<String, Vec<usize>> = HashMap::new();
        let serialized: LazyCell<SerializedOrigins> = LazyCell::new(SerializedOrigins::new);
        let mut bytes_of_regexes = 0;
        for listed in &entries {
            if let EntryKind::Regex(regex) = &listed.entry.kind {
                bytes_of_regexes += regex.expression.len();
            }
        }
        let mut budget = RegexBudget::for_bytes(bytes_of_regexes);
        for (index, &EntryRef { rule, entry }) in entries.iter().enumerate() {
            let equivalent = equivalent.entry(identity(rule, entry)).or_default();
            equivalent.push(index);
            first.push(equivalent[0]);
            if equivalent.len() > 1 {
                continue;
            }
            match &entry.kind {
                EntryKind::Pattern(origin) if !origin.is_exact() => {
                    patterns.insert(origin, index);
                    chars.avoid(origin);
                }
                EntryKind::Pattern(_) | EntryKind::Null | EntryKind::File => {
                    exact.entry(entry.text()).or_default().push(index);
                }
                EntryKind::Regex(regex) => {
                    let dfa = serialized.regex_within(&regex.expression, &mut budget);
                    regexes.push((index, dfa.map(|dfa| dfa.relabelled(&[index]))));
                }
                EntryKind::Configured | EntryKind::Predicate(_) => {
                    predicates.entry(entry.text()).or_default().push(index);
                }
            }
        }
        Self {
            entries,
            exact,
            predicates,
            patterns,
            regexes,
            first,
            serialized,
            insecure: LazyCell::new(InsecureOrigins::new),
            readings: RefCell::new(RegexBudget::new(MAX_STATES_OF_READINGS)),
            steps: Cell::new(MAX_STEPS),
            sample_char: chars.choose(),
            budget: Budget::default(),
        }
    }

    /// Returns all entries in source order.
    pub fn entries(&self) -> &[EntryRef<'p>] {
        &self.entries
    }

    /// Returns the entries of a rule, each with its index.
    pub(crate) fn entries_of(&self, rule: usize) -> Vec<(usize, &'p Entry)> {
        let mut index = self.entries.partition_point(|listed| listed.rule < rule);
        let mut entries = Vec::new();
        while let Some(listed) = self.entries.get(index)
            && listed.rule == rule
        {
            entries.push((index, listed.entry));
            index += 1;
        }
        entries
    }

    /// Returns the entries that accept `origin`, in source order. Ignores predicates.
    pub fn accepting(&self, origin: &str) -> Vec<usize> {
        let mut accepting = self.exact.get(origin).cloned().unwrap_or_default();
        self.patterns
            .accepting(origin, &mut { usize::MAX }, |numbers| {
                accepting.extend(numbers);
            });
        for (_, dfa) in &self.regexes {
            if let Ok(dfa) = dfa {
                accepting.extend(dfa.accepting(origin.as_bytes()));
            }
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
        self.first[index]
    }

    /// Returns the automaton of the regex that is the entry `index`.
    pub fn regex(&self, index: usize) -> Option<&Dfa> {
        let first = self.first(index);
        let found = self
            .regexes
            .binary_search_by_key(&first, |(index, _)| *index);
        self.regexes[found.ok()?].1.as_ref().ok()
    }

    /// Returns the regexes that have no automaton, each the first of its kind, with the reason.
    pub(crate) fn regex_errors(&self) -> impl Iterator<Item = (usize, &RegexError)> {
        let regexes = self.regexes.iter();
        regexes.filter_map(|(index, dfa)| Some((*index, dfa.as_ref().err()?)))
    }

    /// Returns the automaton that an expression would have as a regex of this policy, unless the
    /// budget for candidates is exhausted.
    pub(crate) fn try_regex(&self, expression: &str) -> Result<Dfa, RegexError> {
        let budget = &mut self.readings.borrow_mut();
        self.serialized.regex_within(expression, budget)
    }

    /// Returns the names of the registrable domains of an automaton, up to one more than the limit
    /// for entries.
    pub(crate) fn domain_names(&self, dfa: &Dfa) -> Vec<String> {
        domain_names(dfa, &self.steps)
    }

    /// Returns whether `dfa` accepts an origin that anyone on the network path can forge.
    pub(crate) fn accepts_insecure_origin(&self, dfa: &Dfa) -> bool {
        !self.insecure.intersection(dfa).is_empty()
    }

    /// Returns an origin that the entry `index` accepts, and that anyone on the network path can
    /// forge.
    pub(crate) fn insecure_origin(&self, index: usize) -> Option<String> {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(pattern) => pattern.insecure_example(),
            EntryKind::Regex(_) => self.insecure.intersection(self.regex(index)?).shortest(),
            EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
                None
            }
        }
    }
}

/// Returns a text that two entries share only if they are equivalent: everything but their places.
fn identity(rule: usize, entry: &Entry) -> String {
    let mut risks = String::new();
    for accepted in &entry.opt_outs {
        risks.push_str(accepted.risk.name());
        risks.push(' ');
    }
    let (condition, text) = (entry.condition_text(), entry.text());
    format!("{rule} {risks}{} {condition:?} {text}", entry.is_loopback)
}

#[cfg(all(test, feature = "regex", feature = "tokens"))]
pub(crate) mod tests;
