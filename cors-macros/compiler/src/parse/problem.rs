//! What can be wrong with the form of a policy.

use proc_macro2::{Delimiter, Group, TokenStream};

use super::tokens::chunks;
use super::vocabulary::RULE;
use super::{Entry, Key};
use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};
use crate::suggest::nearest;

pub(crate) fn not_an_entry(starts_with_attribute: bool) -> Diagnostic {
    if starts_with_attribute {
        return Diagnostic::new(
            Check::MisplacedAttribute,
            "an attribute stands before a key",
        )
        .note("`#[cfg(..)]` belongs to an entry of `allow_origins`")
        .help("for two policies, put `#[cfg(..)]` on two statics");
    }
    Diagnostic::new(Check::WrongShape, "a policy is a list of `key = value`")
        .help("start with a key: `allow_origins = [\"https://example.com\"]`")
}

pub(crate) fn unknown_key(name: &str, in_rule: bool) -> Diagnostic {
    if in_rule && name == RULE {
        return Diagnostic::new(Check::UnknownKey, "a rule stands in another rule")
            .help("end the first rule before the second, as in `rule(..), rule(..)`");
    }
    let problem = Diagnostic::new(Check::UnknownKey, text!["unknown key ", quoted(name)]);
    let keys = Key::ALL.map(Key::name).into_iter();
    let names: Vec<&str> = keys.chain((!in_rule).then_some(RULE)).collect();
    match nearest(name, names.iter().copied()) {
        Some(RULE) => problem.help("rules are written as `rule(..)`, one for each"),
        _ => problem.similar("key", name, &names),
    }
}

pub(crate) fn not_in_a_rule(key: Key) -> Diagnostic {
    let name = key.name();
    Diagnostic::new(
        Check::MisplacedKey,
        format!("key `{name}` stands in a rule"),
    )
    .note("it is about the policy as a whole")
    .help(format!("move `{name} = ..` out of `rule(..)`"))
}

pub(crate) fn without_value(key: Key) -> Diagnostic {
    let name = key.name();
    Diagnostic::new(
        Check::WrongShape,
        format!("key `{name}` is not followed by `=` and a value"),
    )
    .help(format!("write `{name} = {}`", key.facts().example))
}

/// `allow_origins([..])`.
pub(crate) fn no_equals(key: Key, arguments: &Group) -> Diagnostic {
    let name = key.name();
    let is_call = arguments.delimiter() == Delimiter::Parenthesis;
    let value: TokenStream = match chunks(arguments.stream()).as_slice() {
        [only] if is_call => only.tokens.iter().cloned().collect(),
        _ => return without_value(key),
    };
    Diagnostic::new(
        Check::WrongShape,
        format!("key `{name}` is not followed by `=`"),
    )
    .help(format!("write `{name} = {value}`"))
}

/// `allow_origins: [..]`.
pub(crate) fn other_sign(key: Key, sign: &str) -> Diagnostic {
    Diagnostic::new(
        Check::WrongShape,
        text![
            format!("key `{}` is followed by ", key.name()),
            quoted(sign)
        ],
    )
    .help("write `=`")
}

pub(crate) fn semicolon() -> Diagnostic {
    Diagnostic::new(Check::MissingComma, "entries are separated by commas").help("write `,`")
}

pub(crate) fn no_comma(next: &str) -> Diagnostic {
    Diagnostic::new(
        Check::MissingComma,
        format!("there is no comma before `{next}`"),
    )
    .help(format!("write `, {next}`"))
}

pub(crate) fn given_twice(earlier: &Entry) -> Diagnostic {
    Diagnostic::new(
        Check::DuplicateKey,
        format!("key `{}` is given twice", earlier.key.name()),
    )
    .note(text!["it is already given ", earlier.place])
    .help("merge the two into one, or remove this one")
}

pub(crate) fn unused_default(key: Key) -> Diagnostic {
    let name = key.name();
    Diagnostic::new(
        Check::UnusedDefault,
        format!("`{name}` outside of the rules is used by none of them"),
    )
    .note(format!("every rule has a `{name}` of its own"))
    .help("remove it, or move it into a rule of its own")
}
