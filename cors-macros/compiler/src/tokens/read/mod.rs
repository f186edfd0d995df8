//! Parses tokens into a [`Declaration`], without interpreting it.

mod expression;

pub(crate) use expression::chunks;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::source::Source;
use crate::declaration::{
    Declaration, Expr, Key, Mistake, Mistakes, Position, RULE, Section, Setting,
};
use expression::{Chunk, add_chunk, starts_with_attribute};

/// Parses a policy: `key = value, rule(key = value, ..), ..`.
pub fn declaration(input: TokenStream, source: &mut Source) -> Declaration {
    let mut reader = Reader {
        source,
        mistakes: Mistakes::default(),
        is_complete: true,
    };
    let chunks = reader.chunks(input);
    let first = chunks.first().and_then(|chunk| chunk.first());
    let last = chunks.last().and_then(|chunk| chunk.last());
    let position = match (first, last) {
        (Some(first), Some(last)) => reader.source.between(first, last),
        _ => Position::NOWHERE,
    };
    let mut rules = Vec::new();
    let mut defaults = section(position, &chunks);
    for chunk in chunks {
        match as_rule(&chunk) {
            Some((word, settings)) => rules.push(reader.rule(word, settings)),
            None => match as_list_of_rules(&chunk) {
                Some((word, elements)) => {
                    let mistake = Mistake::UnknownKey {
                        name: word[0].to_string(),
                        in_rule: false,
                        intended: None,
                    };
                    reader.note(word, mistake);
                    for (start, settings) in elements {
                        rules.push(reader.rule(&[start], settings));
                    }
                }
                None => reader.setting(&chunk, false, &mut defaults),
            },
        }
    }
    let Reader {
        mistakes,
        is_complete,
        ..
    } = reader;
    Declaration::new(position, defaults, rules, is_complete, mistakes)
}

/// Returns an empty section for settings.
fn section(position: Position, settings: &[Chunk]) -> Section {
    let mut names = Vec::new();
    for chunk in settings {
        names.push(chunk[0].to_string());
    }
    Section::new(position, names.iter().map(String::as_str))
}

/// Returns the word `rule`, and the contents of its parentheses.
fn as_rule(chunk: &Chunk) -> Option<(&[TokenTree], TokenStream)> {
    match chunk.as_slice() {
        [TokenTree::Ident(word), TokenTree::Group(group)]
            if word == RULE && group.delimiter() == Delimiter::Parenthesis =>
        {
            Some((&chunk[..1], group.stream()))
        }
        _ => None,
    }
}

/// The first token of an element of a list of rules, and its settings.
type ListedRule = (TokenTree, TokenStream);

/// Returns the word `rules`, and the elements, for `rules = [..]`: a mistake of those who know a
/// configuration.
fn as_list_of_rules(chunk: &Chunk) -> Option<(&[TokenTree], Vec<ListedRule>)> {
    match chunk.as_slice() {
        [
            TokenTree::Ident(word),
            TokenTree::Punct(_),
            TokenTree::Group(list),
        ] if word == "rules" && list.delimiter() == Delimiter::Bracket => {
            let mut rules = Vec::new();
            for element in chunks(list.stream()) {
                let settings = match element.as_slice() {
                    [TokenTree::Group(settings)] => settings.stream(),
                    _ => as_rule(&element)?.1,
                };
                rules.push((element[0].clone(), settings));
            }
            Some((&chunk[..1], rules))
        }
        _ => None,
    }
}

struct Reader<'s> {
    source: &'s mut Source,
    mistakes: Mistakes,
    is_complete: bool,
}

