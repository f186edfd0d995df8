//! The form of a policy: keys, shapes, calls and attributes.

use super::{foreign_keys, similar};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::{
    ANY, Attribute, CONFIGURED, CREATE_POLICY, Expr, ExprKind, Function, Key, MIRROR_REQUEST,
    OnDenied, Position, RULE, Risk, TEMPLATE_TYPE, nearest,
};
use crate::diagnostic::{Diagnostic, Text, quoted, text};
use crate::suggest;

const NO_CONSTANTS: &str = "macros cannot see the value of a constant";
const NO_EXPRESSIONS: &str = "macros cannot see the value of an expression";
const TWO_STATICS: &str = "for two policies, put `#[cfg(..)]` on two statics";

pub(super) fn attribute_before_key() -> Diagnostic {
    Diagnostic::new(
        Check::MisplacedAttribute,
        "an attribute is not allowed before a key",
    )
    .note("`#[cfg(..)]` belongs to an entry of `allow_origins` or `allow_hosts`")
    .help(TWO_STATICS)
}

pub(super) fn no_key() -> Diagnostic {
    Diagnostic::new(Check::WrongShape, "a policy is a list of `key = value`").help(text![
        "start with a key: ",
        setting(Key::AllowOrigins, Key::AllowOrigins.example())
    ])
}

pub(super) fn unknown_key(name: &str, in_rule: bool, intended: Option<Key>) -> Diagnostic {
    let rule = || Expr::call(RULE, [Expr::omitted()]);
    if in_rule && name == RULE {
        return Diagnostic::new(
            Check::UnknownKey,
            "a rule is not allowed inside another rule",
        )
        .help(text![
            "end the first rule before the second, as in ",
            vec![rule(), rule()]
        ]);
    }
    if let Some(diagnostic) = foreign_keys::unknown_key(name, intended) {
        return diagnostic;
    }
    let diagnostic = Diagnostic::new(Check::UnknownKey, text!["unknown key ", quoted(name)]);
    if let Some(key) = intended {
        return diagnostic.help(format!("write `{}`", key.name()));
    }
    let mut names = Key::NAMES.to_vec();
    if !in_rule {
        names.push(RULE);
    }
    match nearest(name, &names) {
        Some(RULE) => {
            let origins = Expr::named(Key::AllowOrigins.name(), Key::AllowOrigins.example());
            let example = Expr::call(RULE, [origins]);
            diagnostic.help(text![
                "in place of this key and its list, write the rules, as in ",
                vec![example, rule()]
            ])
        }
        _ => similar(diagnostic, "key", name, &names),
    }
}

pub(super) fn misplaced_key(key: Key) -> Diagnostic {
    let name = key.name();
    Diagnostic::new(
        Check::MisplacedKey,
        format!("key `{name}` is not allowed inside `rule(..)`"),
    )
    .note("it applies to the whole policy")
    .help(text![
        "move ",
        setting(key, Expr::omitted()),
        " out of ",
        Expr::call(RULE, [Expr::omitted()])
    ])
}

/// `allow_origins`, or `allow_origins([..])`.
pub(super) fn no_value(key: Key, argument: Option<&Expr>) -> Diagnostic {
    let name = key.name();
    let (lacks, value) = match argument {
        Some(argument) if argument.is_short() => ("`=`", argument.clone()),
        _ => ("`=` and a value", key.example()),
    };
    let title = format!("key `{name}` is not followed by {lacks}");
    Diagnostic::new(Check::WrongShape, title).suggest(setting(key, value))
}

/// `allow_origins: [..]`.
pub(super) fn other_sign(key: Key, sign: &str) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        text![
            format!("key `{}` is followed by ", key.name()),
            quoted(sign)
        ],
    )
    .help("write `=`")
}

pub(super) fn semicolon() -> Diagnostic {
    Diagnostic::new(Check::MissingComma, "expected a comma, not a semicolon").help("write `,`")
}

