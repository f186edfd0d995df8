//! What the numbers in a declaration mean: tokens and their spans.

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::declaration::{Fragment, Position};

/// The tokens that positions and fragments stand for.
#[derive(Debug, Default)]
pub struct Source {
    /// The first token and the last one.
    positions: Vec<(Span, Span)>,
    fragments: Vec<TokenStream>,
}

impl Source {
    /// Numbers some tokens, from the first to the last.
    ///
    /// # Panics
    /// If there is no token.
    pub(crate) fn position(&mut self, tokens: &[TokenTree]) -> Position {
        let first = tokens.first().expect("there is a token");
        let last = tokens.last().expect("there is a token");
        self.between(first.span(), last.span())
    }

    /// Numbers one token.
    pub(crate) fn at(&mut self, span: Span) -> Position {
        self.between(span, span)
    }

    fn between(&mut self, first: Span, last: Span) -> Position {
        self.positions.push((first, last));
        Position::new(self.positions.len() - 1)
    }

    /// Numbers tokens that are passed on as they are.
    pub(crate) fn fragment(&mut self, tokens: &[TokenTree]) -> Fragment {
        self.fragments.push(tokens.iter().cloned().collect());
        Fragment::new(self.fragments.len() - 1)
    }

    /// The tokens that are passed on, by their number.
    pub(crate) fn fragments(&self) -> &[TokenStream] {
        &self.fragments
    }

    /// From the first token to the last one.
    pub(crate) fn spans(&self, position: Position) -> (Span, Span) {
        let here = Span::call_site();
        let index = position.index();
        index.map_or((here, here), |index| self.positions[index])
    }

    /// The line and the column of the first token.
    pub(crate) fn start(&self, position: Position) -> (usize, usize) {
        let start = self.spans(position).0.start();
        (start.line, start.column)
    }
}
