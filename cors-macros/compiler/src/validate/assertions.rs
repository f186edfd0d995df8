//! `assert_allowed` and `assert_denied`: a policy's own tests.

use crate::automaton::Automata;
use crate::diagnostics::{Check, Diagnostics, Place, Problem, nearest, quoted};
use crate::model::{Entry, Policy};
use cors_origin::origin::is_serialized_origin;

/// Decides each assertion on the automata. It has to hold whichever way the conditions of entries
/// go; what predicates say is not known here.
pub(super) fn hold(policy: &Policy, automata: &Automata<'_>, errors: &mut Diagnostics) {
    let any = policy.rules.iter().find_map(|rule| rule.origins.any());
    for assertion in &policy.assertions {
        let origin = &assertion.origin;
        // Beside other rules, one for any origin is for what browsers send.
        let is_for_any = policy.rules.len() == 1 || is_serialized_origin(origin.as_bytes());
        let any = any.filter(|_| is_for_any);
        let accepting: Vec<&Entry> = automata
            .accepting(origin)
            .into_iter()
            .map(|index| automata.entries()[index].entry)
            .collect();
        let problem = match assertion.is_allowed {
            // `Any` has no condition.
            true if any.is_some() => None,
            true => denied(origin, &accepting, automata),
            false => allowed(origin, &accepting, any),
        };
        if let Some(problem) = problem {
            errors.report(assertion.place, problem);
        }
    }
}

/// Of an origin that should be allowed, and that `accepting` accept, why it may be denied.
fn denied(origin: &str, accepting: &[&Entry], automata: &Automata<'_>) -> Option<Problem> {
    if accepting.iter().any(|entry| entry.condition.is_none()) {
        return None;
    }
    let problem = Problem::new(
        Check::AssertAllowed,
        format!(
            "origin {} is asserted to be allowed, and is denied",
            quoted(origin)
        ),
    );
    if let Some(entry) = accepting.first() {
        let line = entry.place.line();
        let problem = problem.note(format!(
            "only the conditional entry on line {line} accepts it"
        ));
        return Some(problem.help("assert it where the condition holds, in a test of your own"));
    }
    let entries = automata.entries().iter();
    let texts: Vec<String> = entries.map(|listed| listed.entry.text()).collect();
    let near = nearest(origin, texts.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("an entry that is similar exists: {}", quoted(near)),
        None => format!("add {origin:?} to `allow_origins`"),
    };
    Some(problem.note("no entry accepts it").help(help))
}

/// Of an origin that should be denied, and that `accepting` and `any` accept, why it is allowed.
fn allowed(origin: &str, accepting: &[&Entry], any: Option<Place>) -> Option<Problem> {
    let (by, line, help) = match (accepting.first(), any) {
        (Some(entry), _) => (
            quoted(&entry.text()),
            entry.place.line(),
            "narrow that entry, or remove the assertion",
        ),
        (None, Some(any)) => (
            "`Any`".to_owned(),
            any.line(),
            "list the origins, or remove the assertion",
        ),
        (None, None) => return None,
    };
    let problem = Problem::new(
        Check::AssertDenied,
        format!(
            "origin {} is asserted to be denied, and is allowed",
            quoted(origin)
        ),
    );
    Some(
        problem
            .note(format!("{by} on line {line} accepts it"))
            .help(help),
    )
}
