//! The cases find the mistakes that servers make: each is made on purpose, and must be found where
//! it shows.

use std::collections::BTreeSet;

use chromium_suite::{Attempt, Browser, Server, cases, drive, flaws, model, oddities};

#[test]
fn every_flaw_is_found_where_it_shows() {
    let server = Server::start();
    let Some(browser) = Browser::start(&server.flags()) else {
        return;
    };
    let cases = cases();
    let attempts = flaws().map(|flaw| {
        let mut all = Attempt::all(flaw.name, &cases);
        let shows = all.find(|attempt| attempt.case.name == flaw.shown_by);
        shows.unwrap_or_else(|| panic!("there is no case {}", flaw.shown_by))
    });
    let attempts: Vec<_> = attempts.collect();
    let outcomes = drive(&browser, &server, &attempts);
    let mut missed = Vec::new();
    for (attempt, outcome) in attempts.iter().zip(&outcomes) {
        let Attempt { case, flaw, .. } = attempt;
        let mut faults = outcome.contradicts(case);
        if case.unmodelled.is_none() {
            faults.extend(outcome.faults(&model(&server, &attempt.without_flaw())));
        }
        if faults.is_empty() {
            missed.push(format!("{flaw} is not shown by {}", case.name));
        }
    }
    assert_eq!(missed, [""; 0]);
}

#[test]
fn every_flaw_has_a_name_of_its_own() {
    let names: Vec<_> = flaws().chain(oddities()).map(|flaw| flaw.name).collect();
    let once: BTreeSet<_> = names.iter().chain(&["sound"]).collect();
    assert_eq!(once.len(), names.len() + 1);
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let cases = cases();
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len());
}
