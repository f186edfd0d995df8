//! Origin patterns and regular expressions as deterministic automata, and what they tell.
//!
//! ```text
//! pattern ──expression──▶ ┐
//!                         ├─ build ──▶ Dfa ──product──▶ Dfa: inclusion, emptiness, confinement
//! regex ─────────────────▶ ┘                 ▲
//!                        serialized origins ─┘
//! ```
//!
//! An automaton reads an origin from its last byte to its first. Patterns differ in their
//! registrable domain, which stands at the end: read in reverse, they part at once, and the
//! automaton has about as many states as the patterns have bytes. Read forward, they would share
//! their wildcards and multiply. Those that would multiply in reverse too do not share an automaton.
//!
//! It accepts serialized origins only: the expressions of patterns spell nothing else, and that of
//! a regex is intersected with them.

mod build;
mod confinement;
mod coverage;
mod dfa;
mod ends;
mod expression;
mod insecure;
mod parts;
mod product;
mod public_suffix;
mod regex;
mod serialized;

pub(crate) use confinement::{MOST_DOMAINS, Unconfined, as_written, is_private, mended};
pub(crate) use dfa::{Dfa, State};
pub(crate) use ends::{Ends, apart};
pub(crate) use parts::{Part, parts};

use std::cell::{Cell, LazyCell, OnceCell};
use std::collections::{BTreeMap, HashMap};

use crate::diagnostics::Diagnostics;
use crate::model::{Entry, EntryKind, Origin, Policy, Regex};
use insecure::Insecure;
use serialized::Serialized;

/// The automata of a policy, and the answers to what is asked about its entries.
pub(crate) struct Automata<'p> {
    /// All entries in source order, with the index of their rule.
    entries: Vec<(usize, &'p Entry)>,
    /// The exact ones by their text, each with all its indices.
    exact: HashMap<String, Vec<usize>>,
    /// The predicates by their text, in the same way.
    predicates: HashMap<String, Vec<usize>>,
    /// The patterns, together as far as they are matched together: by rule and condition, and those
    /// apart that would multiply. The automaton accepts by index in `entries`.
    patterns: Vec<Patterns<'p>>,
    /// The regexes by index in `entries`, but those that are invalid.
    regexes: BTreeMap<usize, Dfa>,
    /// Entries that are the same in all that counts as an earlier one, with its index. They stand
    /// in none of the above: thousands of them would be compared each with each.
    repeated: HashMap<usize, usize>,
    serialized: LazyCell<Serialized>,
    insecure: LazyCell<Insecure>,
    /// See [`Automata::coverage`]: a letter for samples, and how many states may be made yet.
    telling: OnceCell<char>,
    states_left: Cell<usize>,
}

/// Patterns of one rule under one condition.
pub(crate) struct Patterns<'p> {
    rule: usize,
    condition: Option<&'p str>,
    pub(crate) origins: Vec<&'p Origin>,
    indices: Vec<usize>,
    pub(crate) dfa: Dfa,
}

impl<'p> Automata<'p> {
    /// Builds the automata of `policy`, and reports regexes that have none.
    pub(crate) fn build(policy: &'p Policy, errors: &mut Diagnostics) -> Self {
        let entries: Vec<(usize, &Entry)> = policy.entries().collect();
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut predicates: HashMap<String, Vec<usize>> = HashMap::new();
        let mut patterns: Vec<Patterns<'_>> = Vec::new();
        let mut regexes = BTreeMap::new();
        let mut repeated = HashMap::new();
        let mut first = HashMap::new();
        let serialized: LazyCell<Serialized> = LazyCell::new(Serialized::new);
        for (index, &(rule, entry)) in entries.iter().enumerate() {
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
                    let condition = entry.condition_text();
                    let group = Patterns::of(&mut patterns, rule, condition);
                    group.origins.push(origin);
                    group.indices.push(index);
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
            patterns: patterns.iter().flat_map(Patterns::in_parts).collect(),
            regexes,
            repeated,
            serialized,
            insecure: LazyCell::new(Insecure::new),
            telling: OnceCell::new(),
            states_left: Cell::new(coverage::MOST_STATES),
        }
    }

    /// All entries in source order, with the index of their rule.
    pub(crate) fn entries(&self) -> &[(usize, &'p Entry)] {
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

    /// The automata of patterns and regexes.
    fn dfas(&self) -> impl Iterator<Item = &Dfa> {
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
        self.regexes
            .get(self.repeated.get(&index).unwrap_or(&index))
    }

    /// Whether all origins of the entry `index` lie under a few registrable domains, and what lies
    /// outside of them.
    pub(crate) fn confinement(&self, index: usize) -> Result<(), Unconfined> {
        match &self.entries[index].1.kind {
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
        match &self.entries[index].1.kind {
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

impl<'p> Patterns<'p> {
    /// The group of a rule and a condition, which is new if there is none.
    fn of<'g>(groups: &'g mut Vec<Self>, rule: usize, condition: Option<&'p str>) -> &'g mut Self {
        let found = groups
            .iter()
            .position(|group| group.rule == rule && group.condition == condition);
        let position = found.unwrap_or(groups.len());
        if found.is_none() {
            groups.push(Self {
                rule,
                condition,
                origins: Vec::new(),
                indices: Vec::new(),
                dfa: Dfa::nothing(),
            });
        }
        &mut groups[position]
    }

    /// The same with automata.
    fn in_parts(&self) -> impl Iterator<Item = Self> {
        parts(&self.origins)
            .into_iter()
            .map(|Part { members, dfa }| {
                let indices: Vec<usize> =
                    members.iter().map(|member| self.indices[*member]).collect();
                Self {
                    rule: self.rule,
                    condition: self.condition,
                    origins: members.iter().map(|member| self.origins[*member]).collect(),
                    dfa: dfa.relabelled(&indices),
                    indices,
                }
            })
    }
}

/// The automaton that accepts what any of `patterns` accepts, by index.
pub(crate) fn union(patterns: &[&Origin]) -> Dfa {
    let expressions: Vec<String> = patterns
        .iter()
        .map(|pattern| expression::of(pattern))
        .collect();
    build::of_patterns(&expressions)
}

#[cfg(test)]
pub(crate) mod tests;
