//! How many cases of its property a test tries, and which.
//!
//! They are the same on every run, so a failing test is caused by the current change. To find new
//! failures, `PROPERTY_TIMES=50 cargo test` tries fifty times as many, with a new seed, which a failure prints.
//! `PROPERTY_SEED=1` sets the seed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;
use std::sync::LazyLock;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

/// The configuration of a property of which `cases` are tried.
pub fn cases(cases: u32) -> Config {
    let times: Option<u32> = variable("PROPERTY_TIMES");
    Config {
        cases: cases.saturating_mul(times.unwrap_or(1)),
        rng_seed: RngSeed::Fixed(seed()),
        // Findings become separate tests.
        failure_persistence: None,
        ..Config::default()
    }
}

/// The seed of all properties of this process.
fn seed() -> u64 {
    static RANDOM: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(()));
    let is_longer = env::var_os("PROPERTY_TIMES").is_some();
    variable("PROPERTY_SEED").unwrap_or_else(|| if is_longer { *RANDOM } else { 0 })
}

fn variable<T: FromStr>(name: &str) -> Option<T> {
    let value = env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is a number")),
    )
}

/// The branches that a property is for, and how often its cases reached each.
#[derive(Debug, Default)]
pub struct Branches {
    cases: Cell<u32>,
    reached: RefCell<BTreeMap<&'static str, u32>>,
    /// Those of the case at hand.
    current: RefCell<BTreeSet<&'static str>>,
}

impl Branches {
    /// Notes whether the case at hand reaches a branch. It is enough if it does once. A branch that is
    /// never noted is not counted, so note those too that are not reached.
    pub fn note(&self, branch: &'static str, is_reached: bool) {
        self.reached.borrow_mut().entry(branch).or_default();
        if is_reached {
            self.current.borrow_mut().insert(branch);
        }
    }

    fn end_case(&self) {
        self.cases.set(self.cases.get() + 1);
        for branch in std::mem::take(&mut *self.current.borrow_mut()) {
            *self.reached.borrow_mut().entry(branch).or_default() += 1;
        }
    }
}

/// Tries `count` cases of a property. A tenth of them at least has to reach each branch that the
/// property notes: what is hardly ever tried would be proved by nothing.
///
/// # Panics
///
/// If a case fails, or a branch is not reached often enough.
pub fn check<S: Strategy>(
    count: u32,
    strategy: S,
    property: impl Fn(S::Value, &Branches) -> Result<(), TestCaseError>,
) {
    let branches = Branches::default();
    let outcome = TestRunner::new(cases(count)).run(&strategy, |value| {
        let outcome = property(value, &branches);
        branches.end_case();
        outcome
    });
    if let Err(error) = outcome {
        panic!("PROPERTY_SEED={}: {error}", seed());
    }
    let cases = branches.cases.get();
    let reached = branches.reached.borrow();
    assert!(!reached.is_empty(), "no branch is noted");
    for (branch, times) in &*reached {
        assert!(
            times * 10 >= cases,
            "{branch}: {times} of {cases} cases: {reached:?}"
        );
    }
}