pub(super) fn no_comma(next: &str) -> Diagnostic {
    Diagnostic::new(
        Check::MissingComma,
        format!("there is no comma before `{next}`"),
    )
    .help(format!("write `, {next}`"))
}

pub(super) fn duplicate_key(key: Key, earlier: Position) -> Diagnostic {
    Diagnostic::new(
        Check::DuplicateKey,
        format!("key `{}` is given twice", key.name()),
    )
    .note(text!["it is already given ", earlier])
    .help("merge the two into one, or remove this one")
}

pub(super) fn unused_default(key: Key) -> Diagnostic {
    let name = key.name();
    Diagnostic::new(
        Check::UnusedDefault,
        format!("default `{name}` is never used"),
    )
    .note(format!(
        "keys outside the rules only apply to rules that do not set them, and every rule sets its own `{name}`"
    ))
    .help("if it was for origins that no rule covers, add a rule for them, and move it there")
    .help(format!(
        "otherwise remove it, or remove `{name}` from the rules that should use it"
    ))
}

pub(super) fn missing_origins() -> Diagnostic {
    Diagnostic::new(Check::MissingOrigins, "the policy has no `allow_origins`")
        .note("without it, no cross-origin page could read a response, as if there were no policy")
        .help(text![
            "add ",
            setting(Key::AllowOrigins, Key::AllowOrigins.example()),
            ", or ",
            setting(Key::AllowOrigins, Expr::word(ANY)),
            " for public data"
        ])
}

/// `overrides_default` is whether the list belongs to a rule, and the key has a default outside the rules.
pub(super) fn empty_list(key: Key, overrides_default: bool) -> Diagnostic {
    let name = key.name();
    let diagnostic = Diagnostic::new(Check::EmptyList, format!("`{name}` is an empty list"));
    match key {
        Key::AllowOrigins => diagnostic
            .note("no cross-origin page could read a response, as if there were no policy")
            .help(text!["write entries, as in ", key.example()]),
        Key::AssertAllowed | Key::AssertDenied => diagnostic.help(format!("remove `{name}`")),
        Key::AllowHosts => diagnostic
            .note("every request would be refused")
            .help(text!["write entries, as in ", key.example()]),
        // Without the key, the rule would have the default.
        _ if overrides_default => diagnostic.help(format!(
            "remove `{name}` here, and move the default `{name}` into the rules that need it"
        )),
        Key::AllowMethods => diagnostic.help(format!(
            "remove `{name}`: `GET`, `HEAD` and `POST` are always allowed"
        )),
        Key::ExposeHeaders => diagnostic.help(format!(
            "remove `{name}`: without it, scripts may only read the headers that are always readable"
        )),
        _ => diagnostic.help(format!(
            "remove `{name}`: without it, scripts may only send the headers that are always allowed"
        )),
    }
}

pub(super) fn wrong_shape(
    key: Key,
    value: &Expr,
    has_credentials: bool,
    analysis: &Analysis<'_>,
) -> Diagnostic {
    let name = key.name();
    let expected = key.info().expected;
    let suggested = suggest::value(key, value, has_credentials, analysis);
    let diagnostic = match &value.kind {
        ExprKind::Word(word)
            if word == MIRROR_REQUEST || word == CONFIGURED && key == Key::AllowOrigins =>
        {
            let title = format!("`{name}` takes {expected}, not `{word}`");
            let diagnostic = Diagnostic::new(Check::WrongShape, title);
            return match suggested {
                Some(word) => diagnostic.suggest(word),
                None if key == Key::AllowOrigins => diagnostic
                    .note("with credentials, any page could then read responses as the user who visits it")
                    .help(text!["list the origins that you trust, as in ", key.example()]),
                None => diagnostic.help(text!["write it like ", key.example()]),
            };
        }
        // Usually the name of a constant.
        ExprKind::Word(word) if suggested.is_none() && key.takes_list() => Diagnostic::new(
            Check::WrongShape,
            text![
                format!("`{name}` takes {expected}, not the value of "),
                quoted(word)
            ],
        )
        .note(NO_CONSTANTS),
        kind => Diagnostic::new(
            Check::WrongShape,
            format!("`{name}` takes {expected}, not {}", kind.describe()),
        ),
    };
    match suggested {
        Some(meant) => diagnostic.suggest(meant),
        None if is_conditional(value) => diagnostic.note(NO_EXPRESSIONS).help(match key {
            Key::AllowOrigins => "list all entries, and put `#[cfg(debug_assertions)]` before one",
            _ => TWO_STATICS,
        }),
        None if key == Key::AllowOrigins => {
            let example = text!["write it like ", key.example()];
            known_later(diagnostic, value, example, |entry| Expr::list([entry]))
        }
        None if key == Key::AllowCredentials => {
            diagnostic.help("set it to `true`, or leave the key out")
        }
        None => diagnostic.help(text!["write it like ", key.example()]),
    }
}

