//! What can be wrong with the form of a policy.

use proc_macro2::{Delimiter, Group, TokenStream};

use super::tokens::chunks;
use super::vocabulary::RULE;
use super::{Entry, Key};
use crate::diagnostics::{Check, Problem, nearest, quoted};

pub(crate) fn not_an_entry(starts_with_attribute: bool) -> Problem {
    if starts_with_attribute {
        return Problem::new(
            Check::MisplacedAttribute,
            "an attribute stands before a key",
        )
        .note("`#[cfg(..)]` belongs to an entry of `allow_origins`")
        .help("for two policies, put `#[cfg(..)]` on two statics");
    }
    Problem::new(Check::WrongShape, "a policy is a list of `key = value`")
        .help("start with a key: `allow_origins = [\"https://example.com\"]`")
}

pub(crate) fn unknown_key(name: &str, in_rule: bool) -> Problem {
    if in_rule && name == RULE {
        return Problem::new(Check::UnknownKey, "a rule stands in another rule")
            .help("end the first rule before the second, as in `rule(..), rule(..)`");
    }
    let problem = Problem::new(Check::UnknownKey, format!("unknown key {}", quoted(name)));
    let keys = Key::ALL.map(Key::name).into_iter();
    let names: Vec<&str> = keys.chain((!in_rule).then_some(RULE)).collect();
    match nearest(name, names.iter().copied()) {
        Some(RULE) => problem.help("rules are written as `rule(..)`, one for each"),
        _ => problem.similar("key", name, &names),
    }
}

pub(crate) fn not_in_a_rule(key: Key) -> Problem {
    let name = key.name();
    Problem::new(
        Check::MisplacedKey,
        format!("key `{name}` stands in a rule"),
    )
    .note("it is about the policy as a whole")
    .help(format!("move `{name} = ..` out of `rule(..)`"))
}

pub(crate) fn without_value(key: Key) -> Problem {
    let name = key.name();
    Problem::new(
        Check::WrongShape,
        format!("key `{name}` is not followed by `=` and a value"),
    )
    .help(format!("write `{name} = {}`", key.facts().example))
}

/// `allow_origins([..])`.
pub(crate) fn no_equals(key: Key, arguments: &Group) -> Problem {
    let name = key.name();
    let is_call = arguments.delimiter() == Delimiter::Parenthesis;
    let value: TokenStream = match chunks(arguments.stream()).as_slice() {
        [only] if is_call => only.tokens.iter().cloned().collect(),
        _ => return without_value(key),
    };
    Problem::new(
        Check::WrongShape,
        format!("key `{name}` is not followed by `=`"),
    )
    .help(format!("write `{name} = {value}`"))
}

/// `allow_origins: [..]`.
pub(crate) fn other_sign(key: Key, sign: &str) -> Problem {
    Problem::new(
        Check::WrongShape,
        format!("key `{}` is followed by {}", key.name(), quoted(sign)),
    )
    .help("write `=`")
}

pub(crate) fn semicolon() -> Problem {
    Problem::new(Check::MissingComma, "entries are separated by commas").help("write `,`")
}

pub(crate) fn no_comma(next: &str) -> Problem {
    Problem::new(
        Check::MissingComma,
        format!("there is no comma before `{next}`"),
    )
    .help(format!("write `, {next}`"))
}

pub(crate) fn given_twice(earlier: &Entry) -> Problem {
    Problem::new(
        Check::DuplicateKey,
        format!("key `{}` is given twice", earlier.key.name()),
    )
    .note(format!(
        "it is already given on line {}",
        earlier.place.line()
    ))
    .help("merge the two into one, or remove this one")
}

pub(crate) fn unused_default(key: Key) -> Problem {
    let name = key.name();
    Problem::new(
        Check::UnusedDefault,
        format!("`{name}` outside of the rules is used by none of them"),
    )
    .note(format!("every rule has a `{name}` of its own"))
    .help("remove it, or move it into a rule of its own")
}
