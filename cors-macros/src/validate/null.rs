//! `null` as an entry.
//! <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque>

use super::risks::Subject;
use crate::diagnostics::{Check, Problem};
use crate::model::EntryKind;

/// The model lets `null` through only where the risk is accepted; so this says when it is needed.
pub(super) fn problem(subject: &Subject<'_>) -> Option<Problem> {
    let (_, entry) = subject.automata.entries()[subject.index];
    match entry.kind {
        EntryKind::Null => Some(Problem::new(
            Check::OriginNull,
            "origin `null` is shared by everybody",
        )),
        EntryKind::Origin(_) | EntryKind::Regex(_) | EntryKind::Predicate(_) => None,
    }
}
