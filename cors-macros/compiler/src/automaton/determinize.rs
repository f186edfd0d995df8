//! Builds tables from expressions: first a graph of nodes, and then a state for each set of nodes.

use std::collections::HashMap;
use std::rc::Rc;

use super::dfa::{Dfa, State};
use super::expression::Expression;

/// Returns the automaton that reads backwards and accepts what any of `expressions` accepts, with
/// indices as labels.
pub(super) fn build(expressions: &[Expression]) -> Dfa {
    build_within(expressions, usize::MAX).expect("no limit is set")
}

/// Returns the automaton, unless its table and its sets have more than `limit` elements.
pub(super) fn build_within(expressions: &[Expression], limit: usize) -> Option<Dfa> {
    let mut graph = Graph::default();
    let starts = expressions.iter().enumerate().map(|(label, expression)| {
        let end = graph.add(Node::End(label));
        graph.add_expression(expression, end)
    });
    let starts = starts.collect();
    let start = graph.add(Node::Fork(starts));
    graph.determinize(start, limit)
}

/// The number of a node.
type NodeId = usize;

/// A place in an expression, with the inputs that it accepts from there on.
enum Node {
    /// This byte, and then an input of the next node.
    Byte(u8, NodeId),
    /// A byte of this class, and then an input of the next node.
    Class(usize, NodeId),
    /// The inputs of any of these nodes.
    Fork(Vec<NodeId>),
    /// The empty input: the expression with this label accepts.
    End(usize),
}

#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    /// For each class, whether it contains a byte.
    classes: Vec<Vec<bool>>,
}

impl Graph {
    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds the nodes that read an expression backwards and then continue with `next`. Returns the
    /// first one.
    fn add_expression(&mut self, expression: &Expression, next: NodeId) -> NodeId {
        match expression {
            Expression::Text(text) => text
                .bytes()
                .fold(next, |next, byte| self.add(Node::Byte(byte, next))),
            Expression::Class(contains) => {
                let class = self.class(*contains);
                self.add(Node::Class(class, next))
            }
            Expression::Sequence(parts) => parts
                .iter()
                .fold(next, |next, part| self.add_expression(part, next)),
            Expression::Alternatives(alternatives) => {
                let starts = alternatives
                    .iter()
                    .map(|alternative| self.add_expression(alternative, next));
                let starts = starts.collect();
                self.add(Node::Fork(starts))
            }
            Expression::Repeated(repeated) => {
                let fork = self.add(Node::Fork(Vec::new()));
                let start = self.add_expression(repeated, fork);
                self.nodes[fork] = Node::Fork(vec![start, next]);
                start
            }
            Expression::Optional(optional) => {
                let start = self.add_expression(optional, next);
                self.add(Node::Fork(vec![start, next]))
            }
        }
    }

    fn class(&mut self, contains: fn(u8) -> bool) -> usize {
        let class: Vec<bool> = (0..=u8::MAX).map(contains).collect();
        let known = self.classes.iter().position(|known| *known == class);
        known.unwrap_or_else(|| {
            self.classes.push(class);
            self.classes.len() - 1
        })
    }

    /// Returns a number for each byte. Bytes have the same if no node distinguishes them.
    fn byte_classes(&self) -> Vec<u8> {
        let mut is_single = vec![false; 256];
        for node in &self.nodes {
            if let Node::Byte(byte, _) = node {
                is_single[usize::from(*byte)] = true;
            }
        }
        // The first byte of each number.
        let mut firsts: Vec<usize> = Vec::new();
        let numbers = (0..256).map(|byte| {
            let is_alike = |first: &usize| {
                let mut classes = self.classes.iter();
                !is_single[*first] && classes.all(|class| class[*first] == class[byte])
            };
            let known = match is_single[byte] {
                true => None,
                false => firsts.iter().position(is_alike),
            };
            let number = known.unwrap_or_else(|| {
                firsts.push(byte);
                firsts.len() - 1
            });
            u8::try_from(number).expect("there are 256 bytes")
        });
        numbers.collect()
    }

