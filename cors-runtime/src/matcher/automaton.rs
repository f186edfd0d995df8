//! The walker of the automata that the macro builds.

use core::fmt;

use super::pattern::between;

/// A deterministic automaton that reads an origin from its last byte to its first.
///
/// State 0 refuses whatever follows.
pub struct Automaton {
    /// What all accepted origins start with; the automaton does not read it.
    pub before: &'static str,
    /// What all accepted origins end in; it does not read that either.
    pub after: &'static str,
    /// The class of every byte.
    pub classes: &'static [u8; 256],
    /// How many classes there are.
    pub class_count: usize,
    /// The next state by state and class, each in two bytes, the lower first.
    pub next: &'static [u8],
    /// The state before the first byte.
    pub start: u16,
    /// This state and all after it accept.
    pub first_accepting: u16,
}

impl Automaton {
    const REFUSED: u16 = 0;

    /// Whether `origin` is accepted. Takes one step for each byte at most.
    pub fn matches(&self, origin: &[u8]) -> bool {
        let Some(middle) = between(origin, self.before, self.after) else {
            return false;
        };
        let mut state = self.start;
        for &byte in middle.iter().rev() {
            state = self.step(state, byte);
            if state == Self::REFUSED {
                return false;
            }
        }
        state >= self.first_accepting
    }

    fn step(&self, state: u16, byte: u8) -> u16 {
        let class = usize::from(self.classes[usize::from(byte)]);
        let cell = (usize::from(state) * self.class_count + class) * 2;
        // The table is complete, so nothing is out of its bounds.
        match self.next.get(cell..cell + 2) {
            Some(next) => u16::from_le_bytes([next[0], next[1]]),
            None => Self::REFUSED,
        }
    }
}

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Automaton")
            .field("bytes", &self.next.len())
            .finish_non_exhaustive()
    }
}