/// Returns whether a value depends on the configuration of the build: `if cfg!(debug_assertions) {
/// .. }`.
fn is_conditional(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Word(word) | ExprKind::Call(word, _) | ExprKind::Named(word, _) => {
            matches!(word.as_str(), "if" | "cfg")
        }
        ExprKind::Sequence(values) => values.first().is_some_and(is_conditional),
        ExprKind::Other(foreign) => foreign.is_conditional,
        _ => false,
    }
}

/// An element that the list does not accept.
pub(super) fn no_entry(
    key: Key,
    element: &Expr,
    has_credentials: bool,
    analysis: &Analysis<'_>,
) -> Diagnostic {
    let name = key.name();
    let suggested = suggest::entries(key, element, has_credentials, analysis);
    let diagnostic = match &element.kind {
        ExprKind::Word(word) if word == ANY || word == MIRROR_REQUEST => {
            return Diagnostic::new(
                Check::WrongShape,
                format!("`{word}` is not allowed inside the list of `{name}`"),
            )
            .note("it covers all other entries");
        }
        ExprKind::Word(word) => {
            let title = text!["unknown word ", quoted(word), format!(" in `{name}`")];
            let diagnostic = Diagnostic::new(Check::UnknownWord, title);
            match suggested {
                Some(_) => diagnostic,
                None => diagnostic.note(NO_CONSTANTS),
            }
        }
        ExprKind::Sequence(_) => {
            Diagnostic::new(Check::MissingComma, "there is no comma between two entries")
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
            .note(NO_EXPRESSIONS)
        }
    };
    match suggested {
        Some(entries) => diagnostic.suggest(entries),
        None if key == Key::AllowOrigins => {
            let example = text!["write it like ", example_entries(key)];
            known_later(diagnostic, element, example, |entry| entry)
        }
        None => diagnostic.help(text!["write it like ", example_entries(key)]),
    }
}

/// Adds an example, or what to write for origins that the source does not contain.
fn known_later(
    diagnostic: Diagnostic,
    value: &Expr,
    example: Text,
    around: fn(Expr) -> Expr,
) -> Diagnostic {
    let diagnostic = match &value.kind {
        // Usually the name of a constant.
        ExprKind::Word(_) => diagnostic.help(example),
        ExprKind::Other(foreign) => {
            let source = foreign.source.as_deref().unwrap_or_default();
            if source.starts_with(['!', '-']) || source.contains(" - ") {
                return diagnostic.help(example);
            }
            diagnostic
        }
        _ => return diagnostic.help(example),
    };
    if let ExprKind::Other(foreign) = &value.kind
        && foreign.source.as_deref().is_some_and(is_closure)
    {
        return diagnostic.help(text![
            "to decide with a function, name it, as in ",
            around(Function::Predicate.example())
        ]);
    }
    let configured = around(Expr::word(CONFIGURED));
    let diagnostic = diagnostic
        .help(text![
            "for origins that the program loads when it starts, write ",
            configured
        ])
        .help(TEMPLATE_TYPE)
        .help(CREATE_POLICY);
    match variable(value) {
        Some(name) => {
            let env = Expr::call(Function::Env.name(), [Expr::text(name)]);
            diagnostic.help(text![
                "to read the variable while this crate is compiled, use ",
                around(env)
            ])
        }
        None => diagnostic,
    }
}

