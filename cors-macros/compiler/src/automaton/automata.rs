//! The automata of a policy, and where its entries are in them.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use super::build::union;
use super::confinement::{self, Unconfined, mended};
use super::dfa::Dfa;
use super::insecure::Insecure;
use super::patterns::{Groups, Patterns};
use super::regex;
use super::serialized::Serialized;
use crate::diagnostic::Diagnostics;
use crate::model::{EntryKind, Listed, Policy, Regex};

/// The automata of a policy, and the answers to what is asked about its entries.
pub(crate) struct Automata<'p> {
    /// All entries in source order.
    entries: Vec<Listed<'p>>,
    /// The exact ones by their text, each with all its indices.
    exact: HashMap<String, Vec<usize>>,
    /// The predicates by their text, in the same way.
    predicates: HashMap<String, Vec<usize>>,
    /// The patterns, together as far as they are matched together, in the order of the rules.
    patterns: Vec<Patterns<'p>>,
    /// The regexes by index in `entries`, but those that are invalid.
    regexes: BTreeMap<usize, Dfa>,
    /// Entries that are the same in all that counts as an earlier one, with its index. They stand
    /// in none of the above: thousands of them would be compared each with each.
    repeated: HashMap<usize, usize>,
    serialized: LazyCell<Serialized>,
    insecure: LazyCell<Insecure>,
}

impl<'p> Automata<'p> {
    /// Builds the automata of `policy`, and reports regexes that have none.
    pub(crate) fn build(policy: &'p Policy, errors: &mut Diagnostics) -> Self {
        let entries: Vec<Listed<'_>> = policy.entries().collect();
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut predicates: HashMap<String, Vec<usize>> = HashMap::new();
        let mut patterns = Groups::new();
        let mut regexes = BTreeMap::new();
        let mut repeated = HashMap::new();
        let mut first = HashMap::new();
        let serialized: LazyCell<Serialized> = LazyCell::new(Serialized::new);
        for (index, &Listed { rule, entry }) in entries.iter().enumerate() {
            let risks: Vec<&str> = entry
                .accepted
                .iter()
                .map(|accepted| accepted.risk.name())
                .collect();
            let what = (rule, entry.text(), entry.condition_text(), risks);
            let earlier = *first.entry(what).or_insert(index);
            if earlier != index {
                repeated.insert(index, earlier);
                continue;
            }
            match &entry.kind {
                EntryKind::Origin(origin) if !origin.is_exact() => {
                    let group = (rule, entry.condition_text());
                    patterns.entry(group).or_default().push((index, origin));
                }
                EntryKind::Origin(_) | EntryKind::Null => {
                    exact.entry(entry.text()).or_default().push(index);
                }
                EntryKind::Regex(regex) => {
                    let dfa = regex::of(&regex.expression, &serialized);
                    let dfa = dfa.map_err(|problem| match mended(regex, &serialized) {
                        Some(mended) => problem.mended(&mended),
                        None => problem,
                    });
                    if let Some(dfa) = errors.keep(entry.place, dfa) {
                        regexes.insert(index, dfa.relabelled(&[index]));
                    }
                }
                EntryKind::Predicate(_) => {
                    predicates.entry(entry.text()).or_default().push(index);
                }
            }
        }
        Self {
            entries,
            exact,
            predicates,
            patterns: Patterns::of(patterns),
            regexes,
            repeated,
            serialized,
            insecure: LazyCell::new(Insecure::new),
        }
    }

    /// All entries in source order.
    pub(crate) fn entries(&self) -> &[Listed<'p>] {
        &self.entries
    }

    /// The entries that accept `origin`, in source order. Predicates are left out.
    pub(crate) fn accepting(&self, origin: &str) -> Vec<usize> {
        let mut accepting = self.exact.get(origin).cloned().unwrap_or_default();
        for dfa in self.dfas() {
            accepting.extend(dfa.accepting(origin.as_bytes()));
        }
        accepting.sort_unstable();
        accepting
    }

    /// The predicates of the same text, in source order.
    pub(super) fn predicates(&self, text: &str) -> &[usize] {
        self.predicates.get(text).map_or(&[], Vec::as_slice)
    }

    /// The first entry that is the same in all that counts as the entry `index`.
    pub(super) fn first(&self, index: usize) -> usize {
        *self.repeated.get(&index).unwrap_or(&index)
    }

    /// The automata of patterns and regexes.
    pub(super) fn dfas(&self) -> impl Iterator<Item = &Dfa> {
        let patterns = self.patterns.iter().map(|group| &group.dfa);
        patterns.chain(self.regexes.values())
    }

    /// The patterns of a rule under a condition.
    pub(crate) fn patterns(
        &self,
        rule: usize,
        condition: Option<&str>,
    ) -> impl Iterator<Item = &Patterns<'p>> {
        let groups = self.patterns.iter();
        groups.filter(move |group| group.rule == rule && group.condition == condition)
    }

    /// The automaton of the regex that is the entry `index`.
    pub(crate) fn regex(&self, index: usize) -> Option<&Dfa> {
        self.regexes.get(&self.first(index))
    }

    /// Whether all origins of the entry `index` lie under a few registrable domains, and what lies
    /// outside of them.
    pub(crate) fn confinement(&self, index: usize) -> Result<(), Unconfined> {
        match &self.entries[index].entry.kind {
            EntryKind::Origin(origin) => confinement::of_pattern(origin),
            EntryKind::Regex(regex) => match self.regex(index) {
                Some(dfa) => confinement::of_regex(&regex.expression, dfa, &self.serialized),
                None => Ok(()),
            },
            EntryKind::Null | EntryKind::Predicate(_) => Ok(()),
        }
    }

    /// What to write in place of a regex that accepts such origins.
    pub(crate) fn for_https(&self, regex: &Regex) -> Option<String> {
        confinement::for_https(regex, &self.insecure, &self.serialized)
    }

    /// An origin that the entry `index` accepts although anyone on the network path can forge it.
    pub(crate) fn insecure_origin(&self, index: usize) -> Option<String> {
        match &self.entries[index].entry.kind {
            EntryKind::Origin(origin) if origin.scheme != "http" => None,
            EntryKind::Origin(origin) if origin.is_exact() => {
                let origin = origin.to_string();
                self.insecure.accepts(&origin).then_some(origin)
            }
            // One sample would not do: `loc*lhost` stands for `localhost` too.
            EntryKind::Origin(origin) => self.insecure.part(&union(&[origin])).shortest(),
            EntryKind::Regex(_) => self.insecure.part(self.regex(index)?).shortest(),
            EntryKind::Null | EntryKind::Predicate(_) => None,
        }
    }
}
