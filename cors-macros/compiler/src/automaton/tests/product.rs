//! Two automata run side by side, pair of states by pair.

use crate::automaton::build::from_trusted;
use crate::automaton::product::{intersection_within, pairs};
use crate::automaton::{Dfa, State};

/// States in which one automaton is dead are not created.
#[test]
fn an_intersection_is_limited_by_the_pairs_of_states_that_both_go_on_from() {
    let any = from_trusted(&["a://a[a.]{5}".to_owned()]);
    let labels = from_trusted(&[r"[a-z]+://[a-z]+(?:\.[a-z]+)*".to_owned()]);
    let all = pairs(&any, &labels);
    let both: Vec<&(State, State)> = all.iter().filter(|(_, t)| *t != Dfa::DEAD).collect();
    assert!(both.len() > 15 && all.len() > both.len() + 3);
    for most in 0..all.len() {
        let intersection = intersection_within(most, &any, &labels);
        assert_eq!(intersection.is_some(), most >= both.len(), "{most}");
    }
}
