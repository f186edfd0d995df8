//! Tokens in, a [`Declaration`] out: what was written, with nothing decided about it.
//!
//! After this stage every key is known, stands where it may, is given once, and is used by a rule; a
//! value has a shape, but it may be the wrong one for its key.

mod function;
mod key;
mod path;
mod problem;
mod separators;
mod shape;
mod tokens;
mod value;
mod vocabulary;

pub(crate) use function::Function;
pub(crate) use key::{Key, List};
pub(crate) use path::Path;
pub(crate) use tokens::chunks;
pub(crate) use value::{Attribute, Call, Tokens, Value, ValueKind, values};
pub(crate) use vocabulary::{ANY, MIRROR_REQUEST, RULE, vocabulary};

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::diagnostic::{Diagnostics, Position};
use tokens::Chunk;

/// A policy as it was written.
pub(crate) struct Declaration {
    /// The whole of it.
    pub(crate) place: Position,
    /// Whether every entry could be read, so that a missing key is really missing.
    pub(crate) is_complete: bool,
    /// What stands outside of all rules.
    pub(crate) outside: Section,
    /// What stands in each `rule(..)`.
    pub(crate) rules: Vec<Section>,
}

/// Keys with their values.
pub(crate) struct Section {
    pub(crate) place: Position,
    entries: Vec<Entry>,
}

/// `key = value`.
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// Where the key stands.
    pub(crate) place: Position,
    pub(crate) value: Value,
}

impl Section {
    /// What was given for `key`.
    pub(crate) fn get(&self, key: Key) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// Reads `key = value, rule(key = value, ..), ..`.
pub(crate) fn declaration(input: TokenStream, errors: &mut Diagnostics) -> Declaration {
    let mut reader = Reader {
        errors,
        is_complete: true,
    };
    let chunks = reader.chunks(input);
    let place = match (chunks.first(), chunks.last()) {
        (Some(first), Some(last)) => first.place().to(last.place()),
        _ => Span::call_site().into(),
    };
    let mut rules = Vec::new();
    let mut outside = Vec::new();
    for chunk in chunks {
        match as_rule(&chunk) {
            Some((place, inner)) => rules.push(Section {
                place,
                entries: reader.in_rule(inner),
            }),
            None => outside.push(chunk),
        }
    }
    let outside = Section {
        place,
        entries: reader.entries(outside, false),
    };
    reader.unused_defaults(&outside, &rules);
    Declaration {
        place,
        is_complete: reader.is_complete,
        outside,
        rules,
    }
}

/// The word of `rule(..)`, and what stands in its parentheses.
fn as_rule(chunk: &Chunk) -> Option<(Position, TokenStream)> {
    match chunk.tokens.as_slice() {
        [TokenTree::Ident(word), TokenTree::Group(group)]
            if word == RULE && group.delimiter() == Delimiter::Parenthesis =>
        {
            Some((word.span().into(), group.stream()))
        }
        _ => None,
    }
}

struct Reader<'e> {
    errors: &'e mut Diagnostics,
    is_complete: bool,
}

impl Reader<'_> {
    /// What stands between commas, or should.
    fn chunks(&mut self, tokens: TokenStream) -> Vec<Chunk> {
        let chunks = chunks(tokens).into_iter();
        chunks
            .flat_map(|chunk| separators::cut(chunk, self.errors))
            .collect()
    }

    fn in_rule(&mut self, inner: TokenStream) -> Vec<Entry> {
        let chunks = self.chunks(inner);
        self.entries(chunks, true)
    }

    /// Reports defaults that no rule takes: each says something that is not so.
    fn unused_defaults(&mut self, outside: &Section, rules: &[Section]) {
        if rules.is_empty() {
            return;
        }
        // What is for the policy as a whole stands in no rule.
        for Entry { key, place, .. } in &outside.entries {
            if rules.iter().all(|rule| rule.get(*key).is_some()) {
                self.errors.report(*place, problem::unused_default(*key));
            }
        }
    }

    /// Reads `key = value` from each chunk; each key once.
    fn entries(&mut self, chunks: Vec<Chunk>, in_rule: bool) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for chunk in chunks {
            let Some(entry) = self.entry(&chunk, in_rule) else {
                self.is_complete = false;
                continue;
            };
            match entries.iter().find(|earlier| earlier.key == entry.key) {
                None => entries.push(entry),
                Some(earlier) => {
                    let problem = problem::given_twice(earlier);
                    self.errors.report(entry.place, problem);
                }
            }
        }
        entries
    }

    fn entry(&mut self, chunk: &Chunk, in_rule: bool) -> Option<Entry> {
        let [TokenTree::Ident(word), rest @ ..] = chunk.tokens.as_slice() else {
            let starts_with_attribute = !value::value(&chunk.tokens).attributes.is_empty();
            let problem = problem::not_an_entry(starts_with_attribute);
            self.errors.report(chunk.place(), problem);
            return None;
        };
        let name = word.to_string();
        let Some(key) = Key::from_name(&name) else {
            let problem = problem::unknown_key(&name, in_rule);
            self.errors.report(word.span(), problem);
            return None;
        };
        if in_rule && !key.facts().is_for_rules {
            self.errors.report(word.span(), problem::not_in_a_rule(key));
            return None;
        }
        Some(Entry {
            key,
            place: word.span().into(),
            value: self.after_sign(key, rest, chunk)?,
        })
    }

    /// What stands behind the `=` of a key. What stands in the place of `=` is read as if it were one.
    fn after_sign(&mut self, key: Key, rest: &[TokenTree], chunk: &Chunk) -> Option<Value> {
        let is_sign = |token: &&TokenTree| matches!(token, TokenTree::Punct(sign) if ":=>".contains(sign.as_char()));
        let (signs, value) = rest.split_at(rest.iter().take_while(is_sign).count());
        let sign: String = signs.iter().map(ToString::to_string).collect();
        let problem = match (sign.as_str(), value) {
            ("", [TokenTree::Group(arguments)]) => problem::no_equals(key, arguments),
            ("", _) | (_, []) => problem::without_value(key),
            (sign, value) => {
                if sign != "=" {
                    let problem = problem::other_sign(key, sign);
                    self.errors.report(tokens::place_of(signs), problem);
                }
                return Some(value::value(value));
            }
        };
        self.errors.report(chunk.place(), problem);
        None
    }
}
