//! Automata for exports: building them from printed expressions, comparing them, and minimising
//! them.

use std::collections::{BTreeMap, HashMap};

use crate::automaton::{Dfa, SerializedOrigins, State, difference, from_trusted_within};

/// Maximum number of steps to build the automaton of a whole policy.
const MAX_STEPS: usize = 1 << 24;

/// Returns the automaton of printed expressions, each with its index as label; `None` if it would
/// be too large.
pub(super) fn build_automaton(expressions: &[impl AsRef<str>]) -> Option<Dfa> {
    from_trusted_within(MAX_STEPS, expressions)
}

/// Returns the automaton of a policy's regex; `None` if no policy accepts the regex.
pub(super) fn regex_automaton(regex: &str) -> Option<Dfa> {
    SerializedOrigins::new().regex(regex).ok()
}

/// Returns a text that exactly one of two automata accepts.
pub(super) fn distinguishing_text(a: &Dfa, b: &Dfa) -> Option<String> {
    let one_way = difference(a, b).shortest();
    one_way.or_else(|| difference(b, a).shortest())
}

/// Returns the automaton with other labels.
pub(super) fn relabelled(dfa: &Dfa, labels: impl Fn(&[usize]) -> Vec<usize>) -> Dfa {
    let mut relabelled = Dfa::new(&|byte| dfa.class(byte));
    for state in dfa.states().skip(Dfa::START) {
        relabelled.add_state(labels(dfa.accepts(state)));
    }
    for (from, row) in dfa.rows().enumerate() {
        for (class, to) in row.iter().enumerate() {
            relabelled.connect(from, class, *to);
        }
    }
    relabelled
}

/// Returns the smallest equivalent automaton, including labels. States are numbered in the order in
/// which they are found, and bytes that no state distinguishes share a class.
pub(super) fn minimised(dfa: &Dfa) -> Dfa {
    let blocks = blocks(dfa);
    let dead = blocks[Dfa::DEAD];
    // One state represents each block.
    let mut found = vec![Dfa::START];
    let mut numbers: HashMap<usize, State> = HashMap::from([(blocks[Dfa::START], Dfa::START)]);
    let mut rows: Vec<Vec<State>> = Vec::new();
    while let Some(state) = found.get(rows.len()).copied() {
        let row = dfa.row(state).iter().map(|to| {
            if blocks[*to] == dead {
                return Dfa::DEAD;
            }
            *numbers.entry(blocks[*to]).or_insert_with(|| {
                found.push(*to);
                found.len()
            })
        });
        let row = row.collect();
        rows.push(row);
    }
    // The remaining columns, in the order of the first byte of each.
    let mut columns: BTreeMap<Vec<State>, u8> = BTreeMap::new();
    let class_of: Vec<u8> = (0..=u8::MAX)
        .map(|byte| {
            let class = usize::from(dfa.class(byte));
            let column = rows.iter().map(|row| row[class]).collect();
            // There are 256 bytes, so at most 256 columns.
            let count = columns.len() as u8;
            *columns.entry(column).or_insert(count)
        })
        .collect();
    let mut small = Dfa::new(&|byte| class_of[usize::from(byte)]);
    for state in &found {
        small.add_state(dfa.accepts(*state).to_vec());
    }
    for (column, class) in columns {
        for (index, to) in column.into_iter().enumerate() {
            small.connect(Dfa::START + index, usize::from(class), to);
        }
    }
    small
}

/// Returns the block of every state: equivalent states are in one block (Moore's algorithm).
fn blocks(dfa: &Dfa) -> Vec<usize> {
    let mut ids: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut blocks: Vec<usize> = dfa
        .states()
        .map(|state| {
            let count = ids.len();
            *ids.entry(dfa.accepts(state).to_vec()).or_insert(count)
        })
        .collect();
    let mut count = ids.len();
    loop {
        let mut ids: HashMap<Vec<usize>, usize> = HashMap::new();
        let finer: Vec<usize> = dfa
            .states()
            .map(|state| {
                let to = dfa.row(state).iter().map(|to| blocks[*to]);
                let signature = std::iter::once(blocks[state]).chain(to).collect();
                let count = ids.len();
                *ids.entry(signature).or_insert(count)
            })
            .collect();
        let finer_count = ids.len();
        blocks = finer;
        if finer_count == count {
            return blocks;
        }
        count = finer_count;
    }
}
