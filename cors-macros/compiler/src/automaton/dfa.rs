//! A deterministic automaton as a table.

use std::collections::{BTreeSet, VecDeque};

/// The number of a state.
pub(crate) type State = usize;

/// A table of transitions between states, by classes of bytes. Input is read in reverse.
///
/// State 0 is dead: nothing leads out of it. State 1 is the start.
#[derive(Clone)]
pub struct Dfa {
    /// Bytes of one class are alike to every state.
    classes: Vec<u8>,
    class_count: usize,
    /// The next state, by state and class.
    next: Vec<State>,
    /// The labels (indices of entries) that a state accepts, in ascending order.
    accepts: Vec<Vec<usize>>,
}

impl Dfa {
    pub(crate) const DEAD: State = 0;
    pub(crate) const START: State = 1;

    /// An automaton without states but the dead one.
    pub(crate) fn new(class_of: impl Fn(u8) -> u8) -> Self {
        let classes: Vec<u8> = (0..=u8::MAX).map(class_of).collect();
        let class_count = classes
            .iter()
            .max()
            .map_or(0, |class| usize::from(*class) + 1);
        let mut dfa = Self {
            classes,
            class_count,
            next: Vec::new(),
            accepts: Vec::new(),
        };
        dfa.add_state(Vec::new());
        dfa
    }

    /// Adds a state that leads nowhere yet.
    pub(crate) fn add_state(&mut self, accepts: Vec<usize>) -> State {
        self.next
            .resize(self.next.len() + self.class_count, Self::DEAD);
        self.accepts.push(accepts);
        self.accepts.len() - 1
    }

    pub(crate) fn connect(&mut self, from: State, class: usize, to: State) {
        self.next[from * self.class_count + class] = to;
    }

    /// The same with the label `labels[l]` for each label `l`. `labels` is ascending.
    pub(crate) fn relabelled(mut self, labels: &[usize]) -> Self {
        for label in self.accepts.iter_mut().flatten() {
            *label = labels[*label];
        }
        self
    }

    /// The labels that some input is accepted with.
    pub(crate) fn labels(&self) -> BTreeSet<usize> {
        self.accepts.iter().flatten().copied().collect()
    }

    /// One byte of each class, in the order of the classes.
    pub(crate) fn representatives(&self) -> impl Iterator<Item = u8> {
        (0..self.class_count).map(|class| {
            let byte = self.classes.iter().position(|of| usize::from(*of) == class);
            u8::try_from(byte.expect("no class is empty")).expect("there are 256 bytes")
        })
    }

    /// The class of every byte.
    pub(crate) fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// The rows of the table: where each class leads from a state.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[State]> {
        self.next.chunks_exact(self.class_count)
    }

    /// Where each class leads from `state`.
    pub(crate) fn row(&self, state: State) -> &[State] {
        &self.next[state * self.class_count..][..self.class_count]
    }

    pub(crate) fn class_count(&self) -> usize {
        self.class_count
    }

    pub(crate) fn class(&self, byte: u8) -> u8 {
        self.classes[usize::from(byte)]
    }

    pub(crate) fn step(&self, state: State, byte: u8) -> State {
        self.next[state * self.class_count + usize::from(self.class(byte))]
    }

    /// The labels that are accepted if the input ends in `state`.
    pub(crate) fn accepts(&self, state: State) -> &[usize] {
        &self.accepts[state]
    }

    pub(crate) fn states(&self) -> core::ops::Range<State> {
        0..self.accepts.len()
    }

    /// The labels that accept `input`, which is read from its last byte to its first.
    pub fn accepting(&self, input: &[u8]) -> &[usize] {
        let step = |state, byte: &u8| self.step(state, *byte);
        self.accepts(input.iter().rev().fold(Self::START, step))
    }

    /// Whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.accepts.iter().all(Vec::is_empty)
    }

    /// Of each state whether it leads to one of `ends`, or is one.
    pub(crate) fn leading_to(&self, mut ends: Vec<bool>) -> Vec<bool> {
        let mut sources: Vec<Vec<State>> = vec![Vec::new(); ends.len()];
        for (state, row) in self.rows().enumerate() {
            for to in row {
                sources[*to].push(state);
            }
        }
        let mut queue: Vec<State> = self.states().filter(|state| ends[*state]).collect();
        while let Some(state) = queue.pop() {
            for source in &sources[state] {
                if !core::mem::replace(&mut ends[*source], true) {
                    queue.push(*source);
                }
            }
        }
        ends
    }

    /// The inputs that are accepted, if there are `most` at the most. All states must be of use.
    pub(crate) fn at_most(&self, most: usize) -> Option<Vec<String>> {
        let mut accepted = Vec::new();
        let mut queue = VecDeque::from([(Self::START, String::new())]);
        while let Some((state, input)) = queue.pop_front() {
            for byte in bytes() {
                let to = self.step(state, byte);
                if to != Self::DEAD {
                    queue.push_back((to, format!("{}{input}", char::from(byte))));
                }
            }
            if !self.accepts(state).is_empty() {
                accepted.push(input);
            }
            // Each way onwards ends in an input of its own.
            if accepted.len() + queue.len() > most {
                return None;
            }
        }
        Some(accepted)
    }

    /// The shortest input that is accepted.
    pub fn shortest(&self) -> Option<String> {
        self.shortest_before([(Self::START, "")])
    }

    /// The shortest input that is accepted and ends in one of `ends`, each with the state that it
    /// leads to. Of inputs that are equally long, letters come first.
    pub(crate) fn shortest_before<'e>(
        &self,
        ends: impl IntoIterator<Item = (State, &'e str)>,
    ) -> Option<String> {
        let mut seen = vec![false; self.states().len()];
        let mut queue: VecDeque<(State, String)> = ends
            .into_iter()
            .map(|(state, end)| (state, end.to_owned()))
            .collect();
        queue.make_contiguous().sort_by_key(|(_, end)| end.len());
        while let Some((state, end)) = queue.pop_front() {
            if !self.accepts(state).is_empty() {
                return Some(end);
            }
            for byte in bytes() {
                let to = self.step(state, byte);
                if to != Self::DEAD && !core::mem::replace(&mut seen[to], true) {
                    queue.push_back((to, format!("{}{end}", char::from(byte))));
                }
            }
        }
        None
    }
}

/// The bytes of serialized origins, in the order in which an example should use them.
fn bytes() -> impl Iterator<Item = u8> {
    // Hosts may have these, but no wildcard stands for them.
    preferred_bytes().chain(*b"!\"$&'(),;=`{}~")
}

/// The bytes of what wildcards and regexes accept, in that order.
pub(crate) fn preferred_bytes() -> impl Iterator<Item = u8> {
    (b'a'..=b'z').chain(b'0'..=b'9').chain(*b"-_.:/[]+")
}
