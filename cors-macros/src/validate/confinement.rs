//! Entries that trust domains without number.
//! <https://publicsuffix.org/learn/>

use super::subject::Subject;
use crate::automaton::MOST_DOMAINS;
use crate::diagnostics::{Check, Problem, quoted};
use crate::model::EntryKind;

/// All origins that an entry accepts have to lie under a few registrable domains, so that nobody
/// but their owners can make a page with such an origin.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Problem> {
    let unconfined = subject.automata.confinement(subject.index).err()?;
    let (_, entry) = subject.automata.entries()[subject.index];
    let title = match &entry.kind {
        EntryKind::Regex(expression) => format!("regex {}", quoted(expression)),
        _ => format!("origin pattern {}", quoted(&entry.text())),
    };
    let problem = Problem::new(
        Check::UnconfinedOrigin,
        format!("{title} trusts domains that anyone may own"),
    )
    .note(match &unconfined.public_suffix {
        Some(suffix) => format!(
            "it also accepts {}, and anyone can register a name under {}",
            quoted(&unconfined.witness),
            quoted(suffix)
        ),
        None => format!(
            "it also accepts {}, and origins under more than {MOST_DOMAINS} registrable domains in all",
            quoted(&unconfined.witness)
        ),
    });
    Some(match &entry.kind {
        EntryKind::Regex(_) if unconfined.has_loose_dot => {
            problem.help("write `\\\\.` for a dot, and `[a-z0-9-]+` for part of a label")
        }
        EntryKind::Regex(_) => {
            problem.help("name the domains, as in `regex(\"https://[a-z0-9-]+\\\\.example\\\\.com\")`")
        }
        _ => problem
            .help("keep wildcards to the left of a domain that you own, as in `\"https://*.example.com\"`"),
    }
    .help("to trust everybody, write `allow_origins = Any`"))
}
