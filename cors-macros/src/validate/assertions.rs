//! `assert_allowed` and `assert_denied`: a policy's own tests.

use crate::automaton::Automata;
use crate::diagnostics::{Check, Diagnostics, Problem, nearest, quoted};
use crate::model::{Origins, Policy};

/// Decides each assertion on the automata. It has to hold whichever way the conditions of entries
/// go; what predicates say is not known here.
pub(super) fn hold(policy: &Policy, automata: &Automata<'_>, errors: &mut Diagnostics) {
    let any = policy.rules.iter().find_map(|rule| match rule.origins {
        Origins::Any(place) => Some(place),
        Origins::Listed(_) => None,
    });
    for assertion in &policy.assertions {
        let origin = quoted(&assertion.origin);
        let is_for_any = policy.rules.len() == 1 || is_looked_up(&assertion.origin);
        let any = any.filter(|_| is_for_any);
        let accepting: Vec<_> = automata
            .accepting(&assertion.origin)
            .into_iter()
            .map(|index| automata.entries()[index].1)
            .collect();
        let problem = if assertion.is_allowed {
            let is_always_allowed =
                any.is_some() || accepting.iter().any(|entry| entry.condition.is_none());
            if is_always_allowed {
                continue;
            }
            let problem = Problem::new(
                Check::AssertAllowed,
                format!("origin {origin} is asserted to be allowed, and is denied"),
            );
            match accepting.first() {
                Some(entry) => problem
                    .note(format!(
                        "only the conditional entry on line {} accepts it",
                        entry.place.line()
                    ))
                    .help("assert it where the condition holds, in a test of your own"),
                None => {
                    let texts: Vec<String> = automata
                        .entries()
                        .iter()
                        .map(|(_, entry)| entry.text())
                        .collect();
                    let near = nearest(&assertion.origin, texts.iter().map(String::as_str));
                    let problem = problem.note("no entry accepts it");
                    match near {
                        Some(near) => problem
                            .help(format!("an entry that is similar exists: {}", quoted(near))),
                        None => {
                            problem.help(format!("add {:?} to `allow_origins`", assertion.origin))
                        }
                    }
                }
            }
        } else {
            let problem = Problem::new(
                Check::AssertDenied,
                format!("origin {origin} is asserted to be denied, and is allowed"),
            );
            match (accepting.first(), any) {
                (Some(entry), _) => problem
                    .note(format!(
                        "{} on line {} accepts it",
                        quoted(&entry.text()),
                        entry.place.line()
                    ))
                    .help("narrow that entry, or remove the assertion"),
                (None, Some(any)) => problem
                    .note(format!("`Any` on line {} accepts it", any.line()))
                    .help("list the origins, or remove the assertion"),
                (None, None) => continue,
            }
        };
        errors.report(assertion.place, problem);
    }
}

/// Whether a host is one that name servers and browsers agree on. Where other rules stand beside it, a
/// rule for any origin is for no other: then the runtime looks at origins.
fn is_looked_up(origin: &str) -> bool {
    let host = origin.split_once("://").map_or("", |(_, rest)| rest);
    host.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte))
}
