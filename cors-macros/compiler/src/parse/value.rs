//! The right-hand side of a key, as it was written.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::path::Path;
use super::tokens::{chunks, flat, place_of};
use crate::diagnostic::Position;

/// A value and the tokens it was written with.
pub(crate) struct Value {
    /// Without its attributes.
    pub(crate) place: Position,
    pub(crate) attributes: Vec<Attribute>,
    /// Without its attributes.
    pub(crate) tokens: Tokens,
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
    List(Tokens),
    /// `hours(2)`.
    Call(Call),
    /// `name = value`, among the arguments of a call.
    Named(String, Tokens),
    /// A string that is no token, as the compiler has said already.
    Malformed,
    /// None of these.
    Other,
}

/// A word with arguments.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) arguments: Tokens,
}

/// `#[cfg(..)]`, or another attribute.
pub(crate) struct Attribute {
    pub(crate) place: Position,
    pub(crate) name: String,
    /// Whether something stands in parentheses behind the name, and nothing behind them.
    pub(crate) has_arguments: bool,
    /// With `#` and brackets, to be printed as it is.
    pub(crate) tokens: Tokens,
}

/// Tokens that are passed on without being looked into.
#[derive(Clone)]
pub(crate) struct Tokens(pub(crate) TokenStream);

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
            Self::Named(..) => "an assignment",
            Self::Malformed | Self::Other => "an expression",
        }
    }
}

/// Reads one value. Every token list is one: what has no shape of its own is [`ValueKind::Other`].
///
/// # Panics
/// If there is no token.
pub(crate) fn value(tokens: &[TokenTree]) -> Value {
    let (attributes, rest) = attributes(tokens);
    Value {
        place: place_of(if rest.is_empty() { tokens } else { rest }),
        attributes,
        tokens: Tokens(rest.iter().cloned().collect()),
        kind: kind(rest),
    }
}

/// Reads the values between the commas of a list.
pub(crate) fn values(list: &Tokens) -> Vec<Value> {
    chunks(list.0.clone())
        .iter()
        .map(|chunk| value(&chunk.tokens))
        .collect()
}

fn kind(tokens: &[TokenTree]) -> ValueKind {
    match tokens {
        [TokenTree::Literal(literal)] if is_long_number(literal) => ValueKind::Integer(u64::MAX),
        [TokenTree::Literal(literal)] => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => ValueKind::Text(text.value()),
            syn::Lit::Int(number) if number.suffix().is_empty() => {
                // A number that no key could take is out of range for every key.
                ValueKind::Integer(number.base10_parse().unwrap_or(u64::MAX))
            }
            syn::Lit::Verbatim(literal) if literal.to_string().contains('"') => {
                ValueKind::Malformed
            }
            _ => ValueKind::Other,
        },
        [TokenTree::Ident(word)] => match word.to_string().as_str() {
            "true" => ValueKind::Bool(true),
            "false" => ValueKind::Bool(false),
            // `r#GET` is the word `GET`.
            _ => ValueKind::Word(word.unraw().to_string()),
        },
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
            ValueKind::List(Tokens(group.stream()))
        }
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            ValueKind::Call(Call {
                name: name.to_string(),
                arguments: Tokens(group.stream()),
            })
        }
        [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..]
            if equals.as_char() == '=' && !value.is_empty() =>
        {
            let value = value.iter().cloned().collect();
            ValueKind::Named(name.to_string(), Tokens(value))
        }
        _ => ValueKind::Other,
    }
}

/// Whether a literal has more digits than any number that means something. Reading it would take
/// time that grows with the square of its length.
fn is_long_number(literal: &Literal) -> bool {
    const LONGEST: usize = 1024;
    let text = literal.to_string();
    text.len() > LONGEST && text.starts_with(|first: char| first.is_ascii_digit())
}

/// The attributes before a value, and the rest.
fn attributes(tokens: &[TokenTree]) -> (Vec<Attribute>, &[TokenTree]) {
    let mut attributes = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Punct(hash), TokenTree::Group(group), after @ ..] = rest
        && hash.as_char() == '#'
        && group.delimiter() == Delimiter::Bracket
    {
        let inner = flat(group.stream());
        attributes.push(Attribute {
            place: place_of(&rest[..2]),
            name: inner.first().map_or_else(String::new, ToString::to_string),
            has_arguments: matches!(
                inner.as_slice(),
                [TokenTree::Ident(_), TokenTree::Group(arguments)]
                    if arguments.delimiter() == Delimiter::Parenthesis
            ),
            tokens: Tokens(rest[..2].iter().cloned().collect()),
        });
        rest = after;
    }
    (attributes, rest)
}

impl Tokens {
    /// As the compiler prints them.
    pub(crate) fn text(&self) -> String {
        self.0.to_string()
    }

    /// One after the other.
    pub(crate) fn concat<'t>(parts: impl Iterator<Item = &'t Self>) -> Self {
        Self(parts.flat_map(|part| part.0.clone()).collect())
    }

    /// The one argument of a call, if that is the path of an item.
    pub(crate) fn as_path(&self) -> Option<Path> {
        match chunks(self.0.clone()).as_slice() {
            [only] => Path::of(&only.tokens),
            _ => None,
        }
    }
}
