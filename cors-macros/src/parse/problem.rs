//! What can be wrong with the form of a policy.

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
    if in_rule && name == "rule" {
        return Problem::new(Check::UnknownKey, "a rule stands in another rule")
            .help("end the first rule before the second, as in `rule(..), rule(..)`");
    }
    let problem = Problem::new(Check::UnknownKey, format!("unknown key {}", quoted(name)));
    let names = Key::ALL.map(Key::name);
    match nearest(name, names) {
        Some(near) => problem.help(format!("a key with a similar name exists: `{near}`")),
        None => problem.note(format!("the keys are {}", names.map(quoted).join(", "))),
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
    .help(format!("write `{name} = {}`", key.example()))
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
