//! The calls that stand for origins, and their arguments.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::model::Risk;
use crate::parse::{Function, Value};

pub(crate) fn unknown_call(name: &str) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown call ", quoted(name), " in `allow_origins`"],
    );
    problem.similar("call", name, &Function::ALL.map(Function::name))
}

/// A call whose arguments are not what it takes.
pub(crate) fn arguments(function: Function) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        format!("`{}` does not take these arguments", function.name()),
    )
    .help(format!("write it as in `{}`", function.example()))
}

/// A predicate that is no path: a closure, above all.
pub(crate) fn no_path() -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        "`predicate` takes the path of a function, and nothing else",
    )
    .note("a closure has no name that explanations and logs could show")
    .help(format!(
        "write it as in `{}`",
        Function::Predicate.example()
    ))
}

pub(crate) fn unknown_risk(name: &str) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown risk ", quoted(name), " in `dangerously_allow`"],
    );
    problem.similar("risk", name, &Risk::ALL.map(Risk::name))
}

/// An opt-out within another for the same risk.
pub(crate) fn accepted_twice(risk: Risk, inner: &Value) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::OptOutUnneeded,
        text!["risk ", quoted(risk.name()), " is accepted twice"],
    )
    .note("an opt-out around this one accepts it already");
    match inner.is_long() {
        true => problem.help("write the entry without it"),
        false => problem.mended(&inner.tokens.text()),
    }
}

pub(crate) fn variable(name: &str, is_set: bool) -> Diagnostic {
    let state = if is_set {
        "is empty or not Unicode"
    } else {
        "is not set"
    };
    Diagnostic::new(
        Check::EnvMissing,
        text!["environment variable ", quoted(name), format!(" {state}")],
    )
    .note("it is read while this crate is compiled")
    .help(format!(
        "set it, as in `{name}=https://partner.example cargo build`"
    ))
    .help(format!(
        "or write `env({name:?}, default = \"https://partner.example\")`"
    ))
}

/// A default that allows nobody.
pub(crate) fn empty_default(name: &str) -> Diagnostic {
    Diagnostic::new(
        Check::EmptyList,
        text![
            "the default of ",
            quoted(format!("env({name:?})")),
            " has no entry"
        ],
    )
    .note("without the variable no page may read a response then, as if there were no policy")
    .help(format!(
        "write `env({name:?}, default = \"https://partner.example\")`"
    ))
    .help(format!(
        "or write `env({name:?})`, for an error where the variable is not set"
    ))
}
