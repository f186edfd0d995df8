//! Origins that are made to cost time: long, with many dots, and alike to those that are listed.

use std::hint::black_box;
use std::time::Instant;

use super::{ALIKE_10000, IRREGULAR_1000, PATTERNS_1000};
use crate::names;
use crate::rounds::{medians, per_piece};

const LENGTHS: [usize; 5] = [30, 100, 300, 4_000, 64_000];
/// Calls in a round.
const CALLS: usize = 500;

/// By kind, the time for each length.
pub(crate) fn rows() -> Vec<(&'static str, Vec<(usize, f64)>)> {
    vec![
        (
            "10 000 exact origins, a listed one made longer",
            times(
                |origin| ALIKE_10000.allows_origin(origin),
                |length| padded("https://", "b", &names::alike(7)[8..], length),
            ),
        ),
        (
            "1 000 patterns, a label without end",
            times(
                |origin| PATTERNS_1000.allows_origin(origin),
                |length| padded("https://", "a", &names::pattern(7)[9..], length),
            ),
        ),
        (
            "1 000 patterns, dots without end",
            times(
                |origin| PATTERNS_1000.allows_origin(origin),
                |length| padded("https://", "a.", &names::pattern(7)[9..], length),
            ),
        ),
        (
            "1 000 irregular patterns, labels without end",
            times(
                |origin| IRREGULAR_1000.allows_origin(origin),
                |length| padded("https://", "a-6.b.", &names::irregular(6)[13..], length),
            ),
        ),
    ]
}

/// An origin of about `length` bytes: `start`, then `part` over and over, then `end`.
fn padded(start: &str, part: &str, end: &str, length: usize) -> String {
    let count = length.saturating_sub(start.len() + end.len()) / part.len();
    [start, &part.repeat(count), end].concat()
}

fn times(
    matcher: impl Fn(&[u8]) -> bool + Copy,
    origin: impl Fn(usize) -> String,
) -> Vec<(usize, f64)> {
    LENGTHS
        .into_iter()
        .map(|length| {
            let origin = origin(length);
            let mut candidates: [crate::rounds::Candidate<'_>; 1] = [Box::new(move || {
                let start = Instant::now();
                for _ in 0..CALLS {
                    black_box(matcher(black_box(origin.as_bytes())));
                }
                per_piece(start.elapsed(), CALLS)
            })];
            (length, medians(&mut candidates)[0])
        })
        .collect()
}
