//! Converts an automaton to a regular expression, by eliminating states one by one.
//!
//! This is [Kleene's algorithm](https://en.wikipedia.org/wiki/Kleene%27s_algorithm). The order of
//! elimination determines whether the result is a line or a page.

use std::collections::BTreeMap;

use super::automata::{minimised, relabelled};
use super::node::{Bytes, Node};
use crate::automaton::{Dfa, State};

/// Maximum number of states.
const MAX_STATES: usize = 400;

/// Returns an expression for all inputs that `dfa` accepts; `None` if it would be longer than
/// `limit`.
pub(super) fn expression(dfa: &Dfa, limit: usize) -> Option<Node> {
    let any = |labels: &[usize]| labels.first().map(|_| 0).into_iter().collect();
    let dfa = minimised(&relabelled(dfa, any));
    if dfa.states().len() > MAX_STATES {
        return None;
    }
    let mut edges = edges(&dfa);
    let (first, last) = (0, dfa.states().len());
    let mut left: Vec<State> = (Dfa::START..last).collect();
    while !left.is_empty() {
        let cost = |state: &State| (cost(&edges, *state), *state);
        let next = left.iter().copied().min_by_key(cost)?;
        left.retain(|state| *state != next);
        take_out(&mut edges, next);
        if edges.values().any(|node| node.len() > limit) {
            return None;
        }
    }
    // Automata read backwards.
    Some(edges.remove(&(first, last))?.reversed())
}

type Edges = BTreeMap<(State, State), Node>;

/// Returns the transitions between states. State 0 comes before the first one, and the last state
/// after all others.
fn edges(dfa: &Dfa) -> Edges {
    let mut bytes: BTreeMap<(State, State), Vec<u8>> = BTreeMap::new();
    let (first, last) = (0, dfa.states().len());
    let mut edges = Edges::from([((first, Dfa::START), Node::empty())]);
    for state in Dfa::START..last {
        for byte in 0..=127 {
            let to = dfa.step(state, byte);
            if to != Dfa::DEAD {
                bytes.entry((state, to)).or_default().push(byte);
            }
        }
        if !dfa.accepts(state).is_empty() {
            edges.insert((state, last), Node::empty());
        }
    }
    edges.extend(
        bytes
            .into_iter()
            .map(|(edge, bytes)| (edge, Node::class(Bytes::new(bytes)))),
    );
    edges
}

/// Returns by how much the total length grows without a state.
/// <https://doi.org/10.1007/978-3-540-27812-2_6> compares this order with others.
fn cost(edges: &Edges, state: State) -> usize {
    let (mut into, mut out, mut around) = ((0, 0), (0, 0), 0);
    for ((from, to), node) in edges {
        match (*from == state, *to == state) {
            (true, true) => around = node.len(),
            (false, true) => into = (into.0 + 1, into.1 + node.len()),
            (true, false) => out = (out.0 + 1, out.1 + node.len()),
            (false, false) => {}
        }
    }
    let growth = into.1 * out.0 + out.1 * into.0 + around * into.0 * out.0;
    growth.saturating_sub(into.1 + out.1 + around)
}

fn take_out(edges: &mut Edges, state: State) {
    let around = edges
        .remove(&(state, state))
        .map_or(Node::empty(), Node::star);
    let (mut into, mut out) = (Vec::new(), Vec::new());
    edges.retain(|(from, to), node| {
        if *to == state {
            into.push((*from, node.clone()));
        } else if *from == state {
            out.push((*to, node.clone()));
        }
        *to != state && *from != state
    });
    for (from, before) in &into {
        for (to, after) in &out {
            let way = Node::concat([before.clone(), around.clone(), after.clone()]);
            let edge = edges.entry((*from, *to)).or_insert(Node::nothing());
            *edge = Node::alternation([std::mem::replace(edge, Node::nothing()), way]);
        }
    }
}
