//! Nondeterministic automata of regexes, which read backwards. They may contain look-around
//! assertions, which `lookaround` resolves.

use regex_automata::util::look::Look;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use regex_syntax::utf8::Utf8Sequences;

use super::graph;

/// The number of a state.
pub(super) type StateId = usize;

/// A place in a regex, with the inputs that it accepts from there on.
pub(super) enum State {
    /// A byte of this class, and then an input of the next state.
    Class(Box<graph::Class>, StateId),
    /// The inputs of the next state, if the assertion holds here.
    Look(Look, StateId),
    /// The inputs of any of these states.
    Fork(Vec<StateId>),
    /// The empty input: the regex with this label accepts.
    End(usize),
}

pub(super) struct Nfa {
    pub(super) states: Vec<State>,
    pub(super) start: StateId,
}

impl Nfa {
    /// Returns the automaton of `regexes`, with indices as labels, unless it would have more than
    /// `most` states.
    pub(super) fn new(most: usize, regexes: &[Hir]) -> Option<Self> {
        let mut builder = Builder {
            states: Vec::new(),
            most,
        };
        let mut starts = Vec::new();
        for (label, regex) in regexes.iter().enumerate() {
            let end = builder.push(State::End(label));
            starts.push(builder.add(regex, end)?);
        }
        let start = builder.push(State::Fork(starts));
        Some(Self {
            states: builder.states,
            start,
        })
    }
}

struct Builder {
    states: Vec<State>,
    /// The maximum number of states. Counted repetitions multiply, so a short text can need many.
    most: usize,
}

impl Builder {
    fn push(&mut self, state: State) -> StateId {
        self.states.push(state);
        self.states.len() - 1
    }

    /// Adds the states that read a regex backwards and then continue with `next`: at least one.
    /// Returns the first of them, unless there are too many.
    fn add(&mut self, regex: &Hir, next: StateId) -> Option<StateId> {
        if self.states.len() >= self.most {
            return None;
        }
        Some(match regex.kind() {
            HirKind::Empty => self.push(State::Fork(vec![next])),
            HirKind::Literal(literal) => {
                let mut start = next;
                for byte in &literal.0 {
                    start = self.bytes(&[(*byte, *byte)], start);
                }
                start
            }
            HirKind::Class(Class::Bytes(class)) => {
                let mut ranges = Vec::new();
                for range in class.iter() {
                    ranges.push((range.start(), range.end()));
                }
                self.bytes(&ranges, next)
            }
            HirKind::Class(Class::Unicode(class)) => {
                let mut starts = Vec::new();
                for range in class.iter() {
                    for sequence in Utf8Sequences::new(range.start(), range.end()) {
                        let mut start = next;
                        for range in sequence.as_slice() {
                            start = self.bytes(&[(range.start, range.end)], start);
                        }
                        starts.push(start);
                    }
                }
                self.push(State::Fork(starts))
            }
            HirKind::Look(look) => {
                let look = Look::from_repr(look.as_repr()).expect("the crates number them alike");
                self.push(State::Look(look, next))
            }
            HirKind::Repetition(repetition) => self.repetition(repetition, next)?,
            HirKind::Capture(capture) => self.add(&capture.sub, next)?,
            HirKind::Concat(parts) => {
                let mut start = next;
                for part in parts {
                    start = self.add(part, start)?;
                }
                start
            }
            HirKind::Alternation(alternatives) => {
                let mut starts = Vec::new();
                for alternative in alternatives {
                    starts.push(self.add(alternative, next)?);
                }
                self.push(State::Fork(starts))
            }
        })
    }

    /// Adds a state that reads a byte of some ranges, with their ends.
    fn bytes(&mut self, ranges: &[(u8, u8)], next: StateId) -> StateId {
        let mut class = [false; 256];
        for (start, end) in ranges {
            class[usize::from(*start)..=usize::from(*end)].fill(true);
        }
        self.push(State::Class(Box::new(class), next))
    }

    fn repetition(&mut self, repetition: &Repetition, next: StateId) -> Option<StateId> {
        let Repetition { min, max, sub, .. } = repetition;
        let (mut start, mut missing) = (next, *min);
        // The repetitions that need not be there are read last.
        match max {
            Some(max) => {
                for _ in *min..*max {
                    let repeated = self.add(sub, start)?;
                    start = self.push(State::Fork(vec![repeated, next]));
                }
            }
            None => {
                let fork = self.push(State::Fork(Vec::new()));
                let repeated = self.add(sub, fork)?;
                self.states[fork] = State::Fork(vec![repeated, next]);
                start = if *min == 0 { fork } else { repeated };
                missing = min.saturating_sub(1);
            }
        }
        for _ in 0..missing {
            start = self.add(sub, start)?;
        }
        Some(start)
    }
}
