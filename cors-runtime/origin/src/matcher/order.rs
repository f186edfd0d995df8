//! Sorting by small keys, in linear time.

use alloc::vec;
use alloc::vec::Vec;

/// Sorts the numbers from 0 to `len`, excluded, by a key below `key_count`. Numbers with the same key remain in order.
/// Also returns the start of each key, and the end of the last. A list has fewer than four billion entries.
pub(super) fn sort_by_key(
    len: usize,
    key_count: usize,
    key: &dyn Fn(usize) -> usize,
) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; key_count + 1];
    for number in 0..len {
        starts[key(number) + 1] += 1;
    }
    for key in 0..key_count {
        starts[key + 1] += starts[key];
    }
    let mut ends = starts.clone();
    let mut sorted = vec![0; len];
    for number in 0..len {
        let end = &mut ends[key(number)];
        sorted[*end] = number as u32;
        *end += 1;
    }
    (sorted, starts)
}
