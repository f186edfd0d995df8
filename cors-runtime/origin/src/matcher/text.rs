//! Comparisons of short texts without calling `memcmp`, which would take longer than the rest of a
//! matcher.

use crate::origin::MAX_ORIGIN_LEN;

/// Returns the part of `origin` between two texts; `None` if it does not start with the first and
/// end with the second, or is longer than any origin.
// The call would be a fifth of what a pattern costs.
#[inline(always)]
pub(super) fn strip_affixes<'o>(origin: &'o [u8], before: &str, after: &str) -> Option<&'o [u8]> {
    if origin.len() > MAX_ORIGIN_LEN {
        return None;
    }
    let (start, rest) = origin.split_at_checked(before.len())?;
    let (middle, end) = rest.split_at_checked(rest.len().checked_sub(after.len())?)?;
    let is_between = bytes_eq(start, before.as_bytes()) && bytes_eq(end, after.as_bytes());
    is_between.then_some(middle)
}

/// Returns whether two texts are equal. Up to 64 bytes, compares their first and last words, which
/// may overlap.
#[inline]
pub(super) fn bytes_eq(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        ..8 => a.iter().eq(b),
        8..=16 => head_and_tail::<8>(a) == head_and_tail::<8>(b),
        17..=32 => head_and_tail::<16>(a) == head_and_tail::<16>(b),
        33..=64 => head_and_tail::<32>(a) == head_and_tail::<32>(b),
        _ => a == b,
    }
}

/// Returns the first and the last bytes.
#[inline]
fn head_and_tail<const LENGTH: usize>(text: &[u8]) -> Option<(&[u8; LENGTH], &[u8; LENGTH])> {
    Some((text.first_chunk()?, text.last_chunk()?))
}
