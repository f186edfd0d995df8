//! Which entries accept all that another accepts.

use std::collections::HashSet;

use super::Automata;
use super::dfa::Dfa;
use super::product::pairs;
use crate::model::EntryKind;

/// For each entry the entries that accept all that it accepts, in source order, without itself.
pub(crate) struct Coverage {
    by_one: Vec<Vec<usize>>,
    /// The sets of patterns that accept something of an entry's together; for patterns only.
    together: Vec<HashSet<Vec<usize>>>,
}

impl Automata<'_> {
    /// Decides inclusion for every two entries.
    pub(crate) fn coverage(&self) -> Coverage {
        let count = self.entries.len();
        let mut by_one: Vec<Option<Vec<usize>>> = vec![None; count];
        let mut together = vec![HashSet::new(); count];
        // Two patterns: one covers another if each state that accepts the other accepts it too.
        for state in self.patterns.states() {
            let accepts = self.patterns.accepts(state);
            for &entry in accepts {
                narrow(&mut by_one[entry], accepts);
                together[entry].insert(accepts.to_vec());
            }
        }
        let mut by_one: Vec<Vec<usize>> =
            by_one.into_iter().map(Option::unwrap_or_default).collect();
        for (index, (_, entry)) in self.entries.iter().enumerate() {
            if let EntryKind::Origin(_) | EntryKind::Null = &entry.kind
                && by_one[index].is_empty()
            {
                by_one[index] = self.accepting(&entry.text());
            }
        }
        self.regexes_and_patterns(&mut by_one);
        self.regexes_and_regexes(&mut by_one);
        for (index, covering) in by_one.iter_mut().enumerate() {
            covering.retain(|other| *other != index);
            covering.sort_unstable();
            covering.dedup();
        }
        Coverage { by_one, together }
    }

    fn regexes_and_patterns(&self, by_one: &mut [Vec<usize>]) {
        for (&regex, dfa) in &self.regexes {
            let mut uncovered: HashSet<usize> = HashSet::new();
            for (patterns, accepted) in side_by_side(&self.patterns, dfa) {
                if !accepted {
                    uncovered.extend(patterns);
                }
            }
            for state in self.patterns.states() {
                for pattern in self.patterns.accepts(state) {
                    if !uncovered.contains(pattern) && !by_one[*pattern].contains(&regex) {
                        by_one[*pattern].push(regex);
                    }
                }
            }
            let mut covering = None;
            for (s, t) in pairs(dfa, &self.patterns) {
                if !dfa.accepts(s).is_empty() {
                    narrow(&mut covering, self.patterns.accepts(t));
                }
            }
            by_one[regex].extend(covering.unwrap_or_default());
            if let Some(only) = dfa.only() {
                by_one[regex].extend(self.accepting(&only));
            }
        }
    }

    fn regexes_and_regexes(&self, by_one: &mut [Vec<usize>]) {
        for (&a, dfa) in &self.regexes {
            for (&b, other) in &self.regexes {
                if a != b && side_by_side(dfa, other).all(|(_, accepted)| accepted) {
                    by_one[a].push(b);
                }
            }
        }
    }
}

impl Coverage {
    /// The entries that each accept all that `entry` accepts.
    pub(crate) fn of(&self, entry: usize) -> &[usize] {
        &self.by_one[entry]
    }

    /// Whether the entries that `may_cover` accept, together, all that `entry` accepts.
    pub(crate) fn is_covered(&self, entry: usize, may_cover: impl Fn(usize) -> bool) -> bool {
        let covers = |set: &[usize]| set.iter().any(|other| *other != entry && may_cover(*other));
        let together = &self.together[entry];
        covers(&self.by_one[entry])
            || !together.is_empty() && together.iter().all(|set| covers(set))
    }
}

/// Keeps of `kept` what is in `set` too; all of it the first time.
fn narrow(kept: &mut Option<Vec<usize>>, set: &[usize]) {
    match kept {
        Some(kept) => kept.retain(|label| set.contains(label)),
        None => *kept = Some(set.to_vec()),
    }
}

/// For each input that `a` accepts (for each pair of states that it leads to) the labels of `a`,
/// and whether `b` accepts.
fn side_by_side<'d>(a: &'d Dfa, b: &'d Dfa) -> impl Iterator<Item = (&'d [usize], bool)> {
    pairs(a, b)
        .into_iter()
        .map(|(s, t)| (a.accepts(s), !b.accepts(t).is_empty()))
        .filter(|(labels, _)| !labels.is_empty())
}
