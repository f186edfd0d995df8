//! Plain `http` together with credentials.
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>

use super::subject::Subject;
use crate::automaton::is_private;
use crate::diagnostics::{Check, Problem, quoted};
use crate::model::{EntryKind, Origin, Port, Risk};

/// Whoever sits on the network path of one visitor can serve a page of an `http` origin, and with
/// it read what the visitor's credentials open. Loopback addresses and `localhost` never leave the
/// machine.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Problem> {
    let credentials = subject.rule.credentials?;
    let witness = subject.automata.insecure_origin(subject.index)?;
    let entry = subject.entry;
    let text = entry.text();
    let problem = Problem::new(
        Check::CredentialsInsecureOrigin,
        format!("insecure origin {} cannot be combined with credentials", quoted(&text)),
    )
    .note(format!(
        "`allow_credentials` is set on line {}; anyone on the network path can forge a page of a plain `http` origin",
        credentials.line()
    ));
    Some(match &entry.kind {
        EntryKind::Origin(_) if entry.source.is_some() => {
            problem.help("write `https` for the scheme")
        }
        EntryKind::Origin(origin) if is_private(&origin.host) => problem.help(format!(
            "for development, write `#[cfg(debug_assertions)] dangerously_allow({}, {text:?})`",
            Risk::InsecureOrigin.name()
        )),
        EntryKind::Origin(origin) => {
            let secure = secure(origin).to_string();
            problem.help(match is_listed(&secure, subject) {
                true => format!("remove this entry: {} is listed already", quoted(&secure)),
                false => format!("write `{secure:?}`"),
            })
        }
        EntryKind::Regex(regex) => problem
            .note(format!("it accepts {}", quoted(&witness)))
            .help(match subject.automata.for_https(regex) {
                Some(secure) => format!("write `{secure}`"),
                None => "let the scheme be `https` only".into(),
            }),
        EntryKind::Null | EntryKind::Predicate(_) => problem,
    })
}

/// The same with `https` for the scheme, whose default port is not spelled out.
fn secure(origin: &Origin) -> Origin {
    let secure = Origin {
        scheme: "https".to_owned(),
        ..origin.clone()
    };
    match (secure.port, secure.default_port()) {
        (Port::Number(port), Some(default)) if port == default => Origin {
            port: Port::Implicit,
            ..secure
        },
        _ => secure,
    }
}

fn is_listed(text: &str, subject: &Subject<'_>) -> bool {
    let mut entries = subject.automata.entries().iter();
    entries.any(|listed| listed.entry.text() == text)
        || !subject.automata.accepting(text).is_empty()
}
