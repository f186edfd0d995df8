//! A deterministic automaton as a table.

use std::collections::VecDeque;

/// The number of a state.
pub(crate) type State = usize;

/// A table of transitions between states, by classes of bytes. Input is read backwards.
///
/// State 0 is dead: no transition leaves it. State 1 is the start.
#[derive(Clone)]
pub struct Dfa {
    /// No state distinguishes bytes of one class.
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

    /// Creates an automaton with only the dead state.
    pub(crate) fn new(class_of: &dyn Fn(u8) -> u8) -> Self {
        let mut classes = Vec::new();
        let mut class_count = 0;
        for byte in 0..=u8::MAX {
            let class = class_of(byte);
            classes.push(class);
            class_count = class_count.max(usize::from(class) + 1);
        }
        let mut dfa = Self {
            classes,
            class_count,
            next: Vec::new(),
            accepts: Vec::new(),
        };
        dfa.add_state(Vec::new());
        dfa
    }

    /// Adds a state without transitions.
    pub(crate) fn add_state(&mut self, accepts: Vec<usize>) -> State {
        self.next
            .resize(self.next.len() + self.class_count, Self::DEAD);
        self.accepts.push(accepts);
        self.accepts.len() - 1
    }

    pub(crate) fn connect(&mut self, from: State, class: usize, to: State) {
        self.next[from * self.class_count + class] = to;
    }

    /// Returns the automaton with the label `labels[l]` for each label `l`. `labels` is ascending.
    pub(crate) fn relabelled(mut self, labels: &[usize]) -> Self {
        for accepted in &mut self.accepts {
            for label in accepted {
                *label = labels[*label];
            }
        }
        self
    }

    /// Returns the first byte of each class, in the order of the classes.
    pub(crate) fn representatives(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.class_count];
        for byte in (0..=u8::MAX).rev() {
            bytes[usize::from(self.class(byte))] = byte;
        }
        bytes
    }

    /// Returns the class of every byte.
    pub(crate) fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// Returns the rows of the table: the next state for each class.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[State]> {
        self.next.chunks_exact(self.class_count)
    }

    /// Returns the next state from `state` for each class.
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

    /// Returns the state after reading `input` from `state`, its last byte first.
    pub(crate) fn run(&self, mut state: State, input: &[u8]) -> State {
        for byte in input.iter().rev() {
            state = self.step(state, *byte);
        }
        state
    }

    /// Returns the labels that are accepted if the input ends in `state`.
    pub(crate) fn accepts(&self, state: State) -> &[usize] {
        &self.accepts[state]
    }

    pub(crate) fn states(&self) -> core::ops::Range<State> {
        0..self.accepts.len()
    }

    /// Returns the labels that accept `input`, which is read backwards.
    pub fn accepting(&self, input: &[u8]) -> &[usize] {
        self.accepts(self.run(Self::START, input))
    }

    /// Returns for each state whether it accepts.
    pub(crate) fn accepting_states(&self) -> Vec<bool> {
        let mut accepting = Vec::new();
        for labels in &self.accepts {
            accepting.push(!labels.is_empty());
        }
        accepting
    }

    /// Returns whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.accepts.iter().all(Vec::is_empty)
    }

    /// Returns for each state whether it is one of `ends`, or leads to one.
    pub(crate) fn states_reaching(&self, ends: Vec<bool>) -> Vec<bool> {
        let mut sources: Vec<Vec<State>> = vec![Vec::new(); ends.len()];
        for (state, row) in self.rows().enumerate() {
            for to in row {
                sources[*to].push(state);
            }
        }
        reaching(&sources, ends)
    }

    /// Returns the accepted inputs, if there are at most `most`. All states must be useful.
    pub(crate) fn enumerate_up_to(&self, most: usize) -> Option<Vec<String>> {
        let bytes = bytes();
        let mut accepted = Vec::new();
        let mut queue = VecDeque::from([(Self::START, String::new())]);
        while let Some((state, input)) = queue.pop_front() {
            for byte in &bytes {
                let to = self.step(state, *byte);
                if to != Self::DEAD {
                    queue.push_back((to, format!("{}{input}", char::from(*byte))));
                }
            }
            if !self.accepts(state).is_empty() {
                accepted.push(input);
            }
            // Every remaining path leads to a different input.
            if accepted.len() + queue.len() > most {
                return None;
            }
        }
        Some(accepted)
    }

    /// Returns the shortest accepted input.
    pub fn shortest(&self) -> Option<String> {
        self.shortest_before(&[(Self::START, String::new())])
    }

    /// Returns the shortest accepted input that ends with one of `ends`, each with the state that
    /// it leads to. Among inputs of equal length, prefers letters.
    pub(crate) fn shortest_before(&self, ends: &[(State, String)]) -> Option<String> {
        let mut sorted: Vec<(State, String)> = Vec::new();
        for (state, end) in ends {
            let index = sorted.partition_point(|(_, other)| other.len() <= end.len());
            sorted.insert(index, (*state, end.clone()));
        }
        let bytes = bytes();
        let mut seen = vec![false; self.states().len()];
        let mut queue = VecDeque::from(sorted);
        while let Some((state, end)) = queue.pop_front() {
            if !self.accepts(state).is_empty() {
                return Some(end);
            }
            for byte in &bytes {
                let to = self.step(state, *byte);
                if to != Self::DEAD && !core::mem::replace(&mut seen[to], true) {
                    queue.push_back((to, format!("{}{end}", char::from(*byte))));
                }
            }
        }
        None
    }
}

/// Returns for each state whether it is one of `ends`, or leads to one. `sources` are the states with
/// a transition to each state.
pub(crate) fn reaching(sources: &[Vec<State>], mut ends: Vec<bool>) -> Vec<bool> {
    let mut queue = Vec::new();
    for (state, is_end) in ends.iter().enumerate() {
        if *is_end {
            queue.push(state);
        }
    }
    while let Some(state) = queue.pop() {
        for source in &sources[state] {
            if !core::mem::replace(&mut ends[*source], true) {
                queue.push(*source);
            }
        }
    }
    ends
}

/// Returns the bytes of serialized origins, in order of preference for examples.
fn bytes() -> Vec<u8> {
    let mut bytes = PREFERRED_BYTES.to_vec();
    // Hosts may have these, but no wildcard matches them.
    bytes.extend_from_slice(b"!\"$%&'()*,;=`{}~ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    bytes
}

/// The bytes that wildcards and regexes match, in that order.
const PREFERRED_BYTES: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-_.:/[]+";

/// Returns [`PREFERRED_BYTES`].
pub(crate) fn preferred_bytes() -> impl Iterator<Item = u8> {
    PREFERRED_BYTES.iter().copied()
}
