//! The hosts of the origins that an automaton accepts.

use std::collections::{BTreeMap, HashSet, VecDeque};

use crate::automaton::dfa::{Dfa, State};

/// The hosts of the origins that an automaton accepts.
pub(super) struct Hosts<'d> {
    pub(super) dfa: &'d Dfa,
    /// The states in which a host ends, with what stands behind it: a port, the dot of the root.
    pub(super) ends: Vec<(State, String)>,
}

impl<'d> Hosts<'d> {
    pub(super) fn of(dfa: &'d Dfa) -> Self {
        // Digits at the end are a port if a colon follows, and a label otherwise.
        let mut ends = BTreeMap::from([(Dfa::START, String::new())]);
        let mut seen = HashSet::new();
        let mut digits = VecDeque::from([(Dfa::START, String::new())]);
        while let Some((state, port)) = digits.pop_front() {
            let host = dfa.step(state, b':');
            if host != Dfa::DEAD {
                shorter(&mut ends, host, format!(":{port}"));
            }
            for digit in b'0'..=b'9' {
                let to = dfa.step(state, digit);
                if to != Dfa::DEAD && seen.insert(to) {
                    digits.push_back((to, format!("{}{port}", char::from(digit))));
                }
            }
        }
        for (state, port) in ends.clone() {
            let root = dfa.step(state, b'.');
            if root != Dfa::DEAD {
                shorter(&mut ends, root, format!(".{port}"));
            }
        }
        Self {
            dfa,
            ends: ends.into_iter().collect(),
        }
    }

    /// The states from which a host under `suffix` is read on; any host, if it is empty.
    pub(super) fn under(&self, suffix: &str) -> Vec<State> {
        let end = match suffix {
            "" => String::new(),
            suffix => format!(".{suffix}"),
        };
        alive(self.ends.iter().map(|(state, _)| self.run(*state, &end)))
    }

    /// Where `text` leads from `state`, its last byte first.
    pub(super) fn run(&self, state: State, text: &str) -> State {
        text.bytes()
            .rev()
            .fold(state, |state, byte| self.dfa.step(state, byte))
    }

    /// Where a byte leads from `states`.
    pub(super) fn step(&self, states: &[State], byte: u8) -> Vec<State> {
        alive(states.iter().map(|state| self.dfa.step(*state, byte)))
    }
}

/// Adds what stands behind a state, unless there is something shorter.
fn shorter(ends: &mut BTreeMap<State, String>, state: State, end: String) {
    let known = ends.entry(state).or_insert_with(|| end.clone());
    if (end.len(), &end) < (known.len(), known) {
        *known = end;
    }
}

/// Without the dead state, each once.
fn alive(states: impl Iterator<Item = State>) -> Vec<State> {
    let mut alive: Vec<State> = states.filter(|state| *state != Dfa::DEAD).collect();
    alive.sort_unstable();
    alive.dedup();
    alive
}