    /// Builds the table. A state is the set of nodes that may come next.
    fn determinize(&self, start: NodeId, limit: usize) -> Option<Dfa> {
        let numbers = self.byte_classes();
        let mut dfa = Dfa::new(|byte| numbers[usize::from(byte)]);
        let bytes: Vec<u8> = dfa.representatives().collect();
        let of_class = self.classes.iter().map(|class| {
            let numbers = bytes.iter().enumerate();
            let numbers = numbers.filter(|(_, byte)| class[usize::from(**byte)]);
            numbers.map(|(number, _)| number).collect()
        });
        let of_class: Vec<Vec<usize>> = of_class.collect();
        let mut closures = Closures::new(&self.nodes);

        let mut states: HashMap<Rc<[NodeId]>, State> = HashMap::new();
        let mut found: Vec<Rc<[NodeId]>> = Vec::new();
        let mut size = 0;
        let mut number = |set: &[NodeId], dfa: &mut Dfa, found: &mut Vec<Rc<[NodeId]>>| {
            if let Some(state) = states.get(set) {
                return *state;
            }
            let state = dfa.add_state(self.labels(set));
            let set: Rc<[NodeId]> = set.into();
            found.push(Rc::clone(&set));
            states.insert(set, state);
            state
        };
        number(&closures.get(start), &mut dfa, &mut found);

        let mut next: Vec<Vec<NodeId>> = vec![Vec::new(); bytes.len()];
        let mut followed = 0;
        while let Some(set) = found.get(followed).map(Rc::clone) {
            followed += 1;
            size += set.len() + bytes.len();
            if size > limit {
                return None;
            }
            for node in &*set {
                match &self.nodes[*node] {
                    Node::Byte(byte, to) => {
                        let number = usize::from(numbers[usize::from(*byte)]);
                        next[number].extend_from_slice(&closures.get(*to));
                    }
                    Node::Class(class, to) => {
                        let closure = closures.get(*to);
                        for number in &of_class[*class] {
                            next[*number].extend_from_slice(&closure);
                        }
                    }
                    Node::Fork(_) | Node::End(_) => {}
                }
            }
            for (class, set) in next.iter_mut().enumerate() {
                if !set.is_empty() {
                    set.sort_unstable();
                    set.dedup();
                    let to = number(set, &mut dfa, &mut found);
                    dfa.connect(followed, class, to);
                    set.clear();
                }
            }
        }
        Some(dfa)
    }

    /// Returns the labels of the expressions that accept, in ascending order.
    fn labels(&self, set: &[NodeId]) -> Vec<usize> {
        let labels = set.iter().filter_map(|node| match &self.nodes[*node] {
            Node::End(label) => Some(*label),
            _ => None,
        });
        labels.collect()
    }
}

/// The nodes that a node leads to without reading a byte, computed once for each.
struct Closures<'g> {
    nodes: &'g [Node],
    known: Vec<Option<Rc<[NodeId]>>>,
    /// For each fork, the last node from which it was reached.
    seen_from: Vec<Option<NodeId>>,
}

impl<'g> Closures<'g> {
    fn new(nodes: &'g [Node]) -> Self {
        Self {
            nodes,
            known: vec![None; nodes.len()],
            seen_from: vec![None; nodes.len()],
        }
    }

    /// Returns the nodes that `node` leads to without reading a byte, none of them a fork.
    fn get(&mut self, node: NodeId) -> Rc<[NodeId]> {
        if let Some(known) = &self.known[node] {
            return Rc::clone(known);
        }
        let mut closure = Vec::new();
        let mut waiting = vec![node];
        while let Some(next) = waiting.pop() {
            match &self.nodes[next] {
                Node::Fork(nodes) if self.seen_from[next].replace(node) != Some(node) => {
                    waiting.extend_from_slice(nodes);
                }
                Node::Fork(_) => {}
                _ => closure.push(next),
            }
        }
        closure.sort_unstable();
        closure.dedup();
        let closure: Rc<[NodeId]> = closure.into();
        self.known[node] = Some(Rc::clone(&closure));
        closure
    }
}
