//! Converts automata to tables.

use crate::automaton::{Dfa, SplitDfa, State, split_affixes};
use cors_origin::matcher::dfa::DfaTableBuf;

/// Builds the table of an automaton without useless states.
pub(crate) fn dfa_table(dfa: &Dfa) -> DfaTableBuf {
    let SplitDfa {
        prefix,
        core,
        suffix,
    } = split_affixes(dfa);
    let (places, first_accepting) = accepting_last(&core);
    let cell_count = places.len() * core.class_count();
    let width: u8 = if u16::try_from(cell_count).is_ok() {
        2
    } else {
        4
    };
    let bytes = usize::from(width);
    let mut next = vec![0; cell_count * bytes];
    for (state, row) in core.rows().enumerate() {
        let start = places[state] as usize * bytes;
        for (cell, to) in next[start..].chunks_exact_mut(bytes).zip(row) {
            cell.copy_from_slice(&places[*to].to_le_bytes()[..bytes]);
        }
    }
    let classes: &[u8; 256] = core.classes().try_into().expect("every byte has a class");
    DfaTableBuf {
        before: prefix,
        after: suffix,
        classes: Box::new(*classes),
        next: next.into(),
        width,
        start: places[Dfa::START],
        first_accepting,
    }
}

/// Returns the start of each state's row, with accepting states last, and the start of the first
/// accepting one.
fn accepting_last(dfa: &Dfa) -> (Vec<u32>, u32) {
    let place = |number: usize| {
        u32::try_from(number * dfa.class_count()).expect("no table that can be built is as large")
    };
    let mut states: Vec<State> = Vec::new();
    let mut accepting = Vec::new();
    for state in dfa.states() {
        match dfa.accepts(state).is_empty() {
            true => states.push(state),
            false => accepting.push(state),
        }
    }
    let first_accepting = place(states.len());
    states.append(&mut accepting);
    let mut places = vec![0; states.len()];
    for (number, state) in states.into_iter().enumerate() {
        places[state] = place(number);
    }
    (places, first_accepting)
}
