//! Prefix and suffix that all inputs of an automaton share: to compare them costs less than to walk
//! through them.

use std::collections::{BTreeSet, HashMap};

use super::dfa::{Dfa, State};

/// An automaton in three parts.
pub(crate) struct SplitDfa {
    /// All that is accepted starts with this.
    pub(crate) prefix: String,
    /// Accepts what is between, with one label.
    pub(crate) core: Dfa,
    /// All that is accepted ends in this.
    pub(crate) suffix: String,
}

/// Splits off what all inputs of `dfa` share. All its states must be useful.
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

/// The state after the last bytes, if those are always the same, and these bytes.
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

/// The classes that lead to one of `ends` in any of `rows`, in ascending order.
fn leading<'d>(rows: impl IntoIterator<Item = &'d [State]>, ends: &[bool]) -> BTreeSet<usize> {
    let cells = rows.into_iter().flat_map(|row| row.iter().enumerate());
    let leading = cells.filter(|(_, to)| ends[**to]);
    leading.map(|(class, _)| class).collect()
}

/// The byte that `classes` have, if they have exactly one.
fn only(dfa: &Dfa, classes: &BTreeSet<usize>) -> Option<u8> {
    let mut bytes = (0..=u8::MAX).filter(|byte| classes.contains(&usize::from(dfa.class(*byte))));
    bytes.next().filter(|_| bytes.next().is_none())
}

/// The states on the ways from `start` to those that accept, and classes that tell only these
/// apart.
fn core(dfa: &Dfa, start: State, accepting: &[bool]) -> Dfa {
    let is_of_use = dfa.leading_to(accepting.to_vec());
    // The new number of each state; the dead state for those that are not kept.
    let mut numbers = vec![Dfa::DEAD; dfa.states().len()];
    let mut kept = Vec::new();
    // Depth first: rows that follow one another in an origin lie side by side.
    let mut stack = vec![start];
    while let Some(state) = stack.pop() {
        if numbers[state] != Dfa::DEAD {
            continue;
        }
        numbers[state] = Dfa::START + kept.len();
        kept.push(state);
        stack.extend(dfa.row(state).iter().filter(|to| is_of_use[**to]));
    }
    // Classes that lead to the same states from everywhere are one.
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
