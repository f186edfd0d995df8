//! Values, and the elements of lists.

use crate::check::Check;
use crate::diagnostic::{Diagnostic, Position, quoted, text};
use crate::model::Pattern;
use crate::model::lower::mended;
use crate::parse::{ANY, Key, MIRROR_REQUEST, Value, ValueKind};

pub(crate) fn missing_origins() -> Diagnostic {
    Diagnostic::new(Check::MissingOrigins, "the policy has no `allow_origins`")
        .note("without it no page may read a response, as if there were no policy")
        .help("add `allow_origins = [\"https://example.com\"]`, or `allow_origins = Any` for public data")
}

pub(crate) fn empty_list(key: Key) -> Diagnostic {
    let name = key.name();
    let problem = Diagnostic::new(Check::EmptyList, format!("`{name}` is an empty list"));
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

pub(crate) fn wrong_shape(key: Key, value: &Value, has_credentials: bool) -> Diagnostic {
    let name = key.name();
    let expected = key.facts().takes;
    let problem = Diagnostic::new(
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
pub(crate) fn listed_for_credentials(key: Key, problem: Diagnostic) -> Diagnostic {
    problem.instead(format!(
        "with credentials, list each by its name, as in `{}`",
        key.facts().example
    ))
}

/// An element that is none of what the list takes.
pub(crate) fn no_entry(key: Key, element: &Value) -> Diagnostic {
    let name = key.name();
    let problem = match &element.kind {
        ValueKind::Word(word) if word == ANY || word == MIRROR_REQUEST => {
            return Diagnostic::new(
                Check::WrongShape,
                format!("`{word}` stands inside the list of `{name}`"),
            )
            .note("it covers all other entries");
        }
        ValueKind::Word(word) => Diagnostic::new(
            Check::UnknownWord,
            text!["unknown word ", quoted(word), format!(" in `{name}`")],
        )
        .note("a macro sees what is written, not the value of a constant"),
        _ if element.run_together().is_some() => {
            Diagnostic::new(Check::MissingComma, "entries are separated by commas")
        }
        kind => {
            let expected = match key {
                Key::AllowMethods => "words and strings",
                _ => "strings",
            };
            Diagnostic::new(
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

pub(crate) fn pattern_in_assertion(key: Key, pattern: &Pattern) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        text![
            format!("`{}` has the pattern ", key.name()),
            quoted(pattern.to_string())
        ],
    )
    .note("an assertion is about one origin")
    .help(format!(
        "write an origin that it stands for, as in `{:?}`",
        pattern.example()
    ))
}

pub(crate) fn duplicate(key: Key, name: &str, earlier: Position) -> Diagnostic {
    let noun = if key == Key::AllowMethods {
        "method"
    } else {
        "header"
    };
    Diagnostic::new(
        Check::DuplicateEntry,
        text![format!("duplicate {noun} "), quoted(name)],
    )
    .note(text!["it is already listed ", earlier])
    .help("remove this entry")
}
