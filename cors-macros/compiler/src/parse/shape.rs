//! Values that are nearly of a shape: Rust that would make the same value elsewhere.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tokens::{Chunk, chunks};
use super::value::{Tokens, Value, ValueKind, value, values};
use crate::diagnostic::LONGEST_OFFER;

/// Text within more brackets is not looked for.
const DEEPEST: usize = 8;

impl Value {
    /// Whether it is longer than what is offered, so that it is not worth looking into.
    pub(crate) fn is_long(&self) -> bool {
        self.tokens.text().len() > LONGEST_OFFER
    }

    /// The last word of a path: `GET` of `Method::GET`.
    pub(crate) fn last_word(&self) -> Option<String> {
        match self.flat().as_slice() {
            [TokenTree::Ident(word)] => Some(word.to_string()),
            [.., TokenTree::Punct(separator), TokenTree::Ident(word)]
                if separator.as_char() == ':' =>
            {
                Some(word.to_string())
            }
            _ => None,
        }
    }

    /// The one string in it: `"a"` of `"a".parse().unwrap()`.
    pub(crate) fn only_text(&self) -> Option<String> {
        let mut texts = Vec::new();
        collect_texts(self.tokens.0.clone(), 0, &mut texts);
        match texts.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// The entries of what is a list elsewhere: `(a, b)`, `{a, b}`, `vec![a, b]`, `&[a, b]`.
    pub(crate) fn as_list(&self) -> Option<Vec<Self>> {
        let flat = self.flat();
        let group = match flat.as_slice() {
            [TokenTree::Group(group)] => group,
            [TokenTree::Punct(and), TokenTree::Group(group)] if and.as_char() == '&' => group,
            [
                TokenTree::Ident(_),
                TokenTree::Punct(bang),
                TokenTree::Group(group),
            ] if bang.as_char() == '!' && group.delimiter() == Delimiter::Bracket => group,
            _ => return None,
        };
        Some(values(&Tokens(group.stream())))
    }

    /// The values that stand without a comma between them, if there are several.
    pub(crate) fn run_together(&self) -> Option<Vec<Self>> {
        if self.is_long() {
            return None;
        }
        let apart: TokenStream = self
            .flat()
            .into_iter()
            .filter(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
            .flat_map(|token| {
                let comma = matches!(token, TokenTree::Literal(_) | TokenTree::Ident(_));
                let comma = comma.then(|| {
                    TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone))
                });
                [Some(token), comma].into_iter().flatten()
            })
            .collect();
        let apart: Vec<Self> = chunks(apart).iter().map(Chunk::value).collect();
        let are_values = apart
            .iter()
            .all(|value| matches!(value.kind, ValueKind::Text(_) | ValueKind::Word(_)));
        (apart.len() > 1 && are_values).then_some(apart)
    }

    /// Whether it depends on the configuration of the build: `if cfg!(debug_assertions) { .. }`.
    pub(crate) fn is_conditional(&self) -> bool {
        matches!(
            self.flat().as_slice(),
            [TokenTree::Ident(first), ..] if first == "if" || first == "cfg"
        )
    }

    fn flat(&self) -> Vec<TokenTree> {
        self.tokens.0.clone().into_iter().collect()
    }
}

impl Chunk {
    fn value(&self) -> Value {
        value(&self.tokens)
    }
}

fn collect_texts(tokens: TokenStream, depth: usize, texts: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if depth < DEEPEST => {
                collect_texts(group.stream(), depth + 1, texts);
            }
            TokenTree::Literal(_) => {
                if let ValueKind::Text(text) = value(&[token]).kind {
                    texts.push(text);
                }
            }
            _ => {}
        }
    }
}