impl Reader<'_> {
    /// Returns the tokens between commas, including missing ones.
    fn chunks(&mut self, tokens: TokenStream) -> Vec<Chunk> {
        let mut recovered = Vec::new();
        for chunk in chunks(tokens) {
            recovered.append(&mut self.recover_commas(&chunk));
        }
        recovered
    }

    /// Splits a chunk if a comma is missing or a semicolon is in its place, and records the
    /// mistake.
    fn recover_commas(&mut self, tokens: &[TokenTree]) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        let mut chunk = Chunk::new();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ';' => {
                    self.note(&tokens[index..=index], Mistake::Semicolon);
                    add_chunk(core::mem::take(&mut chunk), &mut chunks);
                }
                TokenTree::Ident(key) if ends_entry(&chunk) && starts_entry(&tokens[index..]) => {
                    let mistake = Mistake::NoComma(key.to_string());
                    self.note(&tokens[index..=index], mistake);
                    chunks.push(core::mem::replace(&mut chunk, vec![token.clone()]));
                }
                token => chunk.push(token.clone()),
            }
        }
        add_chunk(chunk, &mut chunks);
        chunks
    }

    /// Parses the settings of a rule. `word` is its position.
    fn rule(&mut self, word: &[TokenTree], settings: TokenStream) -> Section {
        let chunks = self.chunks(settings);
        let mut rule = section(self.source.position(word), &chunks);
        for chunk in chunks {
            self.setting(&chunk, true, &mut rule);
        }
        rule
    }

    /// Parses `key = value` into a section.
    fn setting(&mut self, chunk: &Chunk, in_rule: bool, section: &mut Section) {
        match self.key_and_value(chunk, in_rule, section) {
            Some(setting) => section.add(setting, &mut self.mistakes),
            None => self.is_complete = false,
        }
    }

    fn key_and_value(
        &mut self,
        chunk: &Chunk,
        in_rule: bool,
        section: &Section,
    ) -> Option<Setting> {
        let [TokenTree::Ident(word), rest @ ..] = chunk.as_slice() else {
            let mistake = match starts_with_attribute(chunk) {
                true => Mistake::AttributeBeforeKey,
                false => Mistake::NoKey,
            };
            self.note(chunk, mistake);
            return None;
        };
        let position = self.source.at(word.span());
        let word = word.to_string();
        let key = section.read_key(&word, in_rule, position, &mut self.mistakes)?;
        Some(Setting {
            key,
            position,
            value: self.value(key, rest, chunk)?,
        })
    }

    /// Returns the value after the `=` of a key. Another sign in place of `=` is treated like it.
    fn value(&mut self, key: Key, rest: &[TokenTree], chunk: &Chunk) -> Option<Expr> {
        let mut sign = String::new();
        let mut value = rest;
        while let [TokenTree::Punct(punct), after @ ..] = value
            && ":=>".contains(punct.as_char())
        {
            sign.push(punct.as_char());
            value = after;
        }
        let signs = &rest[..rest.len() - value.len()];
        let mistake = match (sign.as_str(), value) {
            ("", [TokenTree::Group(group)]) if group.delimiter() == Delimiter::Parenthesis => {
                let chunks = chunks(group.stream());
                let value = match chunks.as_slice() {
                    [only] => Some(Box::new(expression::value(only, self.source))),
                    _ => None,
                };
                Mistake::NoValue(key, value)
            }
            ("", _) | (_, []) => Mistake::NoValue(key, None),
            (sign, value) => {
                if sign != "=" {
                    self.note(signs, Mistake::OtherSign(key, sign.to_owned()));
                }
                return Some(expression::value(value, self.source));
            }
        };
        self.note(chunk, mistake);
        None
    }

    fn note(&mut self, tokens: &[TokenTree], mistake: Mistake) {
        let position = self.source.position(tokens);
        self.mistakes.add(position, mistake);
    }
}

/// Returns whether there is something before a key, other than an attribute, which is reported
/// separately.
fn ends_entry(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., TokenTree::Punct(hash), TokenTree::Group(_)] => hash.as_char() != '#',
        tokens => !tokens.is_empty(),
    }
}

/// Returns whether the tokens start with a key and `=`, or with a rule.
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
