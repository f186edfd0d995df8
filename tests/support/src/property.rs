//! How many cases of its property a test tries, and which.
//!
//! They are the same ones on every run: a test that turns red then speaks of the change at hand. To
//! find what nobody has thought of, `PROPERTY_TIMES=50 cargo test` tries fifty times as many, and
//! others on every run.

use std::env;

use proptest::test_runner::{Config, RngSeed};

/// The configuration of a property of which `cases` are tried.
pub fn cases(cases: u32) -> Config {
    let times = env::var("PROPERTY_TIMES").ok().map(|times| {
        times
            .parse::<u32>()
            .expect("PROPERTY_TIMES is how many times as many cases are tried")
    });
    Config {
        cases: cases.saturating_mul(times.unwrap_or(1)),
        rng_seed: times.map_or(RngSeed::Fixed(0), |_| RngSeed::Random),
        // What was found becomes a test of its own.
        failure_persistence: None,
        ..Config::default()
    }
}
