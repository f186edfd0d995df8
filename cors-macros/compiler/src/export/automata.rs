//! What an export needs of automata: to build them from what it prints, to compare them, and to
//! make them small.

use std::collections::{BTreeMap, HashMap};

use crate::automaton::{Dfa, SerializedOrigins, State, difference, from_trusted_within};

/// The most bytes that the automaton of a whole policy may take while it is built.
const MAX_BYTES: usize = 1 << 24;

/// Returns the automaton of expressions as they are printed, each with its index as label; `None`
/// if it would be too large.
pub(super) fn of(expressions: &[impl AsRef<str>]) -> Option<Dfa> {
    from_trusted_within(expressions, MAX_BYTES)
}

/// Returns the automaton that a policy has for a regex; `None` for what no policy accepts.
pub(super) fn of_regex(regex: &str) -> Option<Dfa> {
    SerializedOrigins::new().regex(regex).ok()
}

/// Returns a text that one of two automata accepts and the other does not.
pub(super) fn difference_of(a: &Dfa, b: &Dfa) -> Option<String> {
    let one_way = difference(a, b).shortest();
    one_way.or_else(|| difference(b, a).shortest())
}

/// Returns the same automaton with other labels.
pub(super) fn relabelled(dfa: &Dfa, labels: impl Fn(&[usize]) -> Vec<usize>) -> Dfa {
    let mut relabelled = Dfa::new(|byte| dfa.class(byte));
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

/// Returns the smallest automaton that accepts the same with the same labels. States are numbered in
/// the order in which they are found, and bytes that are alike to every state share a class.
pub(super) fn minimised(dfa: &Dfa) -> Dfa {
    let blocks = blocks(dfa);
    let dead = blocks[Dfa::DEAD];
    // One state stands for its block.
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
    // The columns that are left, in the order of the first byte of each.
    let mut columns: BTreeMap<Vec<State>, u8> = BTreeMap::new();
    let class_of: Vec<u8> = (0..=u8::MAX)
        .map(|byte| {
            let class = usize::from(dfa.class(byte));
            let column = rows.iter().map(|row| row[class]).collect();
            // There are 256 bytes, and so 256 columns at most.
            let count = columns.len() as u8;
            *columns.entry(column).or_insert(count)
        })
        .collect();
    let mut small = Dfa::new(|byte| class_of[usize::from(byte)]);
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

/// The block of every state: states are in one block if nothing tells them apart (Moore).
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
