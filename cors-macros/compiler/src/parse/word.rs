//! The words of a policy, so that editors complete and explain them.
//!
//! They are looked for in whatever was typed so far, without asking whether it is right.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use super::function::Function;
use super::key::{Key, List};
use super::tokens::chunks;
use super::vocabulary::{ANY, RULE};

/// What editors are told about.
#[derive(Default)]
pub(crate) struct Words {
    /// Known or not.
    pub(crate) words: Vec<(List, Ident)>,
    /// The origins and patterns that are written out, `Any`, or else another entry.
    pub(crate) origins: Vec<Span>,
}

/// What is still to be looked into: no recursion, since what was typed may be nested to any depth.
type Left = Vec<(List, TokenStream)>;

pub(super) fn words(input: TokenStream) -> Words {
    let mut words = Words::default();
    let mut left: Left = vec![(List::Keys, input)];
    while let Some((list, tokens)) = left.pop() {
        for chunk in chunks(tokens) {
            match list {
                List::Keys => words.entry(&chunk.tokens, &mut left),
                list => words.value(list, &chunk.tokens, &mut left),
            }
        }
    }
    words
}

impl Words {
    /// `key = value`, or `rule(..)`.
    fn entry(&mut self, tokens: &[TokenTree], left: &mut Left) {
        let [TokenTree::Ident(word), rest @ ..] = tokens else {
            return;
        };
        self.add(List::Keys, word);
        match rest {
            [TokenTree::Group(group)] if word == RULE => left.push((List::Keys, group.stream())),
            [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
                let key = Key::from_name(&word.to_string());
                if let Some(list) = key.and_then(|key| key.facts().words) {
                    self.value(list, value, left);
                }
                // The next key, as long as the comma before it is missing.
                if let [_, .., TokenTree::Ident(word)] = value {
                    self.add(List::Keys, word);
                }
            }
            _ => {}
        }
    }

    /// A word, with or without arguments, or a list, behind attributes.
    fn value(&mut self, list: List, mut tokens: &[TokenTree], left: &mut Left) {
        while let [TokenTree::Punct(hash), TokenTree::Group(_), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            tokens = rest;
        }
        match tokens {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Bracket => {
                left.push((list, group.stream()));
            }
            [TokenTree::Literal(text)] if list == List::Origins => self.origins.push(text.span()),
            [TokenTree::Ident(word), rest @ ..] => {
                self.add(list, word);
                if list == List::Origins && (word == ANY || self.origins.is_empty()) {
                    self.origins.push(word.span());
                }
                if let [TokenTree::Group(group)] = rest
                    && word == Function::DangerouslyAllow.name()
                {
                    self.opt_out(group, left);
                }
            }
            _ => {}
        }
    }

    /// A risk, and an entry.
    fn opt_out(&mut self, arguments: &Group, left: &mut Left) {
        let chunks = chunks(arguments.stream());
        if let Some((risk, entries)) = chunks.split_first() {
            self.value(List::Risks, &risk.tokens, left);
            let entries = entries.iter().flat_map(|chunk| chunk.tokens.clone());
            left.push((List::Origins, entries.collect()));
        }
    }

    fn add(&mut self, list: List, word: &Ident) {
        // A keyword would be no path.
        if syn::parse_str::<Ident>(&word.to_string()).is_ok() {
            self.words.push((list, word.clone()));
        }
    }
}
