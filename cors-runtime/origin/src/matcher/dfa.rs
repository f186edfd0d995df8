//! Deterministic automata as tables.

#[cfg(feature = "lists")]
mod build;

#[cfg(feature = "lists")]
pub use build::PatternAutomaton;

#[cfg(feature = "patterns")]
use alloc::boxed::Box;
#[cfg(feature = "patterns")]
use alloc::string::String;
use core::fmt;

use super::text::strip_affixes;

/// A deterministic automaton that reads an origin backwards, from its last byte.
///
/// A state is the index of its row in the table, so that a step is an addition and a load. State 0
/// rejects everything.
#[derive(Clone, Copy)]
pub struct DfaTable<'t> {
    /// The common prefix of all accepted origins, which the automaton does not read.
    pub before: &'t str,
    /// The common suffix of all accepted origins, which the automaton does not read.
    pub after: &'t str,
    /// The class of every byte.
    pub classes: &'t [u8; 256],
    /// The next state for each state and class, in `width` bytes, little-endian.
    pub next: &'t [u8],
    /// 2, or 4 if the table has too many cells for two bytes.
    pub width: u8,
    /// The state before the first byte.
    pub start: u32,
    /// This state and all following ones accept.
    pub first_accepting: u32,
}

impl DfaTable<'_> {
    const REFUSED: u32 = 0;

    /// Returns whether `origin` is accepted. Takes at most one step for each byte.
    #[must_use]
    pub fn matches(&self, origin: &[u8]) -> bool {
        let Some(middle) = strip_affixes(origin, self.before, self.after) else {
            return false;
        };
        let state = match self.width {
            2 => self.walk::<2>(middle),
            _ => self.walk::<4>(middle),
        };
        state >= self.first_accepting
    }

    /// Returns whether an origin that ends with `end` may be accepted, without searching further.
    #[must_use]
    pub fn may_end_in(&self, end: &[u8]) -> bool {
        if end.len() <= self.after.len() {
            return self.after.as_bytes().ends_with(end);
        }
        let Some(middle) = end.strip_suffix(self.after.as_bytes()) else {
            return false;
        };
        let state = match self.width {
            2 => self.walk::<2>(middle),
            _ => self.walk::<4>(middle),
        };
        state != Self::REFUSED
    }

    /// Returns a cell of the table, to draw it.
    pub fn cell(&self, index: usize) -> u32 {
        let width = usize::from(self.width);
        let bytes = self.next[index * width..][..width].iter();
        bytes
            .rev()
            .fold(0, |number, byte| (number << 8) | u32::from(*byte))
    }

    #[inline]
    fn walk<const WIDTH: usize>(&self, bytes: &[u8]) -> u32 {
        let (cells, _) = self.next.as_chunks::<WIDTH>();
        let mut state = self.start;
        for &byte in bytes.iter().rev() {
            let class = usize::from(self.classes[usize::from(byte)]);
            // The table is complete, so the index is never out of bounds.
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

impl fmt::Debug for DfaTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DfaTable")
            .field("bytes", &self.next.len())
            .finish_non_exhaustive()
    }
}

/// Owns the bytes of a [`DfaTable`].
#[cfg(feature = "patterns")]
#[derive(Clone, PartialEq, Eq)]
pub struct DfaTableBuf {
    /// See [`DfaTable::before`].
    pub before: String,
    /// See [`DfaTable::after`].
    pub after: String,
    /// See [`DfaTable::classes`].
    pub classes: Box<[u8; 256]>,
    /// See [`DfaTable::next`].
    pub next: Box<[u8]>,
    /// See [`DfaTable::width`].
    pub width: u8,
    /// See [`DfaTable::start`].
    pub start: u32,
    /// See [`DfaTable::first_accepting`].
    pub first_accepting: u32,
}

#[cfg(feature = "patterns")]
impl DfaTableBuf {
    /// Returns the table.
    #[must_use]
    #[inline]
    pub fn view(&self) -> DfaTable<'_> {
        DfaTable {
            before: &self.before,
            after: &self.after,
            classes: &self.classes,
            next: &self.next,
            width: self.width,
            start: self.start,
            first_accepting: self.first_accepting,
        }
    }
}

#[cfg(feature = "patterns")]
impl fmt::Debug for DfaTableBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}
