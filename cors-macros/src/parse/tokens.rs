//! Token lists, cut at their commas.
//!
//! Cutting comes before reading, so that a mistake in one entry never hides the next one.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::diagnostics::Place;

/// The tokens between two commas; never empty.
pub(crate) struct Chunk {
    pub(crate) tokens: Vec<TokenTree>,
}

impl Chunk {
    pub(crate) fn place(&self) -> Place {
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
    for token in stream {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => end(&mut tokens),
            token => tokens.push(transparent(token)),
        }
    }
    end(&mut tokens);
    chunks
}

/// From the first token to the last.
///
/// # Panics
/// If there is no token.
pub(crate) fn place_of(tokens: &[TokenTree]) -> Place {
    let first = tokens.first().expect("a chunk has a token");
    let last = tokens.last().expect("a chunk has a token");
    Place::between(first.span(), last.span())
}

/// The one token inside invisible groups: what a `$value:literal` of the user's own
/// `macro_rules!` arrives as.
fn transparent(mut token: TokenTree) -> TokenTree {
    loop {
        let TokenTree::Group(group) = &token else {
            return token;
        };
        let mut inner = group.stream().into_iter();
        match (group.delimiter(), inner.next(), inner.next()) {
            (Delimiter::None, Some(only), None) => token = only,
            _ => return token,
        }
    }
}
