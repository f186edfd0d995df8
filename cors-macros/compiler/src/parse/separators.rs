//! What stands between two entries.

use proc_macro2::{Delimiter, TokenTree};

use super::tokens::Chunk;
use super::vocabulary::RULE;
use super::{Key, problem};
use crate::diagnostic::Diagnostics;

/// Cuts a chunk where a comma is missing or a semicolon stands, and reports that.
pub(super) fn cut(chunk: Chunk, errors: &mut Diagnostics) -> Vec<Chunk> {
    let mut cut = Vec::new();
    let mut entry = Vec::new();
    let tokens = chunk.tokens;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                errors.report(punct.span(), problem::semicolon());
                cut.push(core::mem::take(&mut entry));
            }
            TokenTree::Ident(key) if ends_entry(&entry) && starts_entry(&tokens[index..]) => {
                errors.report(key.span(), problem::no_comma(&key.to_string()));
                cut.push(core::mem::replace(&mut entry, vec![token.clone()]));
            }
            token => entry.push(token.clone()),
        }
    }
    cut.push(entry);
    cut.retain(|tokens| !tokens.is_empty());
    cut.into_iter().map(|tokens| Chunk { tokens }).collect()
}

/// Whether there is something before a key, and no attribute, which is reported as such.
fn ends_entry(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., TokenTree::Punct(hash), TokenTree::Group(_)] => hash.as_char() != '#',
        tokens => !tokens.is_empty(),
    }
}

/// Whether these are a key with its `=`, or a rule.
fn starts_entry(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Ident(key), TokenTree::Punct(equals), ..] if equals.as_char() == '=' => {
            Key::from_name(&key.to_string()).is_some()
        }
        [TokenTree::Ident(word), TokenTree::Group(group), ..] => {
            word == RULE && group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    }
}
