//! Deterministic automata of graphs: a state for each set of nodes that may come next.

use std::collections::HashMap;

use super::dfa::{Dfa, State};
use super::expression::Expression;
use super::graph::{Graph, Node, NodeId};

/// Returns the automaton that reads backwards and accepts what any of `expressions` accepts, with
/// indices as labels.
pub(super) fn build(expressions: &[Expression]) -> Dfa {
    build_within(usize::MAX, expressions).expect("no limit is set")
}

/// Returns the automaton, unless building it takes more than `most` steps.
pub(super) fn build_within(most: usize, expressions: &[Expression]) -> Option<Dfa> {
    let mut graph = Graph::default();
    let start = graph.add_expressions(expressions);
    determinize_within(most, &graph, start)
}

/// Returns the automaton that accepts what `start` accepts, unless that takes more than `most`
/// steps. A step visits a node, or fills a cell of the table.
pub(super) fn determinize_within(most: usize, graph: &Graph, start: NodeId) -> Option<Dfa> {
    let numbers = graph.byte_numbers();
    let mut dfa =
        Dfa::new(&|byte| u8::try_from(numbers[usize::from(byte)]).expect("there are 256 bytes"));
    let bytes = dfa.representatives();
    let mut of_class: Vec<Vec<usize>> = Vec::new();
    for class in &graph.classes {
        let mut numbers = Vec::new();
        for (number, byte) in bytes.iter().enumerate() {
            if class[usize::from(*byte)] {
                numbers.push(number);
            }
        }
        of_class.push(numbers);
    }

    let mut states = States::new(graph);
    states.find(&[start], &mut dfa);
    // The nodes after each class of bytes.
    let mut next: Vec<Vec<NodeId>> = vec![Vec::new(); bytes.len()];
    let mut followed = 0;
    while followed < states.found.len() {
        let set = core::mem::take(&mut states.found[followed]);
        followed += 1;
        for node in set {
            match &graph.nodes[node] {
                Node::Byte(byte, to) => next[numbers[usize::from(*byte)]].push(*to),
                Node::Class(class, to) => {
                    for number in &of_class[*class] {
                        next[*number].push(*to);
                    }
                }
                Node::Fork(_) | Node::End(_) => {}
            }
        }
        for (class, nodes) in next.iter_mut().enumerate() {
            if !nodes.is_empty() {
                let to = states.find(nodes, &mut dfa);
                dfa.connect(followed, class, to);
                nodes.clear();
            }
        }
        if states.visited + followed * bytes.len() > most {
            return None;
        }
    }
    Some(dfa)
}

/// The states of an automaton that is being built.
struct States<'g> {
    graph: &'g Graph,
    /// The set of each state but the dead one, in order, until it is followed. None of the nodes is
    /// a fork.
    found: Vec<Vec<NodeId>>,
    numbers: HashMap<Vec<NodeId>, State>,
    /// For each node, the number of the search that visited it last.
    seen_in: Vec<usize>,
    searches: usize,
    /// The number of visits.
    visited: usize,
}

impl<'g> States<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            found: Vec::new(),
            numbers: HashMap::new(),
            seen_in: vec![0; graph.nodes.len()],
            searches: 0,
            visited: 0,
        }
    }

    /// Returns the state for the nodes that some nodes lead to without reading a byte. Adds it to
    /// `dfa` if it is new.
    fn find(&mut self, nodes: &[NodeId], dfa: &mut Dfa) -> State {
        self.searches += 1;
        let mut set = Vec::new();
        let mut waiting = nodes.to_vec();
        while let Some(node) = waiting.pop() {
            self.visited += 1;
            if core::mem::replace(&mut self.seen_in[node], self.searches) == self.searches {
                continue;
            }
            match &self.graph.nodes[node] {
                Node::Fork(nodes) => waiting.extend_from_slice(nodes),
                _ => set.push(node),
            }
        }
        set.sort_unstable();
        if let Some(state) = self.numbers.get(&set) {
            return *state;
        }
        let state = dfa.add_state(self.labels(&set));
        self.found.push(set.clone());
        self.numbers.insert(set, state);
        state
    }

    /// Returns the labels of the expressions that accept, in ascending order.
    fn labels(&self, set: &[NodeId]) -> Vec<usize> {
        let mut labels = Vec::new();
        for node in set {
            if let Node::End(label) = &self.graph.nodes[*node] {
                labels.push(*label);
            }
        }
        labels.sort_unstable();
        labels.dedup();
        labels
    }
}
