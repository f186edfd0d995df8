//! A predicate together with credentials.
//! <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>

use super::subject::Subject;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, text};
use crate::model::EntryKind;

/// What a function answers is known at run time only, so nothing can be proved about who may send
/// credentials.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Diagnostic> {
    let credentials = subject.rule.credentials?;
    let EntryKind::Predicate(_) = subject.entry.kind else {
        return None;
    };
    Some(
        Diagnostic::new(
            Check::CredentialsPredicate,
            "a predicate cannot be combined with credentials",
        )
        .note(text![
            "`allow_credentials` is set ",
            credentials,
            "; what the function will say cannot be checked"
        ])
        .help("list the origins or patterns that may send credentials"),
    )
}
