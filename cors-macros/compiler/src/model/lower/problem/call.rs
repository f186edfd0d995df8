//! The calls that stand for origins, and their arguments.

use crate::diagnostics::{Check, Problem, quoted};
use crate::model::Risk;
use crate::parse::{Function, Value};

pub(crate) fn unknown_call(name: &str) -> Problem {
    let problem = Problem::new(
        Check::UnknownWord,
        format!("unknown call {} in `allow_origins`", quoted(name)),
    );
    problem.similar("call", name, &Function::ALL.map(Function::name))
}

/// A call whose arguments are not what it takes.
pub(crate) fn arguments(function: Function) -> Problem {
    Problem::new(
        Check::WrongShape,
        format!("`{}` does not take these arguments", function.name()),
    )
    .help(format!("write it as in `{}`", function.example()))
}

/// A predicate that is no path: a closure, above all.
pub(crate) fn no_path() -> Problem {
    Problem::new(
        Check::WrongShape,
        "`predicate` takes the path of a function, and nothing else",
    )
    .note("a closure has no name that explanations and logs could show")
    .help(format!(
        "write it as in `{}`",
        Function::Predicate.example()
    ))
}

pub(crate) fn unknown_risk(name: &str) -> Problem {
    let problem = Problem::new(
        Check::UnknownWord,
        format!("unknown risk {} in `dangerously_allow`", quoted(name)),
    );
    problem.similar("risk", name, &Risk::ALL.map(Risk::name))
}

/// An opt-out within another for the same risk.
pub(crate) fn accepted_twice(risk: Risk, inner: &Value) -> Problem {
    let problem = Problem::new(
        Check::OptOutUnneeded,
        format!("risk {} is accepted twice", quoted(risk.name())),
    )
    .note("an opt-out around this one accepts it already");
    match inner.is_long() {
        true => problem.help("write the entry without it"),
        false => problem.mended(&inner.tokens.text()),
    }
}

pub(crate) fn variable(name: &str, is_set: bool) -> Problem {
    let state = if is_set {
        "is empty or not Unicode"
    } else {
        "is not set"
    };
    Problem::new(
        Check::EnvMissing,
        format!("environment variable {} {state}", quoted(name)),
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
pub(crate) fn empty_default(name: &str) -> Problem {
    Problem::new(
        Check::EmptyList,
        format!(
            "the default of {} has no entry",
            quoted(&format!("env({name:?})"))
        ),
    )
    .note("without the variable no page may read a response then, as if there were no policy")
    .help(format!(
        "write `env({name:?}, default = \"https://partner.example\")`"
    ))
    .help(format!(
        "or write `env({name:?})`, for an error where the variable is not set"
    ))
}