fn is_closure(source: &str) -> bool {
    source.trim_start_matches("move ").starts_with('|')
}

/// Returns the name of the environment variable that code reads: `std::env::var("NAME")`, `env!("NAME")`.
fn variable(value: &Expr) -> Option<&str> {
    let ExprKind::Other(foreign) = &value.kind else {
        return None;
    };
    let [name] = foreign.texts.as_slice() else {
        return None;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let reads_variable = foreign.source.as_deref()?.contains("env");
    (reads_variable && !name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// Returns the entries of the example for a list.
fn example_entries(key: Key) -> Vec<Expr> {
    match key.example().kind {
        ExprKind::List(entries) => entries,
        kind => vec![Expr::new(kind)],
    }
}

pub(super) fn misplaced_attribute(attribute: &Attribute) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::MisplacedAttribute,
        text![
            "unexpected attribute ",
            quoted(&attribute.text)
        ],
    )
    .note(
        "only entries of `allow_origins` and `allow_hosts` can have attributes, and only `#[cfg(..)]`",
    );
    match attribute.name.as_str() {
        "cfg" => diagnostic.help(TWO_STATICS),
        _ => diagnostic.help("remove it"),
    }
}

/// `#[cfg]` without a condition.
pub(super) fn no_condition(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        text![
            "attribute ",
            quoted(&attribute.text),
            " has no condition in parentheses"
        ],
    )
    .help("write it like `#[cfg(debug_assertions)]`")
}

pub(super) fn unknown_call(name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown call ", quoted(name), " in `allow_origins`"],
    );
    similar(diagnostic, "call", name, &Function::NAMES)
}

/// A call with invalid arguments.
pub(super) fn wrong_arguments(function: Function) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        format!("`{}` does not take these arguments", function.name()),
    )
    .help(text!["write it like ", function.example()])
}

/// A predicate that is not a path: usually a closure.
pub(super) fn no_path() -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        "`predicate` takes the path of a function, and nothing else",
    )
    .note("explanations and logs could not name a closure")
    .help(text!["write it like ", Function::Predicate.example()])
}

pub(super) fn configured_twice(earlier: Position) -> Diagnostic {
    Diagnostic::new(
        Check::ConfiguredTwice,
        format!("`{CONFIGURED}` is given twice"),
    )
    .note(text!["it is already given ", earlier])
    .note("a policy has one list of configured origins")
    .help("remove this one, or split the policy into two")
}

/// A word that is none of those for what happens to denied requests.
pub(super) fn unknown_on_denied(word: &str, analysis: &Analysis<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown word ", quoted(word), " for `on_denied`"],
    );
    match suggest::value(Key::OnDenied, &Expr::word(word), false, analysis) {
        Some(meant) => diagnostic.suggest(meant),
        None => similar(diagnostic, "word", word, &OnDenied::NAMES),
    }
}

pub(super) fn unknown_risk(name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::UnknownWord,
        text!["unknown risk ", quoted(name), " in `dangerously_allow`"],
    );
    similar(diagnostic, "risk", name, &Risk::NAMES)
}

/// An opt-out inside another one for the same risk.
pub(super) fn accepted_twice(risk: Risk, inner: &Expr) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Check::OptOutUnneeded,
        text!["risk ", quoted(risk.name()), " is accepted twice"],
    )
    .note("an opt-out around this one accepts it already");
    match inner.is_short() {
        false => diagnostic.help("write the entry without it"),
        true => diagnostic.suggest(Expr {
            attributes: Vec::new(),
            ..inner.clone()
        }),
    }
}

/// `key = value`.
fn setting(key: Key, value: Expr) -> Expr {
    Expr::named(key.name(), value)
}
