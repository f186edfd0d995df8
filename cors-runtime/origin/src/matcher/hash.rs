//! Lookup by a perfect hash: hashes a few 8-byte words of a text, then compares one candidate.

#[cfg(feature = "patterns")]
mod build;

#[cfg(feature = "patterns")]
pub(super) use build::sorted;
#[cfg(feature = "patterns")]
pub use build::{HashTableBuf, mark_distinct};

use super::text::bytes_eq;

/// Minimum length of a text in a table, so that every word is complete.
pub const MIN_KEY_LEN: usize = 8;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A table in which every text has its own slot.
///
/// Its builder finds offsets at which the texts differ, and for each bucket of texts a displacement
/// that moves them to free slots.
#[derive(Debug, Clone, Copy)]
pub struct HashTable<'t> {
    /// The texts, concatenated in the order of their slots.
    pub texts: &'t [u8],
    /// The start of each slot's text, and the end of the last; four bytes each, little-endian. An
    /// empty slot has an empty text. Empty if there is a `stride`.
    pub starts: &'t [u8],
    /// Number of bytes of each slot in `texts`, if it is the same for all: a text, padded with zeros.
    /// Otherwise 0.
    pub stride: usize,
    /// One for each bucket, in two bytes, little-endian.
    pub displacements: &'t [u8],
    /// Offsets of the words that are hashed; if there are none, all words are.
    pub offsets: &'t [u8],
    /// Initial value of the hash.
    pub seed: u64,
    /// Length of the longest text.
    pub max_len: usize,
}

impl<'t> HashTable<'t> {
    /// Returns whether the table contains `text`.
    #[must_use]
    #[inline]
    pub fn contains(&self, text: &[u8]) -> bool {
        (MIN_KEY_LEN..=self.max_len).contains(&text.len())
            && self
                .candidate(text)
                .is_some_and(|candidate| bytes_eq(candidate, text))
    }

    /// Returns the only text that can be equal to `text`. Never out of bounds.
    #[inline]
    fn candidate(&self, text: &[u8]) -> Option<&'t [u8]> {
        let hash = hash(self.seed, self.offsets, text);
        let (displacements, _) = self.displacements.as_chunks();
        let bucket = reduce(hash >> 32, displacements.len());
        let displacement = u16::from_le_bytes(*displacements.get(bucket)?);
        let number = displace(hash, displacement);
        if self.stride > 0 {
            return self.candidate_by_stride(number, text.len());
        }
        let (starts, _) = self.starts.as_chunks();
        let slot = reduce(number, starts.len() - 1);
        let [start, end] = starts.get(slot..)?.first_chunk()?;
        self.texts.get(index(*start)..index(*end))
    }

    /// Returns the text of a slot if it has this length. Without `starts`, this reads one place of memory less,
    /// which dominates the time for long lists. Short lists do not use it, so it is not inlined.
    #[inline(never)]
    fn candidate_by_stride(&self, number: u64, len: usize) -> Option<&'t [u8]> {
        let start = reduce(number, self.texts.len() / self.stride) * self.stride;
        let (text, zeros) = self
            .texts
            .get(start..start + self.stride)?
            .split_at_checked(len)?;
        zeros.first().is_none_or(|byte| *byte == 0).then_some(text)
    }
}

#[inline]
fn index(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}

/// Hashes the length of `text` and the words at `offsets`, or all of its words if there are no
/// offsets.
#[inline]
fn hash(seed: u64, offsets: &[u8], text: &[u8]) -> u64 {
    let mut hash = (seed ^ text.len() as u64).wrapping_mul(MULTIPLIER);
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(MULTIPLIER);
        hash ^= hash >> 32;
    };
    if offsets.is_empty() {
        let (words, _) = text.as_chunks::<8>();
        words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
        mix(read_u64(text, usize::MAX));
    } else {
        offsets
            .iter()
            .for_each(|offset| mix(read_u64(text, usize::from(*offset))));
    }
    hash
}

/// Returns eight bytes of `text`: those at `offset`, or the last ones if it is too short.
#[inline]
fn read_u64(text: &[u8], offset: usize) -> u64 {
    let offset = offset.min(text.len().wrapping_sub(8));
    match text.get(offset..).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// Returns 32 bits that depend on the displacement.
#[inline]
fn displace(hash: u64, displacement: u16) -> u64 {
    (hash ^ u64::from(displacement)).wrapping_mul(MULTIPLIER) >> 32
}

/// Scales a 32-bit number to `0..count`.
#[inline]
fn reduce(number: u64, count: usize) -> usize {
    (((number & 0xffff_ffff) * count as u64) >> 32) as usize
}
