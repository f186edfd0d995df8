//! The hash of long lists of exact origins.
//!
//! The macro builds tables with it, and the runtime looks origins up: this file stands in one crate
//! and is linked into the other, so that they cannot disagree.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Eight bytes at a time; the last eight overlap those before.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
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
pub(crate) fn displaced(hash: u64, displacement: u16) -> u64 {
    (hash ^ u64::from(displacement).wrapping_mul(FACTOR)).wrapping_mul(FACTOR) >> 32
}

/// A number of 32 bits, scaled to `0..count`.
pub(crate) fn scale(number: u64, count: usize) -> usize {
    (((number & 0xffff_ffff) * count as u64) >> 32) as usize
}
