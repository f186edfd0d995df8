//! Two automata run side by side, pair of states by pair.

use crate::automaton::product::{intersection_within, is_included};
use crate::automaton::regex::from_trusted;
use crate::automaton::{Dfa, State};

/// States in which one automaton is dead are not created.
#[test]
fn an_intersection_is_limited_by_the_pairs_of_states_that_both_go_on_from() {
    let any = from_trusted(&["a://a[a.]{8}".to_owned()]);
    let labels = from_trusted(&[r"[a-z]+://[a-z]+(?:\.[a-z]+)*".to_owned()]);
    let all = pairs(&any, &labels);
    let both: Vec<&(State, State)> = all.iter().filter(|(_, t)| *t != Dfa::DEAD).collect();
    assert!(both.len() > 15 && all.len() > both.len() + 3);
    for most in 0..all.len() {
        let intersection = intersection_within(most, &any, &labels);
        assert_eq!(intersection.is_some(), most >= both.len(), "{most}");
    }
}

/// The pairs of states that any input leads to, but those where `a` is dead.
fn pairs(a: &Dfa, b: &Dfa) -> Vec<(State, State)> {
    let mut found = vec![(Dfa::START, Dfa::START)];
    let mut followed = 0;
    while let Some(&(s, t)) = found.get(followed) {
        for byte in 0..=u8::MAX {
            let to = (a.step(s, byte), b.step(t, byte));
            if to.0 != Dfa::DEAD && !found.contains(&to) {
                found.push(to);
            }
        }
        followed += 1;
    }
    found
}

#[test]
fn inclusion_is_known_if_as_many_pairs_may_be_looked_at_as_there_are() {
    let dfa = |expression: &str| from_trusted(&[expression.to_owned()]);
    let (twelve, four) = (dfa("(?:a{12})+"), dfa("(?:a{4})+"));
    let needed = pairs(&twelve, &four).len();
    for left in 0..2 * needed {
        let expected = (left >= needed).then_some(true);
        assert_eq!(
            is_included(&mut { left }, &twelve, &four),
            expected,
            "{left}"
        );
    }
    let mut left = needed;
    is_included(&mut left, &twelve, &four);
    assert_eq!(left, 0);
    // The first input that only one accepts is enough.
    assert_eq!(is_included(&mut 5, &four, &twelve), Some(false));
}
