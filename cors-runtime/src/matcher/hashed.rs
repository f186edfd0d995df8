//! Texts that are looked up by a perfect hash: a few words are read, then one text is compared.

use super::text::equal;
use cors_origin::hash::{SHORTEST, displaced, hash, scale};

/// A table in which every text has a slot of its own.
///
/// The macro has found places at which the texts differ, and for each bucket of texts a
/// displacement that moves them to free slots.
pub struct Hashed {
    /// The texts, one after the other in the order of their slots.
    pub texts: &'static [u8],
    /// Where the texts of each slot start, and where the last ends; four bytes each, the lowest
    /// first. A slot without text ends where it starts.
    pub starts: &'static [u8],
    /// By bucket, each in two bytes, the lower first.
    pub displacements: &'static [u8],
    /// The words that are hashed; all of them, if there are none.
    pub places: &'static [u8],
    /// With which the hash starts.
    pub seed: u64,
    /// The length of the longest text.
    pub longest: usize,
}

impl Hashed {
    /// Whether `text` is one of these.
    #[must_use]
    #[inline]
    pub fn contains(&self, text: &[u8]) -> bool {
        (SHORTEST..=self.longest).contains(&text.len())
            && self
                .candidate(text)
                .is_some_and(|candidate| equal(candidate, text))
    }

    /// The only text that `text` can be. Nothing is ever out of bounds.
    #[inline]
    fn candidate(&self, text: &[u8]) -> Option<&'static [u8]> {
        let hash = hash(self.seed, self.places, text);
        let (displacements, _) = self.displacements.as_chunks();
        let bucket = scale(hash >> 32, displacements.len());
        let displacement = u16::from_le_bytes(*displacements.get(bucket)?);
        let (starts, _) = self.starts.as_chunks();
        let slot = scale(displaced(hash, displacement), starts.len() - 1);
        let [start, end] = starts.get(slot..)?.first_chunk()?;
        self.texts.get(index(*start)..index(*end))
    }
}

#[inline]
fn index(bytes: [u8; 4]) -> usize {
    u32::from_le_bytes(bytes) as usize
}
