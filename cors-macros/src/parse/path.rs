//! What is passed on to the expansion as it was written, and must therefore be Rust.

use proc_macro2::{Spacing, TokenStream, TokenTree};

use super::tokens::flat;

/// Whether `tokens` are the path of an item: words with `::` between them.
pub(super) fn is_path(tokens: TokenStream) -> bool {
    let tokens = flat(tokens);
    let mut rest = after_separator(&tokens).unwrap_or(&tokens);
    while let [word, after @ ..] = rest
        && is_segment(word)
    {
        match after_separator(after) {
            Some(after) => rest = after,
            None => return after.is_empty(),
        }
    }
    false
}

/// What follows a leading `::`.
fn after_separator(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), rest @ ..]
            if first.as_char() == ':'
                && first.spacing() == Spacing::Joint
                && second.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// Whether a token is a word that may stand in a path: no keyword, but those that paths start with.
fn is_segment(token: &TokenTree) -> bool {
    let is_start = ["self", "super", "crate", "Self"].contains(&token.to_string().as_str());
    is_start || syn::parse2::<syn::Ident>(token.clone().into()).is_ok()
}
