//! Graphs of the nondeterministic automata that `regex-automata` builds.
//!
//! Graphs have no look-around assertions, such as `^` and `\b`. So there is a node for each state and
//! each context in which it is reached: the byte that was read last, and those that may follow.

use std::collections::HashMap;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::look::{Look, LookMatcher, LookSet};
use regex_automata::util::primitives::StateID;

use super::graph::{Class, Graph, Node, NodeId};

/// Adds the nodes of an automaton that reads backwards. Returns the first one, unless there would be
/// more than `most`.
pub(super) fn add_nfa(most: usize, nfa: &NFA, graph: &mut Graph) -> Option<NodeId> {
    let mut nodes = Nodes {
        graph,
        neighbours: neighbours(nfa.look_set_any()),
        known: HashMap::new(),
        waiting: Vec::new(),
    };
    let start = nodes.find(nfa.start_anchored(), Context::after(EDGE));
    while let Some((state, context, id)) = nodes.waiting.pop() {
        if nodes.graph.nodes.len() > most {
            return None;
        }
        let node = match nfa.state(state) {
            state @ (State::ByteRange { .. } | State::Sparse(_) | State::Dense(_)) => {
                nodes.read(state, context)
            }
            State::Look { look, next } => match context.restricted_by(*look) {
                Some(context) => nodes.fork(&[*next], context),
                None => Node::Fork(Vec::new()),
            },
            State::Union { alternates } => nodes.fork(alternates, context),
            State::BinaryUnion { alt1, alt2 } => nodes.fork(&[*alt1, *alt2], context),
            State::Capture { next, .. } => nodes.fork(&[*next], context),
            State::Match { pattern_id } if context.allows(EDGE) => Node::End(pattern_id.as_usize()),
            State::Match { .. } | State::Fail => Node::Fork(Vec::new()),
        };
        nodes.graph.nodes[id] = node;
    }
    Some(start)
}

struct Nodes<'g> {
    graph: &'g mut Graph,
    /// The neighbour that represents each byte.
    neighbours: [Neighbour; 256],
    known: HashMap<(StateID, Context), NodeId>,
    /// The nodes that are not yet complete.
    waiting: Vec<(StateID, Context, NodeId)>,
}

impl Nodes<'_> {
    fn find(&mut self, state: StateID, context: Context) -> NodeId {
        *self.known.entry((state, context)).or_insert_with(|| {
            let node = self.graph.add(Node::Fork(Vec::new()));
            self.waiting.push((state, context, node));
            node
        })
    }

    fn fork(&mut self, states: &[StateID], context: Context) -> Node {
        let nodes = states.iter().map(|state| self.find(*state, context));
        Node::Fork(nodes.collect())
    }

    /// Returns the node of a state that reads a byte: a fork if the next node depends on the byte.
    fn read(&mut self, state: &State, context: Context) -> Node {
        let mut classes: Vec<(StateID, Neighbour, Class)> = Vec::new();
        for byte in 0..=u8::MAX {
            let neighbour = self.neighbours[usize::from(byte)];
            let next = match state {
                State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
                State::Sparse(transitions) => transitions.matches_byte(byte),
                State::Dense(transitions) => transitions.matches_byte(byte),
                _ => None,
            };
            let Some(next) = next.filter(|_| context.allows(neighbour)) else {
                continue;
            };
            let known = classes
                .iter()
                .position(|(state, before, _)| (*state, *before) == (next, neighbour));
            let index = known.unwrap_or_else(|| {
                classes.push((next, neighbour, [false; 256]));
                classes.len() - 1
            });
            classes[index].2[usize::from(byte)] = true;
        }
        let nodes = classes.iter().map(|(state, neighbour, class)| {
            let next = self.find(*state, Context::after(*neighbour));
            self.graph.class(class, next)
        });
        let mut nodes: Vec<Node> = nodes.collect();
        match nodes.len() {
            1 => nodes.swap_remove(0),
            _ => Node::Fork(nodes.into_iter().map(|node| self.graph.add(node)).collect()),
        }
    }
}

/// The kind of a neighbour of a position: an index of [`NEIGHBOURS`].
type Neighbour = usize;

/// The edge of the input, and a byte of each kind that look-around assertions distinguish.
const NEIGHBOURS: [Option<u8>; 5] = [None, Some(b'\n'), Some(b'\r'), Some(b'a'), Some(b'.')];

const EDGE: Neighbour = 0;

/// Returns the neighbour that represents each byte, so that bytes have different ones only if an
/// assertion of the automaton distinguishes them.
fn neighbours(looks: LookSet) -> [Neighbour; 256] {
    let is_alike = |a: Neighbour, b: Neighbour| {
        let alike = |look, other| {
            holds(look, a, other) == holds(look, b, other)
                && holds(look, other, a) == holds(look, other, b)
        };
        looks
            .iter()
            .all(|look| (0..NEIGHBOURS.len()).all(|other| alike(look, other)))
    };
    core::array::from_fn(|byte| {
        let kind = match byte as u8 {
            b'\n' => 1,
            b'\r' => 2,
            b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z' => 3,
            _ => 4,
        };
        (0..kind)
            .find(|other| is_alike(*other, kind))
            .unwrap_or(kind)
    })
}

/// Returns whether an assertion holds, in an automaton that reads backwards.
fn holds(look: Look, read: Neighbour, unread: Neighbour) -> bool {
    let (read, unread) = (NEIGHBOURS[read], NEIGHBOURS[unread]);
    let text: Vec<u8> = unread.into_iter().chain(read).collect();
    let position = usize::from(unread.is_some());
    LookMatcher::new().matches(look.reversed(), &text, position)
}

/// The possible bytes around a position.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
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
