//! Token lists, cut at their commas.
//!
//! Cutting comes before reading, so that a mistake in one entry never hides the next one.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::diagnostic::Position;

/// The tokens between two commas; never empty.
pub(crate) struct Chunk {
    pub(crate) tokens: Vec<TokenTree>,
}

impl Chunk {
    pub(crate) fn place(&self) -> Position {
        place_of(&self.tokens)
    }
}

/// Cuts `stream` at its top-level commas. Empty chunks (a trailing comma) are dropped.
pub(crate) fn chunks(stream: TokenStream) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut tokens = Vec::new();
    let mut end = |tokens: &mut Vec<TokenTree>| {
        if !tokens.is_empty() {
            let tokens = core::mem::take(tokens);
            chunks.push(Chunk { tokens });
        }
    };
    for token in flat(stream) {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => end(&mut tokens),
            token => tokens.push(token),
        }
    }
    end(&mut tokens);
    chunks
}

/// From the first token to the last.
///
/// # Panics
/// If there is no token.
pub(crate) fn place_of(tokens: &[TokenTree]) -> Position {
    let first = tokens.first().expect("a chunk has a token");
    let last = tokens.last().expect("a chunk has a token");
    Position::between(first.span(), last.span())
}

/// The tokens of `stream`, with those inside invisible groups among them: what a `$value:expr` of the
/// user's own `macro_rules!` arrives as.
pub(crate) fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    let mut open = vec![stream.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                open.push(group.stream().into_iter());
            }
            Some(token) => flat.push(token),
            None => {
                open.pop();
            }
        }
    }
    flat
}
