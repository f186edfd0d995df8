//! The hash of long lists of texts. The compiler builds tables with it, and the runtime looks origins
//! up.

/// No text of a table is shorter: every word that is looked at is a whole one.
pub const SHORTEST: usize = 8;

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes the length of `text` and the words at `places`, or all of its words if there are no
/// places.
#[inline]
pub fn hash(seed: u64, places: &[u8], text: &[u8]) -> u64 {
    let mut hash = (seed ^ text.len() as u64).wrapping_mul(FACTOR);
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
    };
    if places.is_empty() {
        let (words, _) = text.as_chunks::<8>();
        words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
        mix(word(text, usize::MAX));
    } else {
        places
            .iter()
            .for_each(|place| mix(word(text, usize::from(*place))));
    }
    hash
}

/// Eight bytes of `text`: those at `place`, or the last if it is too short for that.
#[inline]
pub fn word(text: &[u8], place: usize) -> u64 {
    let place = place.min(text.len().wrapping_sub(8));
    match text.get(place..).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// 32 bits that depend on the displacement.
#[inline]
pub fn displaced(hash: u64, displacement: u16) -> u64 {
    (hash ^ u64::from(displacement)).wrapping_mul(FACTOR) >> 32
}

/// A number of 32 bits, scaled to `0..count`.
#[inline]
pub fn scale(number: u64, count: usize) -> usize {
    (((number & 0xffff_ffff) * count as u64) >> 32) as usize
}
