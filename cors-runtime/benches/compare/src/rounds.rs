//! Candidates that take turns in short rounds, so that a busy machine is busy for all of them.

use std::time::Duration;

/// Many, for a median that a few interruptions do not move.
const ROUNDS: usize = 201;

/// Does a batch of work, and returns the time for one piece.
pub(crate) type Candidate<'c> = Box<dyn FnMut() -> f64 + 'c>;

/// The median of each candidate, in nanoseconds.
pub(crate) fn medians(candidates: &mut [Candidate<'_>]) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    for _ in 0..ROUNDS {
        for (candidate, times) in candidates.iter_mut().zip(&mut times) {
            times.push(candidate());
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 2]
        })
        .collect()
}

/// Nanoseconds for one of `count` pieces of work.
pub(crate) fn per_piece(elapsed: Duration, count: usize) -> f64 {
    elapsed.as_nanos() as f64 / count as f64
}
