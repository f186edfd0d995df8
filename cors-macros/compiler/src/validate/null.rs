//! `null` as an entry.
//! <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>

use super::subject::Subject;
use crate::check::Check;
use crate::diagnostic::Diagnostic;
use crate::model::EntryKind;

/// Whoever trusts `null` trusts everybody who can open a sandboxed frame.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Diagnostic> {
    match subject.entry.kind {
        EntryKind::Null => Some(
            Diagnostic::new(Check::OriginNull, "origin `null` is shared by everybody")
                .note("browsers send `null` for sandboxed frames and local files of any author")
                .help("list the origins that you trust, as in `\"https://example.com\"`"),
        ),
        EntryKind::Origin(_) | EntryKind::Regex(_) | EntryKind::Predicate(_) => None,
    }
}
