//! Coverage: entries that accept everything that other entries accept.

use std::collections::{HashMap, HashSet};

use super::Analysis;
use crate::automaton::{Dfa, difference_within, pairs, union};
use crate::model::{EntryKind, EntryRef, Pattern};

/// Maximum number of states, in total, for computing what several entries accept together.
pub(super) const MAX_STATES: usize = 1 << 16;

/// For each entry, the entries that cover it by themselves, in source order. Among equivalent
/// entries, the first represents the others: it covers them, and they cover nothing.
pub(crate) struct Covering(Vec<Vec<usize>>);

impl Covering {
    /// Returns the entries that cover `entry` by themselves.
    pub(crate) fn by(&self, entry: usize) -> &[usize] {
        &self.0[entry]
    }
}

impl Analysis<'_> {
    /// Computes which other entries cover each entry for which `is_asked` holds. Predicates are
    /// only covered by the same function.
    pub(crate) fn covering(&self, is_asked: impl Fn(usize) -> bool) -> Covering {
        let mut covering: Vec<Vec<usize>> = vec![Vec::new(); self.entries.len()];
        for (index, EntryRef { entry, .. }) in self.entries.iter().enumerate() {
            let first = self.first(index);
            covering[index] = match &entry.kind {
                _ if first != index => vec![first],
                _ if entry.is_exact() => self.accepting(&entry.text()),
                EntryKind::Configured | EntryKind::Predicate(_) => {
                    self.predicates(&entry.text()).to_vec()
                }
                EntryKind::Pattern(_) | EntryKind::Null | EntryKind::File | EntryKind::Regex(_) => {
                    Vec::new()
                }
            };
        }
        let dfas: Vec<&Dfa> = self.dfas().collect();
        for (position, dfa) in dfas.iter().enumerate() {
            if !dfa.labels().into_iter().any(&is_asked) {
                continue;
            }
            // Within one automaton: a state that accepts an entry shows which other entries accept
            // the same input.
            let own = (0..dfa.states().len()).map(|state| (dfa.accepts(state), dfa.accepts(state)));
            extend(&mut covering, own);
            let others = [&dfas[..position], &dfas[position + 1..]].concat();
            self.covering_by_others(dfa, &others, &mut covering);
            self.covering_by_exact(dfa, &mut covering);
        }
        for (index, covering) in covering.iter_mut().enumerate() {
            covering.retain(|other| *other != index);
            covering.sort_unstable();
            covering.dedup();
        }
        Covering(covering)
    }

    /// Compares an automaton with others.
    fn covering_by_others(&self, dfa: &Dfa, others: &[&Dfa], covering: &mut [Vec<usize>]) {
        if others.is_empty() {
            return;
        }
        // If the samples are not covered, the entries are not. This avoids most of the pairs.
        let samples = self.samples(dfa);
        let accept_one = |other: &&&Dfa| {
            let mut samples = samples.iter();
            samples.any(|sample| !other.accepting(sample.as_bytes()).is_empty())
        };
        for other in others.iter().filter(accept_one) {
            let pairs = pairs(dfa, other);
            let accepts = pairs
                .iter()
                .map(|(s, t)| (dfa.accepts(*s), other.accepts(*t)));
            extend(covering, accepts);
        }
    }

    /// Returns an accepted origin for each entry in `dfa`, by label.
    fn samples(&self, dfa: &Dfa) -> Vec<String> {
        let labels = dfa.labels().into_iter();
        labels.filter_map(|label| self.sample(label)).collect()
    }

    /// Returns an origin that an entry accepts.
    fn sample(&self, entry: usize) -> Option<String> {
        match &self.entries[entry].entry.kind {
            EntryKind::Pattern(origin) => Some(origin.example_with(self.sample_char)),
            _ => self.regex(entry)?.shortest(),
        }
    }

    /// Finds regexes that accept exactly one origin.
    fn covering_by_exact(&self, dfa: &Dfa, covering: &mut [Vec<usize>]) {
        let only = dfa.at_most(1).and_then(|mut accepted| accepted.pop());
        if let Some(only) = only {
            for entry in dfa.accepting(only.as_bytes()) {
                covering[*entry].extend(self.accepting(&only));
            }
        }
    }

    /// Returns whether the entries for which `may_cover` holds, together, accept everything that
    /// the entry `index` accepts.
    pub(crate) fn is_covered(&self, index: usize, may_cover: impl Fn(usize) -> bool) -> bool {
        let entry = self.entries[index].entry;
        let is_accepted = |origin: &str| self.accepting(origin).into_iter().any(&may_cover);
        if entry.is_exact() {
            return is_accepted(&entry.text());
        }
        if let EntryKind::Configured | EntryKind::Predicate(_) = entry.kind {
            let mut same = self.predicates(&entry.text()).iter();
            return same.any(|same| may_cover(*same));
        }
        // If a sample is not covered, the entry is not. This avoids most of the differences. A
        // regex without an automaton is a separate mistake.
        if !self
            .sample(index)
            .is_some_and(|sample| is_accepted(&sample))
        {
            return false;
        }
        let mut rest = match (&entry.kind, self.regex(index)) {
            (_, Some(regex)) => regex.clone(),
            // Separately, because it may share an automaton with a thousand others.
            (EntryKind::Pattern(origin), None) => union(&[origin]),
            _ => return false,
        };
        let mut others: Vec<&Dfa> = self.dfas().collect();
        // Repeatedly subtracts an automaton that accepts a remaining sample.
        while let Some(sample) = rest.shortest() {
            let accepts = |other: &&Dfa| {
                let mut entries = other.accepting(sample.as_bytes()).iter();
                entries.any(|entry| may_cover(*entry))
            };
            let Some(position) = others.iter().position(accepts) else {
                return is_accepted(&sample) && self.is_covered_by_exact(rest, &others, &may_cover);
            };
            match self.subtract(&rest, others.swap_remove(position), &may_cover) {
                Some(less) => rest = less,
                None => return false,
            }
        }
        true
    }

    /// Handles the rest of an entry, if an exact entry accepts part of it.
    fn is_covered_by_exact(
        &self,
        mut rest: Dfa,
        others: &[&Dfa],
        may_cover: impl Fn(usize) -> bool,
    ) -> bool {
        let may_accept = |other: &&&Dfa| other.labels().into_iter().any(&may_cover);
        for other in others.iter().filter(may_accept) {
            match self.subtract(&rest, other, &may_cover) {
                Some(less) => rest = less,
                None => return false,
            }
        }
        let entries = self.entries.iter();
        let exact = entries.filter(|listed| listed.entry.is_exact());
        rest.at_most(exact.count()).is_some_and(|rest| {
            let is_accepted = |origin: &String| self.accepting(origin).into_iter().any(&may_cover);
            rest.iter().all(is_accepted)
        })
    }

    /// Returns what `rest` accepts and `other` does not. Returns `None` if the budget of states is
    /// exhausted: the number of states can be unbounded, and unknown coverage is not reported.
    fn subtract(&self, rest: &Dfa, other: &Dfa, may_cover: impl Fn(usize) -> bool) -> Option<Dfa> {
        let left = self.states_left.get();
        let less = difference_within(left, rest, other, may_cover);
        let used = less.as_ref().map_or(usize::MAX, |less| less.states().len());
        self.states_left.set(left.saturating_sub(used));
        less
    }
}

/// Returns a letter or digit that does not occur in the text of any of `patterns`, if there is one.
pub(super) fn sample_char<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> char {
    let texts: HashSet<char> = patterns
        .flat_map(|pattern| pattern.to_string().chars().collect::<Vec<_>>())
        .collect();
    let mut letters = ('a'..='z').rev().chain('0'..='9');
    letters
        .find(|letter| !texts.contains(letter))
        .unwrap_or('a')
}

/// For each input, takes the entries of one automaton that accept it, and the entries of another.
/// Adds to each of the former those of the latter that accept all its inputs.
fn extend<'d>(
    covering: &mut [Vec<usize>],
    accepts: impl Iterator<Item = (&'d [usize], &'d [usize])>,
) {
    let mut always: HashMap<usize, HashSet<usize>> = HashMap::new();
    for (entries, others) in accepts {
        for entry in entries {
            always
                .entry(*entry)
                .and_modify(|always| always.retain(|other| others.contains(other)))
                .or_insert_with(|| others.iter().copied().collect());
        }
    }
    for (entry, always) in always {
        covering[entry].extend(always);
    }
}
