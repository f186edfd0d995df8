//! The tables of a configuration.

use super::similar;
use crate::check::Check;
use crate::declaration::{Expr, Function};
use crate::diagnostic::{Diagnostic, quoted, text};

pub(super) fn no_rules(found: &str) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        format!("`rules` takes a list of tables, not {found}"),
    )
    .note("each rule contains `allow_origins` and the permissions of these origins")
}

pub(super) fn unknown_entry_key(name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::UnknownKey,
        text![
            "unknown key ",
            quoted(name),
            " in an entry of `allow_origins`"
        ],
    );
    let names = [
        "origin",
        Function::Regex.name(),
        Function::DangerouslyAllow.name(),
    ];
    similar(diagnostic, "key", name, &names)
}

pub(super) fn no_origin_in_entry() -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        "an entry of `allow_origins` has either `origin` or `regex`",
    )
    .help(text!["write it like ", Expr::text("https://example.com")])
    .help(text!["or as in ", Function::Regex.example()])
}
