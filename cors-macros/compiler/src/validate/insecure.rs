//! Plain `http` together with credentials.
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>

use super::subject::Subject;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::model::{EntryKind, Pattern, Port, Risk};
use crate::suggest::regex::suggest_https;
use cors_origin::confinement::is_private;

/// Whoever sits on the network path of one visitor can serve a page of an `http` origin, and with
/// it read what the visitor's credentials open. Loopback addresses and `localhost` never leave the
/// machine.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Diagnostic> {
    let credentials = subject.rule.credentials?;
    let witness = subject.automata.insecure_origin(subject.index)?;
    let entry = subject.entry;
    let text = entry.text();
    let problem = Diagnostic::new(
        Check::CredentialsInsecureOrigin,
        text![
            "insecure origin ",
            quoted(&text),
            " cannot be combined with credentials"
        ],
    )
    .note(text![
        "`allow_credentials` is set ",
        credentials,
        "; anyone on the network path can forge a page of a plain `http` origin"
    ]);
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
                true => text!["remove this entry: ", quoted(&secure), " is listed already"],
                false => text![format!("write `{secure:?}`")],
            })
        }
        EntryKind::Regex(regex) => problem.note(text!["it accepts ", quoted(&witness)]).help(
            match suggest_https(regex, subject.automata) {
                Some(secure) => format!("write `{secure}`"),
                None => "let the scheme be `https` only".into(),
            },
        ),
        EntryKind::Null | EntryKind::Predicate(_) => problem,
    })
}

/// The same with `https` for the scheme, whose default port is not spelled out.
fn secure(origin: &Pattern) -> Pattern {
    let secure = Pattern {
        scheme: "https".to_owned(),
        ..origin.clone()
    };
    match (secure.port, secure.default_port()) {
        (Port::Number(port), Some(default)) if port == default => Pattern {
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
