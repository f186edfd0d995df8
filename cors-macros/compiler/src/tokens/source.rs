//! Maps the numbers in a declaration to tokens and their spans.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::declaration::{Fragment, Position};

/// Returns tokens as a stream.
pub(super) fn stream(tokens: &[TokenTree]) -> TokenStream {
    let mut stream = TokenStream::new();
    for token in tokens {
        token.to_tokens(&mut stream);
    }
    stream
}

/// The tokens of positions and fragments.
#[derive(Debug, Default)]
pub struct Source {
    /// The first token and the last one.
    positions: Vec<(Span, Span)>,
    fragments: Vec<TokenStream>,
}

impl Source {
    /// Creates a position for some tokens, from the first to the last.
    ///
    /// # Panics
    /// Panics if there is no token.
    pub(crate) fn position(&mut self, tokens: &[TokenTree]) -> Position {
        let first = tokens.first().expect("there is a token");
        let last = tokens.last().expect("there is a token");
        self.between(first, last)
    }

    /// Creates a position for the tokens from one to another.
    pub(crate) fn between(&mut self, first: &TokenTree, last: &TokenTree) -> Position {
        self.add(first.span(), last.span())
    }

    /// Creates a position for one token.
    pub(crate) fn at(&mut self, span: Span) -> Position {
        self.add(span, span)
    }

    fn add(&mut self, first: Span, last: Span) -> Position {
        self.positions.push((first, last));
        Position::new(self.positions.len() - 1)
    }

    /// Creates a fragment for tokens that are passed on unchanged.
    pub(crate) fn fragment(&mut self, tokens: &[TokenTree]) -> Fragment {
        self.fragments.push(stream(tokens));
        Fragment::new(self.fragments.len() - 1)
    }

    /// Returns the tokens of all fragments, by number.
    pub(crate) fn fragments(&self) -> &[TokenStream] {
        &self.fragments
    }

    /// Returns the spans of the first and the last token.
    pub fn spans(&self, position: Position) -> (Span, Span) {
        let here = Span::call_site();
        let index = position.index();
        index.map_or((here, here), |index| self.positions[index])
    }

    /// Returns the line and the column of the first token.
    ///
    /// # Panics
    /// Without the feature `span-locations`, panics outside of a procedural macro.
    pub(crate) fn start(&self, position: Position) -> (usize, usize) {
        let start = self.spans(position).0;
        #[cfg(feature = "span-locations")]
        return (start.start().line, start.start().column);
        #[cfg(not(feature = "span-locations"))]
        return (start.unwrap().line(), start.unwrap().column());
    }
}
