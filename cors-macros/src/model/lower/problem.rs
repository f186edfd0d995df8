//! What can be wrong with the shape of a value.

use super::mended;
use crate::diagnostics::{Check, Place, Problem, nearest, quoted};
use crate::model::{Origin, Risk};
use crate::parse::{ANY, Attribute, Function, Key, MIRROR_REQUEST, Value, ValueKind};

pub(crate) fn missing_origins() -> Problem {
    Problem::new(Check::MissingOrigins, "the policy has no `allow_origins`")
        .note("without it no page may read a response, as if there were no policy")
        .help("add `allow_origins = [\"https://example.com\"]`, or `allow_origins = Any` for public data")
}

pub(crate) fn empty_list(key: Key) -> Problem {
    let name = key.name();
    let problem = Problem::new(Check::EmptyList, format!("`{name}` is an empty list"));
    match key {
        Key::AllowOrigins => problem
            .note("no page may read a response then, as if there were no policy")
            .help(format!("write entries, as in `{}`", key.facts().example)),
        Key::AssertAllowed | Key::AssertDenied => problem.help(format!("remove `{name}`")),
        _ => problem.help(format!(
            "remove `{name}`: what is not listed is not allowed"
        )),
    }
}

pub(crate) fn wrong_shape(key: Key, value: &Value, has_credentials: bool) -> Problem {
    let name = key.name();
    let expected = key.facts().takes;
    let problem = Problem::new(
        Check::WrongShape,
        format!("`{name}` takes {expected}, not {}", value.kind.describe()),
    );
    match mended::value(key, value, has_credentials) {
        Some(mended) => problem.mended(&mended),
        None if value.is_conditional() => problem
            .note("a macro sees what is written, not the value of an expression")
            .help(match key {
                Key::AllowOrigins => {
                    "list all entries, and put `#[cfg(debug_assertions)]` before one"
                }
                _ => "for two policies, put `#[cfg(..)]` on two statics",
            }),
        None => problem.help(format!("write it as in `{}`", key.facts().example)),
    }
}

/// A `*` for which there is no word, since credentials are allowed.
pub(crate) fn listed_for_credentials(key: Key, problem: Problem) -> Problem {
    problem.instead(format!(
        "with credentials, list each by its name, as in `{}`",
        key.facts().example
    ))
}

/// An element that is none of what the list takes.
pub(crate) fn no_entry(key: Key, element: &Value) -> Problem {
    let name = key.name();
    let problem = match &element.kind {
        ValueKind::Word(word) if word == ANY || word == MIRROR_REQUEST => {
            return Problem::new(
                Check::WrongShape,
                format!("`{word}` stands inside the list of `{name}`"),
            )
            .note("it covers all other entries");
        }
        ValueKind::Word(word) => Problem::new(
            Check::UnknownWord,
            format!("unknown word {} in `{name}`", quoted(word)),
        )
        .note("a macro sees what is written, not the value of a constant"),
        _ if element.run_together().is_some() => {
            Problem::new(Check::MissingComma, "entries are separated by commas")
        }
        kind => {
            let expected = match key {
                Key::AllowMethods => "words and strings",
                _ => "strings",
            };
            Problem::new(
                Check::WrongShape,
                format!("`{name}` lists {expected}, not {}", kind.describe()),
            )
            .note("a macro sees what is written, not the value of an expression")
        }
    };
    match mended::entry(key, element) {
        Some(mended) => problem.mended(&mended),
        None => {
            let example = key.facts().example.trim_matches(['[', ']']);
            problem.help(format!("write it as in `{example}`"))
        }
    }
}

pub(crate) fn unknown_call(name: &str) -> Problem {
    let problem = Problem::new(
        Check::UnknownWord,
        format!("unknown call {} in `allow_origins`", quoted(name)),
    );
    let names = Function::ALL.map(Function::name);
    match nearest(name, names) {
        Some(near) => problem.help(format!("a call with a similar name exists: `{near}`")),
        None => problem.note(format!("the calls are {}", names.map(quoted).join(", "))),
    }
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

pub(crate) fn unknown_risk(name: &str, near: Option<&str>) -> Problem {
    let problem = Problem::new(
        Check::UnknownWord,
        format!("unknown risk {} in `dangerously_allow`", quoted(name)),
    );
    match near {
        Some(near) => problem.help(format!("a risk with a similar name exists: `{near}`")),
        None => problem.note(format!(
            "the risks are {}",
            Risk::ALL.map(|risk| quoted(risk.name())).join(", ")
        )),
    }
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

pub(crate) fn pattern_in_assertion(key: Key, pattern: &Origin) -> Problem {
    Problem::new(
        Check::WrongShape,
        format!(
            "`{}` has the pattern {}",
            key.name(),
            quoted(&pattern.to_string())
        ),
    )
    .note("an assertion is about one origin")
    .help(format!(
        "write an origin that it stands for, as in `{:?}`",
        pattern.instance()
    ))
}

pub(crate) fn duplicate(key: Key, name: &str, earlier: Place) -> Problem {
    let noun = if key == Key::AllowMethods {
        "method"
    } else {
        "header"
    };
    Problem::new(
        Check::DuplicateEntry,
        format!("duplicate {noun} {}", quoted(name)),
    )
    .note(format!("it is already listed on line {}", earlier.line()))
    .help("remove this entry")
}
