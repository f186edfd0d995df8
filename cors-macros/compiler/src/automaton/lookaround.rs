//! Graphs of nondeterministic automata with look-around assertions, such as `^` and `\b`.
//!
//! Graphs have no assertions. So there is a node for each state and each context in which it is
//! reached: the byte that was read last, and those that may follow.

use std::collections::HashMap;

use regex_automata::util::look::{Look, LookMatcher};

use super::graph::{self, Graph, Node, NodeId};
use super::nfa::{Nfa, State, StateId};

/// Adds the nodes of an automaton. Returns the first one, unless there would be more than `most`.
pub(super) fn add_nfa(most: usize, nfa: &Nfa, graph: &mut Graph) -> Option<NodeId> {
    let mut nodes = Nodes {
        graph,
        neighbours: neighbours(&nfa.states),
        known: HashMap::new(),
        waiting: Vec::new(),
    };
    let start = nodes.find(nfa.start, Context::after(EDGE));
    while let Some((state, context, id)) = nodes.waiting.pop() {
        if nodes.graph.nodes.len() > most {
            return None;
        }
        let node = match &nfa.states[state] {
            State::Class(class, next) => nodes.read(class, *next, context),
            State::Look(look, next) => match context.restricted_by(*look) {
                Some(context) => nodes.fork(&[*next], context),
                None => Node::Fork(Vec::new()),
            },
            State::Fork(next) => nodes.fork(next, context),
            State::End(label) if context.allows(EDGE) => Node::End(*label),
            State::End(_) => Node::Fork(Vec::new()),
        };
        nodes.graph.nodes[id] = node;
    }
    Some(start)
}

struct Nodes<'g> {
    graph: &'g mut Graph,
    /// The neighbour that represents each byte.
    neighbours: [Neighbour; 256],
    /// The node of each state and each context, by its number.
    known: HashMap<(StateId, usize), NodeId>,
    /// The nodes that are not yet complete.
    waiting: Vec<(StateId, Context, NodeId)>,
}

impl Nodes<'_> {
    fn find(&mut self, state: StateId, context: Context) -> NodeId {
        let next = self.graph.nodes.len();
        let node = *self.known.entry((state, context.number())).or_insert(next);
        if node == next {
            self.graph.add(Node::Fork(Vec::new()));
            self.waiting.push((state, context, node));
        }
        node
    }

    fn fork(&mut self, states: &[StateId], context: Context) -> Node {
        let mut nodes = Vec::new();
        for state in states {
            nodes.push(self.find(*state, context));
        }
        Node::Fork(nodes)
    }

    /// Returns the node of a state that reads a byte of a class: a fork if the context after it
    /// depends on the byte.
    fn read(&mut self, class: &graph::Class, next: StateId, context: Context) -> Node {
        let mut nodes = Vec::new();
        for neighbour in 0..NEIGHBOURS.len() {
            let mut bytes = [false; 256];
            for (byte, is_read) in bytes.iter_mut().enumerate() {
                *is_read = class[byte] && self.neighbours[byte] == neighbour;
            }
            if context.allows(neighbour) && bytes.contains(&true) {
                let next = self.find(next, Context::after(neighbour));
                nodes.push(self.graph.class(&bytes, next));
            }
        }
        if nodes.len() == 1 {
            return nodes.swap_remove(0);
        }
        let mut fork = Vec::new();
        for node in nodes {
            fork.push(self.graph.add(node));
        }
        Node::Fork(fork)
    }
}

/// The kind of a neighbour of a position: an index of [`NEIGHBOURS`].
type Neighbour = usize;

/// The edge of the input, and a byte of each kind that look-around assertions distinguish.
const NEIGHBOURS: [Option<u8>; 5] = [None, Some(b'\n'), Some(b'\r'), Some(b'a'), Some(b'.')];

const EDGE: Neighbour = 0;

/// Returns the neighbour that represents each byte, so that bytes have different ones only if an
/// assertion of the automaton distinguishes them.
fn neighbours(states: &[State]) -> [Neighbour; 256] {
    let mut looks = Vec::new();
    for state in states {
        if let State::Look(look, _) = state
            && !looks.contains(look)
        {
            looks.push(*look);
        }
    }
    let is_alike = |a: Neighbour, b: Neighbour| {
        for look in &looks {
            for other in 0..NEIGHBOURS.len() {
                if holds(*look, a, other) != holds(*look, b, other)
                    || holds(*look, other, a) != holds(*look, other, b)
                {
                    return false;
                }
            }
        }
        true
    };
    // By kind.
    let mut first_alike = [EDGE; NEIGHBOURS.len()];
    for (kind, first) in first_alike.iter_mut().enumerate() {
        let mut kinds = 0..kind;
        *first = kinds.find(|other| is_alike(*other, kind)).unwrap_or(kind);
    }
    let mut neighbours = [EDGE; 256];
    for byte in 0..=u8::MAX {
        neighbours[usize::from(byte)] = first_alike[match byte {
            b'\n' => 1,
            b'\r' => 2,
            b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z' => 3,
            _ => 4,
        }];
    }
    neighbours
}

/// Returns whether an assertion holds, in an automaton that reads backwards.
fn holds(look: Look, read: Neighbour, unread: Neighbour) -> bool {
    let (read, unread) = (NEIGHBOURS[read], NEIGHBOURS[unread]);
    let mut text = Vec::new();
    text.extend(unread);
    let position = text.len();
    text.extend(read);
    LookMatcher::new().matches(look, &text, position)
}

/// The possible bytes around a position.
#[derive(Clone, Copy)]
struct Context {
    read: Neighbour,
    /// For each neighbour, whether it may follow.
    unread: [bool; NEIGHBOURS.len()],
}

impl Context {
    /// Returns the context after reading a byte, which anything may follow.
    fn after(read: Neighbour) -> Self {
        Self {
            read,
            unread: [true; NEIGHBOURS.len()],
        }
    }

    /// Returns a different number for each context.
    fn number(self) -> usize {
        let mut number = self.read;
        for is_allowed in self.unread {
            number = number * 2 + usize::from(is_allowed);
        }
        number
    }

    fn allows(self, unread: Neighbour) -> bool {
        self.unread[unread]
    }

    /// Returns the context if an assertion holds as well, unless it cannot.
    fn restricted_by(mut self, look: Look) -> Option<Self> {
        for (neighbour, is_allowed) in self.unread.iter_mut().enumerate() {
            *is_allowed &= holds(look, self.read, neighbour);
        }
        self.unread.contains(&true).then_some(self)
    }
}
