//! `dangerously_allow`: a risk is taken where the entry says so, and only there.

use std::collections::HashSet;

use super::subject::Subject;
use super::{confinement, insecure, null, predicate};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Listed, Policy, Risk};
use crate::parse::Function;

/// Why an entry takes a risk, if it does.
fn problem(risk: Risk, subject: &Subject<'_>) -> Option<Diagnostic> {
    match risk {
        Risk::InsecureOrigin => insecure::problem(subject),
        Risk::UnconfinedOrigin => confinement::problem(subject),
        Risk::NullOrigin => null::problem(subject),
        Risk::CredentialedPredicate => predicate::problem(subject),
    }
}

/// Reports risks that are not accepted, and those that are accepted in vain. Gives the entries that
/// were refused.
pub(super) fn only_where_accepted(
    policy: &Policy,
    automata: &Analysis<'_>,
    errors: &mut Diagnostics,
) -> HashSet<usize> {
    let mut refused = HashSet::new();
    // Entries from one variable share their opt-out, and one of them is enough to need it.
    let mut needed: HashSet<usize> = HashSet::new();
    for (index, &Listed { rule, entry }) in automata.entries().iter().enumerate() {
        let subject = Subject {
            rule: &policy.rules[rule],
            entry,
            index,
            automata,
        };
        for risk in Risk::ALL {
            let Some(problem) = problem(risk, &subject) else {
                continue;
            };
            match entry.accepted.iter().find(|accepted| accepted.risk == risk) {
                Some(accepted) => {
                    needed.insert(accepted.number);
                }
                None => {
                    refused.insert(index);
                    let code = accepting(risk, &entry.written());
                    let help = format!("to accept the risk, write `{code}`");
                    errors.report(entry.place, entry.located(problem).help(help));
                }
            }
        }
    }
    for Listed { entry, .. } in automata.entries() {
        for (index, accepted) in entry.accepted.iter().enumerate() {
            if !needed.contains(&accepted.number) {
                let inner = entry.accepted[index + 1..].iter().rev();
                let inner = inner.fold(entry.written(), |entry, accepted| {
                    accepting(accepted.risk, &entry)
                });
                errors.report(accepted.place, unneeded(accepted.risk, &inner));
            }
        }
    }
    refused
}

/// The opt-out, to be pasted.
fn accepting(risk: Risk, entry: &str) -> String {
    Function::DangerouslyAllow.call(format_args!("{}, {entry}", risk.name()))
}

fn unneeded(risk: Risk, entry: &str) -> Diagnostic {
    Diagnostic::new(
        Check::OptOutUnneeded,
        format!("`dangerously_allow({}, ..)` is not needed", risk.name()),
    )
    .note(match risk {
        Risk::InsecureOrigin => "nobody can forge this origin, or it may not send credentials",
        Risk::UnconfinedOrigin => "this entry accepts the origins of a few owners only",
        Risk::NullOrigin => "this entry does not accept `null`",
        Risk::CredentialedPredicate => {
            "this is no predicate, or it may not let credentials through"
        }
    })
    .help(format!("write `{entry}`"))
}
