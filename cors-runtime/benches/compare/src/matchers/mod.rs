//! From the bytes of an origin to yes or no.

pub(crate) mod exact;
pub(crate) mod patterns;
pub(crate) mod worst;

use std::hint::black_box;
use std::time::Instant;

use cors_runtime::{Policy, PolicyTemplate, cors_policy};

use crate::rounds::{Candidate, per_piece};

include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// Number of origins that are tested in turn: too many for a branch predictor to learn.
const ORIGINS: usize = 512;
/// How often a round goes through them.
const LAPS: usize = 4;

/// A matcher by name, with its medians.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) times: Times,
}

/// Nanoseconds for an origin that is accepted, and for one that is not.
pub(crate) struct Times {
    pub(crate) hit: f64,
    pub(crate) miss: f64,
}

/// Origins that a list has, and others that look like them.
struct Origins {
    hits: Vec<String>,
    misses: Vec<String>,
}

impl Origins {
    /// Of a list of `count`, from `origin` by number. What is not in the list has other numbers.
    fn of(count: usize, origin: impl Fn(usize) -> String) -> Self {
        // A stride that is prime to every length of list.
        let picked = |offset| (0..ORIGINS).map(move |n| offset + n * 7_919 % count);
        Self {
            hits: picked(0).map(&origin).collect(),
            misses: picked(20_000).map(&origin).collect(),
        }
    }
}

/// Measures matchers on hits and misses.
struct Race<'o> {
    origins: &'o Origins,
    names: Vec<&'static str>,
    candidates: Vec<Candidate<'o>>,
}

impl<'o> Race<'o> {
    fn new(origins: &'o Origins) -> Self {
        Self {
            origins,
            names: Vec::new(),
            candidates: Vec::new(),
        }
    }

    fn add(&mut self, name: &'static str, matcher: impl Fn(&[u8]) -> bool + Copy + 'o) {
        self.names.push(name);
        for (origins, expected) in [(&self.origins.hits, true), (&self.origins.misses, false)] {
            for origin in origins {
                assert_eq!(matcher(origin.as_bytes()), expected, "{name}: {origin}");
            }
            let lap = move || {
                for origin in origins {
                    black_box(matcher(black_box(origin.as_bytes())));
                }
            };
            self.candidates.push(Box::new(move || {
                // Do not charge this candidate for what the previous one left in the caches.
                lap();
                let start = Instant::now();
                (0..LAPS).for_each(|_| lap());
                per_piece(start.elapsed(), LAPS * origins.len())
            }));
        }
    }

    fn run(mut self) -> Vec<Row> {
        let medians = crate::rounds::medians(&mut self.candidates);
        let pairs = medians.as_chunks::<2>().0.iter();
        self.names
            .iter()
            .zip(pairs)
            .map(|(&name, &[hit, miss])| Row {
                name,
                times: Times { hit, miss },
            })
            .collect()
    }
}
