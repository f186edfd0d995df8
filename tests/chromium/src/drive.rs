//! Has attempts made by pages in a browser.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::attempt::Attempt;
use crate::browser::Browser;
use crate::case::{Case, Frame, Step};
use crate::outcome::{Arrived, Outcome, Read};
use crate::server::Server;

/// A page that is opened. What it can do at once is done at once; who moves on to another page does
/// so in the next round.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Visit<'c> {
    round: usize,
    typed: &'c str,
    origin: &'c str,
    frame: Option<Frame>,
}

/// Returns the outcomes of attempts, in order.
///
/// # Panics
///
/// Panics if the browser fails to execute a command.
#[must_use]
pub fn drive(browser: &Browser, server: &Server, attempts: &[Attempt<'_>]) -> Vec<Outcome> {
    let steps: Vec<Vec<Step>> = attempts
        .iter()
        .map(|attempt| attempt.case.steps())
        .collect();
    let mut visits: BTreeMap<Visit<'_>, Vec<(usize, Value)>> = BTreeMap::new();
    for (index, (attempt, steps)) in attempts.iter().zip(&steps).enumerate() {
        let in_one_page = steps.chunk_by(|one, next| one.page == next.page);
        for (round, steps) in in_one_page.enumerate() {
            let visit = Visit {
                round,
                typed: &steps[0].typed,
                origin: &steps[0].page,
                frame: attempt.case.frame,
            };
            let url = attempt.url();
            let steps = steps
                .iter()
                .map(|step| instruction(attempt.case, step, &url));
            let steps = steps.collect();
            visits.entry(visit).or_default().push((index, steps));
        }
    }

    browser.clear_caches();
    drop(server.take_arrived());
    let mut outcomes = vec![Outcome::default(); attempts.len()];
    for (visit, tasks) in &visits {
        let tasks_alone: Vec<_> = tasks.iter().map(|(_, steps)| steps).collect();
        let read = perform(browser, visit, &json!(tasks_alone));
        for ((index, _), read) in tasks.iter().zip(read) {
            outcomes[*index].read.extend(read);
        }
    }
    let mut arrived = server.take_arrived();
    for (attempt, outcome) in attempts.iter().zip(&mut outcomes) {
        let is_of_it = |arrived: &mut Arrived| attempt.has_sent(arrived);
        outcome.arrived = arrived.extract_if(.., is_of_it).collect();
    }
    outcomes
}

/// Creates an instruction for `page.js`.
fn instruction(case: &Case, step: &Step, url: &str) -> Value {
    json!({
        "after": step.after,
        "url": url,
        "method": step.method,
        "headers": step.headers,
        "credentials": step.credentials,
        "upload": case.upload,
    })
}

fn perform(browser: &Browser, visit: &Visit<'_>, tasks: &Value) -> Vec<Vec<Option<Read>>> {
    browser.goto(&format!("{}/", visit.typed));
    match visit.frame {
        None => {
            let arguments = [json!(visit.origin), tasks.clone()];
            browser.run("return performAll(...arguments)", &arguments)
        }
        Some(frame) => {
            let arguments = [json!(frame), json!("null"), tasks.clone()];
            browser.run("return performAllIn(...arguments)", &arguments)
        }
    }
}
