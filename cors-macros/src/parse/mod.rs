//! Tokens in, a [`Declaration`] out: what was written, with nothing decided about it.
//!
//! After this stage every key is known and given once; a value has a shape, but it may be the
//! wrong one for its key.

mod key;
mod tokens;
mod value;

pub(crate) use key::Key;
pub(crate) use value::{Call, Value, ValueKind, values};

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::diagnostics::{Check, Diagnostics, Place, Problem, nearest, quoted};
use tokens::{Chunk, chunks};

/// The keys of a policy with their values.
pub(crate) struct Declaration {
    /// The whole of what was written.
    pub(crate) place: Place,
    /// Whether every entry could be read, so that a missing key is really missing.
    pub(crate) is_complete: bool,
    entries: Vec<Entry>,
}

/// `key = value`.
struct Entry {
    key: Key,
    place: Place,
    value: Value,
}

impl Declaration {
    /// The value that was given for `key`.
    pub(crate) fn get(&self, key: Key) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    fn entry(&self, key: Key) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// Reads `key = value, ...`.
pub(crate) fn declaration(input: TokenStream, errors: &mut Diagnostics) -> Declaration {
    let chunks = chunks(input);
    let mut declaration = Declaration {
        place: match (chunks.first(), chunks.last()) {
            (Some(first), Some(last)) => first.place().to(last.place()),
            _ => Span::call_site().into(),
        },
        is_complete: true,
        entries: Vec::new(),
    };
    for chunk in &chunks {
        let Some(entry) = entry(chunk, errors) else {
            declaration.is_complete = false;
            continue;
        };
        match declaration.entry(entry.key) {
            None => declaration.entries.push(entry),
            Some(earlier) => errors.report(entry.place, given_twice(earlier)),
        }
    }
    declaration
}

fn entry(chunk: &Chunk, errors: &mut Diagnostics) -> Option<Entry> {
    let [TokenTree::Ident(word), rest @ ..] = chunk.tokens.as_slice() else {
        errors.report(chunk.place(), not_an_entry());
        return None;
    };
    let name = word.to_string();
    let Some(key) = Key::from_name(&name) else {
        errors.report(word.span(), unknown_key(&name));
        return None;
    };
    match rest {
        [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' && !value.is_empty() => {
            Some(Entry {
                key,
                place: word.span().into(),
                value: value::value(value),
            })
        }
        _ => {
            errors.report(chunk.place(), without_value(key));
            None
        }
    }
}

fn not_an_entry() -> Problem {
    Problem::new(Check::WrongShape, "a policy is a list of `key = value`")
        .help("start with a key: `allow_origins = [\"https://example.com\"]`")
}

fn unknown_key(name: &str) -> Problem {
    let problem = Problem::new(Check::UnknownKey, format!("unknown key {}", quoted(name)));
    let names = Key::ALL.map(Key::name);
    match nearest(name, names) {
        Some(near) => problem.help(format!("a key with a similar name exists: `{near}`")),
        None => problem.note(format!("the keys are {}", names.map(quoted).join(", "))),
    }
}

fn without_value(key: Key) -> Problem {
    Problem::new(
        Check::WrongShape,
        format!("key `{}` is not followed by `=` and a value", key.name()),
    )
    .help(format!("write `{} = {}`", key.name(), key.example()))
}

fn given_twice(earlier: &Entry) -> Problem {
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
