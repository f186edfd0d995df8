//! The walker of the automata that the macro builds.

use super::text::between;

/// A deterministic automaton that reads an origin from its last byte to its first.
///
/// A state is the place of its row in the table, so that a step is an addition and a load. State 0
/// refuses whatever follows.
pub struct Automaton {
    /// What all accepted origins start with; the automaton does not read it.
    pub before: &'static str,
    /// What all accepted origins end in; it does not read that either.
    pub after: &'static str,
    /// The class of every byte.
    pub classes: &'static [u8; 256],
    /// The next state by state and class, each in `width` bytes, the lowest first.
    pub next: &'static [u8],
    /// Two, or four for a table with more cells than two bytes can count.
    pub width: u8,
    /// The state before the first byte.
    pub start: u32,
    /// This state and all after it accept.
    pub first_accepting: u32,
}

impl Automaton {
    const REFUSED: u32 = 0;

    /// Whether `origin` is accepted. Takes one step for each byte at most.
    #[must_use]
    pub fn matches(&self, origin: &[u8]) -> bool {
        let Some(middle) = between(origin, self.before, self.after) else {
            return false;
        };
        let state = match self.width {
            2 => self.walk::<2>(middle),
            _ => self.walk::<4>(middle),
        };
        state >= self.first_accepting
    }

    #[inline]
    fn walk<const WIDTH: usize>(&self, bytes: &[u8]) -> u32 {
        let (cells, _) = self.next.as_chunks::<WIDTH>();
        let mut state = self.start;
        for &byte in bytes.iter().rev() {
            let class = usize::from(self.classes[usize::from(byte)]);
            // The table is complete, so nothing is out of its bounds.
            let next = cells.get(state as usize + class);
            state = next.map_or(Self::REFUSED, number);
            if state == Self::REFUSED {
                break;
            }
        }
        state
    }
}

#[inline]
fn number<const WIDTH: usize>(cell: &[u8; WIDTH]) -> u32 {
    let mut bytes = [0; 4];
    bytes[..WIDTH].copy_from_slice(cell);
    u32::from_le_bytes(bytes)
}
