//! A deterministic automaton as a table.

/// The number of a state.
pub(crate) type State = usize;

/// A table of transitions between states, by classes of bytes.
///
/// State 0 is dead: nothing leads out of it. State 1 is the start.
pub(crate) struct Dfa {
    /// Bytes of one class are alike to every state.
    classes: Vec<u8>,
    class_count: usize,
    /// The next state, by state and class.
    next: Vec<State>,
    /// The expressions that a state accepts, in ascending order.
    accepts: Vec<Vec<usize>>,
}

impl Dfa {
    pub(crate) const DEAD: State = 0;

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

    pub(crate) fn class_count(&self) -> usize {
        self.class_count
    }

    /// The expressions that accept if the input ends in `state`.
    pub(crate) fn accepts(&self, state: State) -> &[usize] {
        &self.accepts[state]
    }

    pub(crate) fn states(&self) -> core::ops::Range<State> {
        0..self.accepts.len()
    }
}
