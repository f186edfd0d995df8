//! Products of two automata.

use std::collections::HashMap;

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
    let classes = common_classes(a, b);
    let mut dfa = Dfa::new(&|byte| classes[usize::from(byte)]);
    let bytes = dfa.representatives();
    let mut pairs = Pairs::default();
    pairs.number((Dfa::START, Dfa::START));
    let mut copied = 0;
    while let Some(&(s, t)) = pairs.found.get(copied) {
        let from = dfa.add_state(match counts(b.accepts(t)) {
            true => a.accepts(s).to_vec(),
            false => Vec::new(),
        });
        for (class, &byte) in bytes.iter().enumerate() {
            let to = (a.step(s, byte), b.step(t, byte));
            if !is_dead(to) {
                dfa.connect(from, class, pairs.number(to));
            }
        }
        copied += 1;
        if pairs.found.len() > most {
            return None;
        }
    }
    Some(trimmed(&dfa))
}

/// Returns whether `b` accepts everything that `a` accepts; `None` if that needs more pairs of
/// states than `left`. Subtracts the pairs from `left`.
pub(crate) fn is_included(left: &mut usize, a: &Dfa, b: &Dfa) -> Option<bool> {
    let classes = common_classes(a, b);
    let bytes = Dfa::new(&|byte| classes[usize::from(byte)]).representatives();
    let mut pairs = Pairs::default();
    pairs.number((Dfa::START, Dfa::START));
    let mut followed = 0;
    while let Some(&(s, t)) = pairs.found.get(followed) {
        if !a.accepts(s).is_empty() && b.accepts(t).is_empty() {
            return Some(false);
        }
        *left = left.checked_sub(1)?;
        for &byte in &bytes {
            let to = (a.step(s, byte), b.step(t, byte));
            if to.0 != Dfa::DEAD {
                pairs.number(to);
            }
        }
        followed += 1;
    }
    Some(true)
}

/// The pairs of states of two automata that some input leads to.
#[derive(Default)]
struct Pairs {
    /// Both the list of pairs and the queue of those to follow.
    found: Vec<(State, State)>,
    numbers: HashMap<(State, State), State>,
}

impl Pairs {
    /// Returns the state of the product for a pair. Adds the pair if it is new.
    fn number(&mut self, pair: (State, State)) -> State {
        let next = Dfa::START + self.found.len();
        let number = *self.numbers.entry(pair).or_insert(next);
        if number == next {
            self.found.push(pair);
        }
        number
    }
}

/// Returns common classes: bytes that neither automaton distinguishes are in one class.
fn common_classes(a: &Dfa, b: &Dfa) -> [u8; 256] {
    // The common class for each pair of classes.
    let mut known = vec![None; a.class_count() * b.class_count()];
    let mut count = 0;
    let mut classes = [0; 256];
    for byte in 0..=u8::MAX {
        let pair = usize::from(a.class(byte)) * b.class_count() + usize::from(b.class(byte));
        classes[usize::from(byte)] = *known[pair].get_or_insert_with(|| {
            count += 1;
            // 256 bytes have at most 256 classes, so the last one has the number 255.
            (count - 1) as u8
        });
    }
    classes
}

/// Returns the automaton without useless states.
fn trimmed(dfa: &Dfa) -> Dfa {
    let is_useful = dfa.states_reaching(dfa.accepting_states());
    // The start always remains.
    let mut trimmed = Dfa::new(&|byte| dfa.class(byte));
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
