//! Attributes.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::parse::Attribute;

pub(crate) fn misplaced_attribute(attribute: &Attribute) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::MisplacedAttribute,
        text![
            "attribute ",
            quoted(attribute.tokens.text()),
            " stands where none may"
        ],
    )
    .note("only `#[cfg(..)]` is known here, and only on an entry of `allow_origins`");
    match attribute.name.as_str() {
        "cfg" => problem.help("for two policies, put `#[cfg(..)]` on two statics"),
        _ => problem.help("remove it"),
    }
}

/// `#[cfg]` that says nothing.
pub(crate) fn no_condition(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        text![
            "attribute ",
            quoted(attribute.tokens.text()),
            " has no condition in parentheses"
        ],
    )
    .help("write it as in `#[cfg(debug_assertions)]`")
}
