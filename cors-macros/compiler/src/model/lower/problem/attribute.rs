//! Attributes.

use crate::diagnostics::{Check, Problem, quoted};
use crate::parse::Attribute;

pub(crate) fn misplaced_attribute(attribute: &Attribute) -> Problem {
    let problem = Problem::new(
        Check::MisplacedAttribute,
        format!(
            "attribute {} stands where none may",
            quoted(&attribute.tokens.text())
        ),
    )
    .note("only `#[cfg(..)]` is known here, and only on an entry of `allow_origins`");
    match attribute.name.as_str() {
        "cfg" => problem.help("for two policies, put `#[cfg(..)]` on two statics"),
        _ => problem.help("remove it"),
    }
}

/// `#[cfg]` that says nothing.
pub(crate) fn no_condition(attribute: &Attribute) -> Problem {
    Problem::new(
        Check::WrongShape,
        format!(
            "attribute {} has no condition in parentheses",
            quoted(&attribute.tokens.text())
        ),
    )
    .help("write it as in `#[cfg(debug_assertions)]`")
}
