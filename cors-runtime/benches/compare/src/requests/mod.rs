//! Whole requests: nanoseconds and allocations that a middleware adds to what it is put around.

pub(crate) mod actix;
mod candidates;
pub(crate) mod tower;

pub(crate) use candidates::Noop;

use std::time::{Duration, Instant};

use crate::rounds::{Candidate, medians, per_piece};

/// Number of waiting requests: few enough to stay in the caches, as in a server.
const WAITING: usize = 64;
/// Number of times they are created in a round.
const LAPS: usize = 16;

/// The cost that a middleware adds to one kind of request.
pub(crate) struct Added {
    pub(crate) name: &'static str,
    pub(crate) nanoseconds: f64,
    pub(crate) allocations: u64,
}

/// A kind of request: its name, method, `Origin`, and `Access-Control-Request-Method`.
type Kind = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

const KINDS: [Kind; 4] = [
    (
        "actual, allowed",
        "GET",
        Some("https://app.example.com"),
        None,
    ),
    ("actual, denied", "GET", Some("https://evil.example"), None),
    ("no `Origin`", "GET", None, None),
    (
        "preflight, allowed",
        "OPTIONS",
        Some("https://app.example.com"),
        Some("PUT"),
    ),
];

/// A service, bare or in a middleware: its name, the allocations of one call, and rounds of many.
type Subject<'c> = (&'static str, u64, Candidate<'c>);

/// Nanoseconds that `call` takes for one of the requests that `request` makes; the making is not
/// counted.
fn time<R>(request: impl Fn() -> R, mut call: impl FnMut(R)) -> f64 {
    let mut elapsed = Duration::ZERO;
    for _ in 0..LAPS {
        let waiting: Vec<R> = (0..WAITING).map(|_| request()).collect();
        let start = Instant::now();
        waiting.into_iter().for_each(&mut call);
        elapsed += start.elapsed();
    }
    per_piece(elapsed, LAPS * WAITING)
}

/// Returns what each subject adds to the first one, which has no middleware.
fn added(subjects: Vec<Subject<'_>>) -> Vec<Added> {
    let (mut names, mut candidates) = (Vec::new(), Vec::new());
    for (name, allocations, candidate) in subjects {
        names.push((name, allocations));
        candidates.push(candidate);
    }
    let medians = medians(&mut candidates);
    let (bare, allocations_of_bare) = (medians[0], names[0].1);
    let added = names.into_iter().zip(medians).skip(1);
    added
        .map(|((name, allocations), nanoseconds)| Added {
            name,
            nanoseconds: nanoseconds - bare,
            allocations: allocations - allocations_of_bare,
        })
        .collect()
}
