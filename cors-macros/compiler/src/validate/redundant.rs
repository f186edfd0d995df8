//! Entries that can be removed without effect, because others accept all that they accept.

use crate::check::Check;
use crate::declaration::{Expr, Position};
use crate::diagnostic::{Diagnostic, Part, Redundancy, text};
use crate::model::Entry;

/// An entry, and how messages show it.
pub(super) struct Shown<'e> {
    pub(super) entry: &'e Entry,
    pub(super) quoted: Part,
    pub(super) code: Expr,
}

/// Reports an entry that another one covers. `noun` describes both. `is_mutual` is whether the other one could
/// be removed instead, if both accept the same.
pub(super) fn covered(
    noun: &'static str,
    check: Check,
    inner: Shown<'_>,
    outer: Shown<'_>,
    is_mutual: bool,
) -> Diagnostic {
    let by = outer.entry.position;
    let is_duplicate = inner.entry.text() == outer.entry.text();
    if is_duplicate {
        return duplicate(noun, inner.quoted, inner.code, by, is_mutual);
    }
    let title = text![
        noun,
        " ",
        inner.quoted,
        " is already covered by ",
        outer.quoted
    ];
    Diagnostic::new(check, title.clone())
        .note(text!["the wider entry is ", by])
        .help("remove this entry, or narrow the other")
        .redundant(Redundancy {
            code: inner.code,
            reason: title,
            by,
            is_mutual: false,
        })
}

/// Reports an entry that is listed twice.
pub(super) fn duplicate(
    noun: &'static str,
    quoted: Part,
    code: Expr,
    earlier: Position,
    is_mutual: bool,
) -> Diagnostic {
    let title = text!["duplicate ", noun, " ", quoted.clone()];
    let reason = text![quoted, " is already listed"];
    Diagnostic::new(Check::DuplicateEntry, title)
        .note(text!["it is already listed ", earlier])
        .help("remove this entry")
        .redundant(Redundancy {
            code,
            reason,
            by: earlier,
            is_mutual,
        })
}
