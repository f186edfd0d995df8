//! Which entries accept all that others accept.

use std::collections::{HashMap, HashSet};

use super::dfa::Dfa;
use super::product::{difference_within, pairs};
use super::{Automata, union};
use crate::model::EntryKind;

/// The most states that may be made, in all, to find out what several entries accept together.
pub(super) const MOST_STATES: usize = 1 << 16;

/// For each entry the entries that each accept all that it accepts, in source order, without itself.
/// Of several that are the same in all that counts, the first stands for all: it alone covers the
/// others, and they cover nothing.
pub(crate) struct Coverage(Vec<Vec<usize>>);

impl Coverage {
    /// The entries that each accept all that `entry` accepts.
    pub(crate) fn of(&self, entry: usize) -> &[usize] {
        &self.0[entry]
    }
}

impl Automata<'_> {
    /// Decides by which others each entry is covered that is asked about. Predicates are covered by
    /// the same function only.
    pub(crate) fn coverage(&self, is_asked: impl Fn(usize) -> bool) -> Coverage {
        let mut covering: Vec<Vec<usize>> = vec![Vec::new(); self.entries().len()];
        for (index, (_, entry)) in self.entries().iter().enumerate() {
            if let Some(earlier) = self.repeated.get(&index) {
                covering[index].push(*earlier);
            } else if entry.is_exact() {
                covering[index] = self.accepting(&entry.text());
            } else if let Some(same) = self.predicates.get(&entry.text()) {
                covering[index].clone_from(same);
            }
        }
        let dfas: Vec<&Dfa> = self.dfas().collect();
        for (position, dfa) in dfas.iter().enumerate() {
            if !dfa.labels().into_iter().any(&is_asked) {
                continue;
            }
            // Within one automaton: what each state that accepts an entry accepts too.
            let own = (0..dfa.states().len()).map(|state| (dfa.accepts(state), dfa.accepts(state)));
            extend(&mut covering, own);
            let others = dfas.iter().enumerate().filter(|(at, _)| *at != position);
            // Nothing is covered if not even the samples are; this spares most of the pairs.
            let samples = match dfas.len() {
                1 => Vec::new(),
                _ => self.samples(dfa),
            };
            for (_, other) in others {
                let accepts_one = |sample: &String| !other.accepting(sample.as_bytes()).is_empty();
                if !samples.iter().any(accepts_one) {
                    continue;
                }
                let pairs = pairs(dfa, other);
                let accepts = pairs
                    .iter()
                    .map(|(s, t)| (dfa.accepts(*s), other.accepts(*t)));
                extend(&mut covering, accepts);
            }
            self.by_exact_entries(dfa, &mut covering);
        }
        for (index, covering) in covering.iter_mut().enumerate() {
            covering.retain(|other| *other != index);
            covering.sort_unstable();
            covering.dedup();
        }
        Coverage(covering)
    }

    /// An origin of each entry that `dfa` accepts by its label.
    fn samples(&self, dfa: &Dfa) -> Vec<String> {
        let labels = dfa.labels().into_iter();
        labels.filter_map(|label| self.sample(label)).collect()
    }

    /// An origin that an entry accepts.
    fn sample(&self, entry: usize) -> Option<String> {
        match &self.entries()[entry].1.kind {
            EntryKind::Origin(origin) => Some(origin.instance_with(self.telling())),
            _ => self.regex(entry)?.shortest(),
        }
    }

    /// What stands for a wildcard in samples: if no pattern has it in its text, who accepts it there
    /// accepts most else there too.
    fn telling(&self) -> char {
        *self.telling.get_or_init(|| {
            let origins = self.patterns.iter().flat_map(|group| &group.origins);
            let texts: HashSet<char> = origins
                .flat_map(|origin| origin.to_string().chars().collect::<Vec<_>>())
                .collect();
            let mut letters = ('a'..='z').rev().chain('0'..='9');
            letters
                .find(|letter| !texts.contains(letter))
                .unwrap_or('a')
        })
    }

    /// A regex may accept one origin and no other.
    fn by_exact_entries(&self, dfa: &Dfa, covering: &mut [Vec<usize>]) {
        let only = dfa.at_most(1).and_then(|mut accepted| accepted.pop());
        if let Some(only) = only {
            for entry in dfa.accepting(only.as_bytes()) {
                covering[*entry].extend(self.accepting(&only));
            }
        }
    }

    /// Whether the entries that `may_cover` accept, together, all that the entry `index` accepts.
    pub(crate) fn is_covered(&self, index: usize, may_cover: impl Fn(usize) -> bool) -> bool {
        let (_, entry) = self.entries()[index];
        let is_accepted = |origin: &str| self.accepting(origin).into_iter().any(&may_cover);
        if entry.is_exact() {
            return is_accepted(&entry.text());
        }
        if let EntryKind::Predicate(_) = entry.kind {
            let same = self.predicates.get(&entry.text());
            return same.is_some_and(|same| same.iter().any(|same| may_cover(*same)));
        }
        // Not all is covered if not even a sample is; this spares most of the differences. A regex
        // that has no automaton is a mistake of its own.
        if !self
            .sample(index)
            .is_some_and(|sample| is_accepted(&sample))
        {
            return false;
        }
        let mut rest = match (&entry.kind, self.regex(index)) {
            (_, Some(regex)) => regex.clone(),
            // Alone, as it may share an automaton with a thousand.
            (EntryKind::Origin(origin), None) => union(&[origin]),
            _ => return false,
        };
        let mut others: Vec<&Dfa> = self.dfas().collect();
        // Away with whoever accepts something that is left, until nobody does.
        while let Some(sample) = rest.shortest() {
            let accepts = |other: &&Dfa| {
                let mut entries = other.accepting(sample.as_bytes()).iter();
                entries.any(|entry| may_cover(*entry))
            };
            let Some(position) = others.iter().position(accepts) else {
                return is_accepted(&sample) && self.is_covered_by_exact(rest, &others, &may_cover);
            };
            match self.without(&rest, others.swap_remove(position), &may_cover) {
                Some(less) => rest = less,
                None => return false,
            }
        }
        true
    }

    /// The same for what is left of an entry, of which an exact entry accepts some.
    fn is_covered_by_exact(
        &self,
        mut rest: Dfa,
        others: &[&Dfa],
        may_cover: impl Fn(usize) -> bool,
    ) -> bool {
        let may_accept = |other: &&&Dfa| other.labels().into_iter().any(&may_cover);
        for other in others.iter().filter(may_accept) {
            match self.without(&rest, other, &may_cover) {
                Some(less) => rest = less,
                None => return false,
            }
        }
        let exact = self.entries().iter().filter(|(_, entry)| entry.is_exact());
        rest.at_most(exact.count()).is_some_and(|rest| {
            let is_accepted = |origin: &String| self.accepting(origin).into_iter().any(&may_cover);
            rest.iter().all(is_accepted)
        })
    }

    /// What `rest` accepts and `other` does not. `None` if the states of a policy are used up: what
    /// entries accept together may have a number without bound, and what is not known to be covered
    /// is not reported.
    fn without(&self, rest: &Dfa, other: &Dfa, may_cover: impl Fn(usize) -> bool) -> Option<Dfa> {
        let most = self.states_left.get();
        let less = difference_within(most, rest, other, may_cover);
        let used = less.as_ref().map_or(most, |less| less.states().len());
        self.states_left.set(most - used.min(most));
        less
    }
}

/// Given for each input the entries of one automaton that accept it, and the entries of another:
/// adds to each of the former those of the latter that accept all its inputs.
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
