//! Splits off the literal prefix and suffix shared by all accepted inputs, which are cheaper to
//! compare than to walk.

use std::collections::HashMap;

use super::dfa::{Dfa, State};

/// An automaton, split into three parts.
pub(crate) struct SplitDfa {
    /// Prefix of all accepted inputs.
    pub(crate) prefix: String,
    /// Accepts the part between prefix and suffix, with one label.
    pub(crate) core: Dfa,
    /// Suffix of all accepted inputs.
    pub(crate) suffix: String,
}

/// Splits off the common prefix and suffix of all inputs of `dfa`. All its states must be useful.
pub(crate) fn split_affixes(dfa: &Dfa) -> SplitDfa {
    let (start, suffix) = suffix(dfa);
    let all: Vec<State> = dfa.states().collect();
    let mut accepting = dfa.accepting_states();
    let mut prefix = String::new();
    while !accepting[start]
        && let Some(byte) = only_byte(dfa, &all, &accepting)
    {
        prefix.push(char::from(byte));
        let mut before = Vec::new();
        for state in &all {
            before.push(accepting[dfa.step(*state, byte)]);
        }
        accepting = before;
    }
    SplitDfa {
        prefix,
        core: core(dfa, start, &accepting),
        suffix,
    }
}

/// Returns the state after the common suffix, and the suffix.
fn suffix(dfa: &Dfa) -> (State, String) {
    let mut is_alive = vec![true; dfa.states().len()];
    is_alive[Dfa::DEAD] = false;
    let (mut start, mut suffix) = (Dfa::START, String::new());
    while dfa.accepts(start).is_empty()
        && let Some(byte) = only_byte(dfa, &[start], &is_alive)
    {
        start = dfa.step(start, byte);
        suffix.insert(0, char::from(byte));
    }
    (start, suffix)
}

/// Returns the byte that leads from any of `states` to one of `ends`, if there is exactly one.
fn only_byte(dfa: &Dfa, states: &[State], ends: &[bool]) -> Option<u8> {
    // By class.
    let mut leads = vec![false; dfa.class_count()];
    for state in states {
        for (class, to) in dfa.row(*state).iter().enumerate() {
            leads[class] |= ends[*to];
        }
    }
    let mut only = None;
    for byte in 0..=u8::MAX {
        if leads[usize::from(dfa.class(byte))] {
            if only.is_some() {
                return None;
            }
            only = Some(byte);
        }
    }
    only
}

/// Returns the states between `start` and the accepting ones, and classes that distinguish only
/// these.
fn core(dfa: &Dfa, start: State, accepting: &[bool]) -> Dfa {
    let is_of_use = dfa.states_reaching(accepting.to_vec());
    // The new number of each state; the dead state for dropped ones.
    let mut numbers = vec![Dfa::DEAD; dfa.states().len()];
    let mut kept = Vec::new();
    // Depth first, so that rows that follow each other in an origin are adjacent.
    let mut stack = vec![start];
    while let Some(state) = stack.pop() {
        if numbers[state] != Dfa::DEAD {
            continue;
        }
        numbers[state] = Dfa::START + kept.len();
        kept.push(state);
        for to in dfa.row(state) {
            if is_of_use[*to] {
                stack.push(*to);
            }
        }
    }
    // Classes that always lead to the same states are merged.
    let mut columns: HashMap<Vec<State>, usize> = HashMap::new();
    let mut classes = Vec::new();
    for class in 0..dfa.class_count() {
        let mut column = Vec::new();
        for state in &kept {
            column.push(numbers[dfa.row(*state)[class]]);
        }
        let count = columns.len();
        classes.push(*columns.entry(column).or_insert(count));
    }
    let class_of = |byte| classes[usize::from(dfa.class(byte))];
    let mut core = Dfa::new(&|byte| {
        u8::try_from(class_of(byte)).expect("there are no more classes than before")
    });
    for state in &kept {
        core.add_state(match accepting[*state] {
            true => vec![0],
            false => Vec::new(),
        });
    }
    for state in kept {
        for (to, class) in dfa.row(state).iter().zip(&classes) {
            core.connect(numbers[state], *class, numbers[*to]);
        }
    }
    core
}
