//! The right-hand side of a key, as it was written.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tokens::{Chunk, chunks, place_of};
use crate::diagnostics::Place;

/// A value and the tokens it was written with.
pub(crate) struct Value {
    pub(crate) place: Place,
    pub(crate) kind: ValueKind,
}

/// What shape a value has. Which shapes a key takes is decided by the model.
pub(crate) enum ValueKind {
    /// `"text"`, raw or not.
    Text(String),
    /// `7200`, with or without underscores.
    Integer(u64),
    /// `true` or `false`.
    Bool(bool),
    /// `Any`, `GET`.
    Word(String),
    /// `[a, b]`. Its entries are read by who takes a list, so that no nesting is too deep.
    List(TokenStream),
    /// `hours(2)`.
    Call(Call),
    /// None of these.
    Other,
}

/// A word with arguments.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) arguments: TokenStream,
}

impl ValueKind {
    /// What a message calls it.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a number",
            Self::Bool(_) => "a truth value",
            Self::Word(_) => "a word",
            Self::List(_) => "a list",
            Self::Call(_) => "a call",
            Self::Other => "something else",
        }
    }
}

/// Reads one value. Every token list is one: what has no shape of its own is [`ValueKind::Other`].
pub(crate) fn value(tokens: &[TokenTree]) -> Value {
    Value {
        place: place_of(tokens),
        kind: kind(tokens),
    }
}

fn kind(tokens: &[TokenTree]) -> ValueKind {
    match tokens {
        [TokenTree::Literal(literal)] => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => ValueKind::Text(text.value()),
            syn::Lit::Int(number) if number.suffix().is_empty() => {
                // A number that no key could take is out of range for every key.
                ValueKind::Integer(number.base10_parse().unwrap_or(u64::MAX))
            }
            _ => ValueKind::Other,
        },
        [TokenTree::Ident(word)] => match word.to_string().as_str() {
            "true" => ValueKind::Bool(true),
            "false" => ValueKind::Bool(false),
            word => ValueKind::Word(word.to_owned()),
        },
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
            ValueKind::List(group.stream())
        }
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            ValueKind::Call(Call {
                name: name.to_string(),
                arguments: group.stream(),
            })
        }
        _ => ValueKind::Other,
    }
}

/// Reads the values between the commas of `stream`.
pub(crate) fn values(stream: TokenStream) -> Vec<Value> {
    chunks(stream)
        .iter()
        .map(|Chunk { tokens }| value(tokens))
        .collect()
}
