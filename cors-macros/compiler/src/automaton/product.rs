//! Products of two automata.

use std::collections::{HashMap, HashSet};

use super::dfa::{Dfa, State};

/// Returns what both accept, with the labels of `a`, and without useless states.
pub(crate) fn intersection(a: &Dfa, b: &Dfa) -> Dfa {
    intersection_within(usize::MAX, a, b).expect("no limit is set")
}

/// Returns the intersection, unless it would have more than `most` states.
pub(crate) fn intersection_within(most: usize, a: &Dfa, b: &Dfa) -> Option<Dfa> {
    let is_dead = |(s, t): (State, State)| s == Dfa::DEAD || t == Dfa::DEAD;
    product(most, a, b, is_dead, |b| !b.is_empty())
}

/// Returns what `a` accepts and `b` does not, without useless states.
pub(crate) fn difference(a: &Dfa, b: &Dfa) -> Dfa {
    difference_within(usize::MAX, a, b).expect("no limit is set")
}

/// Returns the difference, unless it would have more than `most` states.
pub(crate) fn difference_within(most: usize, a: &Dfa, b: &Dfa) -> Option<Dfa> {
    let is_dead = |(s, _): (State, State)| s == Dfa::DEAD;
    product(most, a, b, is_dead, <[usize]>::is_empty)
}

/// Returns what `a` accepts if `counts` holds for the labels of `b`; `None` if there would be more
/// than `most` states.
fn product(
    most: usize,
    a: &Dfa,
    b: &Dfa,
    is_dead: fn((State, State)) -> bool,
    counts: fn(&[usize]) -> bool,
) -> Option<Dfa> {
    let mut dfa = Dfa::new(common_classes(a, b));
    let bytes: Vec<u8> = dfa.representatives().collect();
    let start = (Dfa::START, Dfa::START);
    let labels = |(s, t): (State, State)| match counts(b.accepts(t)) {
        true => a.accepts(s).to_vec(),
        false => Vec::new(),
    };
    // `found` is both the list of states and the queue of those to copy.
    let mut found = vec![start];
    let mut states = HashMap::from([(start, dfa.add_state(labels(start)))]);
    let mut copied = 0;
    while let Some(&(s, t)) = found.get(copied) {
        let from = states[&(s, t)];
        for (class, &byte) in bytes.iter().enumerate() {
            let to = (a.step(s, byte), b.step(t, byte));
            if is_dead(to) {
                continue;
            }
            let to_state = *states.entry(to).or_insert_with(|| {
                found.push(to);
                dfa.add_state(labels(to))
            });
            dfa.connect(from, class, to_state);
        }
        copied += 1;
        if found.len() > most {
            return None;
        }
    }
    Some(trimmed(&dfa))
}

/// Returns whether `b` accepts everything that `a` accepts; `None` if that needs more pairs of
/// states than `left`. Subtracts the pairs from `left`.
pub(crate) fn is_included(left: &mut usize, a: &Dfa, b: &Dfa) -> Option<bool> {
    let bytes: Vec<u8> = Dfa::new(common_classes(a, b)).representatives().collect();
    let mut found = vec![(Dfa::START, Dfa::START)];
    let mut seen: HashSet<(State, State)> = found.iter().copied().collect();
    let mut followed = 0;
    while let Some(&(s, t)) = found.get(followed) {
        if !a.accepts(s).is_empty() && b.accepts(t).is_empty() {
            return Some(false);
        }
        *left = left.checked_sub(1)?;
        for &byte in &bytes {
            let to = (a.step(s, byte), b.step(t, byte));
            if to.0 != Dfa::DEAD && seen.insert(to) {
                found.push(to);
            }
        }
        followed += 1;
    }
    Some(true)
}

/// Returns common classes: bytes that neither automaton distinguishes are in one class.
fn common_classes(a: &Dfa, b: &Dfa) -> impl Fn(u8) -> u8 {
    let mut classes: HashMap<(u8, u8), u8> = HashMap::new();
    let class_of: Vec<u8> = (0..=u8::MAX)
        .map(|byte| {
            let pair = (
                a.classes()[usize::from(byte)],
                b.classes()[usize::from(byte)],
            );
            // 256 bytes have at most 256 classes, so the last one has the number 255.
            let count = classes.len() as u8;
            *classes.entry(pair).or_insert(count)
        })
        .collect();
    move |byte| class_of[usize::from(byte)]
}

/// Returns the automaton without useless states.
fn trimmed(dfa: &Dfa) -> Dfa {
    let accepts = |state: State| !dfa.accepts(state).is_empty();
    let is_useful = dfa.states_reaching(dfa.states().map(accepts).collect());
    // The start always remains.
    let mut trimmed = Dfa::new(|byte| dfa.classes()[usize::from(byte)]);
    let mut numbers = vec![Dfa::DEAD; dfa.states().len()];
    for state in dfa.states() {
        if state == Dfa::START || is_useful[state] && state != Dfa::DEAD {
            numbers[state] = trimmed.add_state(dfa.accepts(state).to_vec());
        }
    }
    for (from, row) in dfa.rows().enumerate() {
        for (class, &to) in row.iter().enumerate() {
            if numbers[from] != Dfa::DEAD {
                trimmed.connect(numbers[from], class, numbers[to]);
            }
        }
    }
    trimmed
}
