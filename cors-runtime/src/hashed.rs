//! Exact origins, looked up by a perfect hash: one pass over the bytes, one comparison.

use crate::hash::{displaced, hash, scale};

/// A table in which every origin has a slot of its own.
///
/// The macro has found, for each bucket of origins, a displacement that moves them to free slots.
pub struct Hashed {
    /// By slot; empty where there is no origin.
    pub origins: &'static [&'static str],
    /// By bucket, each in two bytes, the lower first.
    pub displacements: &'static [u8],
    /// With which the hash starts.
    pub seed: u64,
    /// The length of the longest origin.
    pub longest: usize,
}

impl Hashed {
    /// Whether `origin` is one of these.
    #[must_use]
    pub fn contains(&self, origin: &[u8]) -> bool {
        if origin.is_empty() || origin.len() > self.longest {
            return false;
        }
        let hash = hash(self.seed, origin);
        let bucket = scale(hash >> 32, self.displacements.len() / 2) * 2;
        // Neither is ever out of bounds.
        let displacement = match self.displacements.get(bucket..bucket + 2) {
            Some(bytes) => u16::from_le_bytes([bytes[0], bytes[1]]),
            None => return false,
        };
        let slot = scale(displaced(hash, displacement), self.origins.len());
        self.origins
            .get(slot)
            .is_some_and(|listed| listed.as_bytes() == origin)
    }
}
