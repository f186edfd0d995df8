//! Plain `http` together with credentials.
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>

use super::subject::Subject;
use crate::diagnostics::{Check, Problem, quoted};

/// Whoever sits on the network path of one visitor can serve a page of an `http` origin, and with
/// it read what the visitor's credentials open. Loopback addresses and `localhost` never leave the
/// machine.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Problem> {
    let credentials = subject.rule.credentials?;
    let witness = subject.automata.insecure_origin(subject.index)?;
    let (_, entry) = subject.automata.entries()[subject.index];
    let text = entry.text();
    let problem = Problem::new(
        Check::CredentialsInsecureOrigin,
        format!("insecure origin {} cannot be combined with credentials", quoted(&text)),
    )
    .note(format!(
        "`allow_credentials` is set on line {}; anyone on the network path can forge a page of a plain `http` origin",
        credentials.line()
    ));
    Some(match (text.strip_prefix("http://"), &entry.source) {
        (Some(rest), None) => problem.help(format!("write `\"https://{rest}\"`")),
        (Some(_), Some(_)) => problem.help("write `https` for the scheme"),
        (None, _) => problem
            .note(format!("it accepts {}", quoted(&witness)))
            .help("write `https` for the scheme"),
    })
}
