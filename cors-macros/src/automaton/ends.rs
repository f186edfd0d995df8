//! What all that an automaton accepts starts with and ends in: to compare it costs less than to
//! walk through it.

use std::collections::HashMap;

use super::dfa::{Dfa, State};

/// An automaton in three parts.
pub(crate) struct Ends {
    /// All that is accepted starts with this.
    pub(crate) before: String,
    /// Accepts what stands between, with one label.
    pub(crate) middle: Dfa,
    /// All that is accepted ends in this.
    pub(crate) after: String,
}

/// Takes `dfa` apart. All its states must be of use.
pub(crate) fn apart(dfa: &Dfa) -> Ends {
    let (start, after) = after(dfa);
    let mut accepting: Vec<bool> = dfa
        .states()
        .map(|state| !dfa.accepts(state).is_empty())
        .collect();
    let mut before = String::new();
    while !accepting[start]
        && let Some(byte) = only(|byte| dfa.states().any(|state| accepting[dfa.step(state, byte)]))
    {
        before.push(char::from(byte));
        accepting = dfa
            .states()
            .map(|state| accepting[dfa.step(state, byte)])
            .collect();
    }
    Ends {
        before,
        middle: middle(dfa, start, &accepting),
        after,
    }
}

/// The state after the last bytes, if those are always the same, and these bytes.
fn after(dfa: &Dfa) -> (State, String) {
    let (mut start, mut after) = (Dfa::START, Vec::new());
    while dfa.accepts(start).is_empty()
        && let Some(byte) = only(|byte| dfa.step(start, byte) != Dfa::DEAD)
    {
        start = dfa.step(start, byte);
        after.push(byte);
    }
    (start, after.into_iter().rev().map(char::from).collect())
}

/// The byte of which `holds` is true, if there is exactly one.
fn only(holds: impl Fn(u8) -> bool) -> Option<u8> {
    let mut bytes = (0..=u8::MAX).filter(|byte| holds(*byte));
    bytes.next().filter(|_| bytes.next().is_none())
}

/// The states on the ways from `start` to those that accept, and classes that tell only these
/// apart.
fn middle(dfa: &Dfa, start: State, accepting: &[bool]) -> Dfa {
    let is_of_use = dfa.leading_to(accepting.to_vec());
    let mut numbers: HashMap<State, State> = HashMap::new();
    let mut kept = Vec::new();
    // Depth first: rows that follow one another in an origin lie side by side.
    let mut stack = vec![start];
    while let Some(state) = stack.pop() {
        if numbers.contains_key(&state) {
            continue;
        }
        numbers.insert(state, Dfa::START + kept.len());
        kept.push(state);
        let next = dfa.representatives().map(|byte| dfa.step(state, byte));
        stack.extend(next.filter(|to| is_of_use[*to]));
    }
    let to = |state: State, byte: u8| {
        let number = numbers.get(&dfa.step(state, byte));
        number.copied().unwrap_or(Dfa::DEAD)
    };
    // Bytes that lead to the same states from everywhere are one class.
    let mut columns: HashMap<Vec<State>, u8> = HashMap::new();
    let mut classes = HashMap::new();
    for byte in dfa.representatives() {
        let column = kept.iter().map(|state| to(*state, byte)).collect();
        let count = u8::try_from(columns.len()).expect("there are no more classes than before");
        classes.insert(dfa.class(byte), *columns.entry(column).or_insert(count));
    }
    let mut middle = Dfa::new(|byte| classes[&dfa.class(byte)]);
    for state in &kept {
        middle.add_state(if accepting[*state] {
            vec![0]
        } else {
            Vec::new()
        });
    }
    for (number, state) in kept.iter().enumerate() {
        for byte in dfa.representatives() {
            let class = usize::from(classes[&dfa.class(byte)]);
            middle.connect(Dfa::START + number, class, to(*state, byte));
        }
    }
    middle
}
