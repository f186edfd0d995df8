//! Builds automata of patterns.

use std::collections::HashMap;

use super::determinize::{build, build_within};
use super::dfa::Dfa;
use super::expression::Expression;
use crate::model::{Host, Label, LabelPart, Pattern, Port};

/// Returns the automaton that accepts what any of `patterns` accepts, with indices as labels.
pub fn union(patterns: &[&Pattern]) -> Dfa {
    let mut expressions = Vec::new();
    for pattern in patterns {
        expressions.push(sequence(&pieces(pattern)));
    }
    build(&expressions)
}

/// Returns the automaton that only accepts `origin`.
pub(crate) fn singleton(origin: &str) -> Dfa {
    build(&[Expression::text(origin)])
}

/// Returns an automaton that accepts what any of `patterns` accepts, with some label, unless building
/// it takes more than `most` steps.
///
/// Common text before or after the first wildcards is factored out. As separate expressions, all
/// patterns would be candidates at every byte of the wildcard, which takes quadratic time.
pub(super) fn merged_within(most: usize, patterns: &[&Pattern]) -> Option<Dfa> {
    let mut expressions = Vec::new();
    let mut lists = Lists::default();
    // For each list after a first wildcard, those before it.
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for pattern in patterns {
        let mut start = pieces(pattern);
        match start.iter().position(|piece| *piece == Piece::Label) {
            Some(wildcard) => {
                let end = lists.number(start.split_off(wildcard + 1));
                start.pop();
                let start = lists.number(start);
                starts.resize(lists.lists.len(), Vec::new());
                starts[end].push(start);
            }
            None => expressions.push(sequence(&start)),
        }
    }
    // Lists before the wildcard, and those that have all of them before it.
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    let mut numbers: HashMap<Vec<usize>, usize> = HashMap::new();
    for (end, mut starts) in starts.into_iter().enumerate() {
        if starts.is_empty() {
            continue;
        }
        starts.sort_unstable();
        starts.dedup();
        let number = *numbers.entry(starts.clone()).or_insert(groups.len());
        if number == groups.len() {
            groups.push((starts, Vec::new()));
        }
        groups[number].1.push(end);
    }
    for (starts, ends) in groups {
        let parts = vec![
            alternatives(lists.select(&starts)),
            Expression::label(),
            alternatives(lists.select(&ends)),
        ];
        expressions.push(Expression::Sequence(parts));
    }
    build_within(most, &expressions)
}

/// Different lists of pieces.
#[derive(Default)]
struct Lists {
    lists: Vec<Vec<Piece>>,
    /// The index of each list, by its text.
    numbers: HashMap<String, usize>,
}

impl Lists {
    /// Returns the index of a list. Adds the list if it is new.
    fn number(&mut self, list: Vec<Piece>) -> usize {
        let next = self.lists.len();
        let number = *self.numbers.entry(text(&list)).or_insert(next);
        if number == next {
            self.lists.push(list);
        }
        number
    }

    /// Returns the lists with some indices.
    fn select(&self, numbers: &[usize]) -> Vec<&[Piece]> {
        let mut lists = Vec::new();
        for number in numbers {
            lists.push(self.lists[*number].as_slice());
        }
        lists
    }
}

/// Returns an expression for any of some lists of pieces. The common text at their start is
/// factored out, and common pieces at their ends.
fn alternatives(mut rests: Vec<&[Piece]>) -> Expression {
    let common = common_len(&rests, <[Piece]>::get);
    let start = sequence(&rests[0][..common]);
    for rest in &mut rests {
        *rest = &rest[common..];
    }
    Expression::Sequence(vec![start, by_end(&rests)])
}

/// Returns an expression for any of some lists of pieces. Read backwards, it is a tree.
fn by_end(lists: &[&[Piece]]) -> Expression {
    let mut groups: Vec<Vec<&[Piece]>> = Vec::new();
    for list in lists {
        match groups
            .iter_mut()
            .find(|group| group[0].last() == list.last())
        {
            Some(group) => group.push(list),
            None => groups.push(vec![list]),
        }
    }
    let mut alternatives = Vec::new();
    for group in groups {
        alternatives.push(with_common_end(group));
    }
    Expression::Alternatives(alternatives)
}

/// Returns an expression for any of some lists of pieces, which have the same last piece.
fn with_common_end(mut lists: Vec<&[Piece]>) -> Expression {
    if let [list] = lists.as_slice() {
        return sequence(list);
    }
    // The text that all of them end in, or the wildcard.
    let common = common_len(&lists, |list, index| list.iter().nth_back(index)).max(1);
    let first = lists[0];
    for list in &mut lists {
        *list = &list[..list.len() - common];
    }
    let end = sequence(&first[first.len() - common..]);
    Expression::Sequence(vec![by_end(&lists), end])
}

/// Returns the number of characters at the start or end of all lists that are the same. `piece`
/// returns the piece at an index, from there.
fn common_len(lists: &[&[Piece]], piece: fn(&[Piece], usize) -> Option<&Piece>) -> usize {
    let mut len = 0;
    while let Some(first @ Piece::Char(_)) = piece(lists[0], len)
        && lists.iter().all(|list| piece(list, len) == Some(first))
    {
        len += 1;
    }
    len
}

/// A part of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Char(char),
    /// `*`
    Label,
    /// The labels that `**` accepts after the first.
    MoreLabels,
    /// `:*`, with the default port of the scheme.
    AnyPort(Option<u16>),
}

/// Returns a text that is different for different lists. Domains contain neither `*` nor `+`.
fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Char(char) => text.push(*char),
            Piece::Label => text.push('*'),
            Piece::MoreLabels => text.push('+'),
            Piece::AnyPort(default) => text.push_str(&format!(":{default:?}")),
        }
    }
    text
}

fn sequence(pieces: &[Piece]) -> Expression {
    let mut parts = Vec::new();
    for piece in pieces {
        match (*piece, parts.last_mut()) {
            (Piece::Char(char), Some(Expression::Text(text))) => text.push(char),
            (Piece::Char(char), _) => parts.push(Expression::Text(char.into())),
            (Piece::Label, _) => parts.push(Expression::label()),
            (Piece::MoreLabels, _) => parts.push(Expression::more_labels()),
            (Piece::AnyPort(default), _) => parts.push(Expression::any_port(default)),
        }
    }
    Expression::Sequence(parts)
}

/// Splits a pattern into its parts.
fn pieces(pattern: &Pattern) -> Vec<Piece> {
    let mut pieces = Vec::new();
    add_text(&pattern.scheme, &mut pieces);
    add_text("://", &mut pieces);
    match &pattern.host {
        Host::Ip(host) | Host::Opaque(host) => add_text(host, &mut pieces),
        Host::Domain(labels) => add_domain(labels, &mut pieces),
    }
    match pattern.port {
        Port::Implicit => {}
        Port::Number(number) => add_text(&format!(":{number}"), &mut pieces),
        Port::Any => pieces.push(Piece::AnyPort(pattern.default_port())),
    }
    pieces
}

fn add_domain(labels: &[Label], pieces: &mut Vec<Piece>) {
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            add_text(".", pieces);
        }
        for part in &label.parts {
            match part {
                LabelPart::Text(text) => add_text(text, pieces),
                LabelPart::Wildcard => pieces.push(Piece::Label),
                LabelPart::DeepWildcard => {
                    pieces.push(Piece::Label);
                    pieces.push(Piece::MoreLabels);
                }
            }
        }
    }
}

fn add_text(text: &str, pieces: &mut Vec<Piece>) {
    for char in text.chars() {
        pieces.push(Piece::Char(char));
    }
}
