//! Splits off the literal prefix and suffix shared by all accepted inputs, which are cheaper to
//! compare than to walk.

use std::collections::{BTreeSet, HashMap};

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
    let mut accepting: Vec<bool> = dfa
        .states()
        .map(|state| !dfa.accepts(state).is_empty())
        .collect();
    let mut prefix = String::new();
    while !accepting[start]
        && let Some(byte) = only(dfa, &leading(dfa.rows(), &accepting))
    {
        prefix.push(char::from(byte));
        accepting = dfa
            .states()
            .map(|state| accepting[dfa.step(state, byte)])
            .collect();
    }
    SplitDfa {
        prefix,
        core: core(dfa, start, &accepting),
        suffix,
    }
}

/// Returns the state after the common suffix, and the suffix.
fn suffix(dfa: &Dfa) -> (State, String) {
    let is_alive: Vec<bool> = dfa.states().map(|state| state != Dfa::DEAD).collect();
    let (mut start, mut suffix) = (Dfa::START, Vec::new());
    while dfa.accepts(start).is_empty()
        && let Some(byte) = only(dfa, &leading([dfa.row(start)], &is_alive))
    {
        start = dfa.step(start, byte);
        suffix.push(byte);
    }
    (start, suffix.into_iter().rev().map(char::from).collect())
}

/// Returns the classes that lead to one of `ends` in any of `rows`, in ascending order.
fn leading<'d>(rows: impl IntoIterator<Item = &'d [State]>, ends: &[bool]) -> BTreeSet<usize> {
    let cells = rows.into_iter().flat_map(|row| row.iter().enumerate());
    let leading = cells.filter(|(_, to)| ends[**to]);
    leading.map(|(class, _)| class).collect()
}

/// Returns the byte of `classes`, if there is exactly one.
fn only(dfa: &Dfa, classes: &BTreeSet<usize>) -> Option<u8> {
    let mut bytes = (0..=u8::MAX).filter(|byte| classes.contains(&usize::from(dfa.class(*byte))));
    bytes.next().filter(|_| bytes.next().is_none())
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
        stack.extend(dfa.row(state).iter().filter(|to| is_of_use[**to]));
    }
    // Classes that always lead to the same states are merged.
    let mut columns: HashMap<Vec<State>, u8> = HashMap::new();
    let classes: Vec<u8> = (0..dfa.class_count())
        .map(|class| {
            let rows = kept.iter().map(|state| dfa.row(*state));
            let column = rows.map(|row| numbers[row[class]]).collect();
            let count = u8::try_from(columns.len()).expect("there are no more classes than before");
            *columns.entry(column).or_insert(count)
        })
        .collect();
    let mut core = Dfa::new(|byte| classes[usize::from(dfa.class(byte))]);
    for state in &kept {
        core.add_state(match accepting[*state] {
            true => vec![0],
            false => Vec::new(),
        });
    }
    for state in kept {
        for (to, class) in dfa.row(state).iter().zip(&classes) {
            core.connect(numbers[state], usize::from(*class), numbers[*to]);
        }
    }
    core
}
