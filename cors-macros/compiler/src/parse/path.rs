//! What is passed on to the expansion as it was written, and must therefore be Rust.

use core::fmt;

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The path of an item.
#[derive(Clone)]
pub(crate) struct Path(pub(crate) TokenStream);

impl Path {
    pub(super) fn of(tokens: &[TokenTree]) -> Option<Self> {
        is_path(tokens).then(|| Self(tokens.iter().cloned().collect()))
    }
}

/// As it is written by hand, without the spaces that the compiler may print between tokens.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tokens = self.0.clone().into_iter();
        tokens.try_for_each(|token| write!(f, "{token}"))
    }
}

/// Whether `tokens` are words with `::` between them.
fn is_path(tokens: &[TokenTree]) -> bool {
    let mut rest = after_separator(tokens).unwrap_or(tokens);
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
