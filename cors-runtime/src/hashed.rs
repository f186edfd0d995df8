//! Exact origins, looked up by a perfect hash: one pass over the bytes, one comparison.

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

// The builder in `cors-macros/src/generate/hashed.rs` has the same three functions; its tests hold
// both together.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Eight bytes at a time; the last eight overlap those before.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut hash = seed ^ bytes.len() as u64;
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
    };
    let (words, _) = bytes.as_chunks::<8>();
    for word in words {
        mix(u64::from_le_bytes(*word));
    }
    match bytes.last_chunk::<8>() {
        Some(last) => mix(u64::from_le_bytes(*last)),
        None => bytes.iter().for_each(|byte| mix(u64::from(*byte))),
    }
    hash
}

/// 32 bits that depend on the displacement.
fn displaced(hash: u64, displacement: u16) -> u64 {
    (hash ^ u64::from(displacement).wrapping_mul(FACTOR)).wrapping_mul(FACTOR) >> 32
}

/// A number of 32 bits, scaled to `0..count`.
fn scale(number: u64, count: usize) -> usize {
    (((number & 0xffff_ffff) * count as u64) >> 32) as usize
}
