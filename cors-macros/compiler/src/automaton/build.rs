//! Builds automata of patterns.

use super::determinize::{build, build_within};
use super::dfa::Dfa;
use super::expression::Expression;
use crate::model::{Host, Label, LabelPart, Pattern, Port};

/// Returns the automaton that accepts what any of `patterns` accepts, with indices as labels.
pub fn union(patterns: &[&Pattern]) -> Dfa {
    let patterns = patterns.iter();
    let expressions: Vec<Expression> = patterns.map(|pattern| sequence(pieces(pattern))).collect();
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
    // The pieces after the first wildcard, and those before it.
    let mut ends: Vec<(Vec<Piece>, Vec<Piece>)> = Vec::new();
    for pattern in patterns {
        let mut start = pieces(pattern);
        match start.iter().position(|piece| *piece == Piece::Label) {
            Some(wildcard) => {
                let end = start.split_off(wildcard + 1);
                start.pop();
                ends.push((end, start));
            }
            None => expressions.push(sequence(start)),
        }
    }
    let starts = grouped(ends).into_iter().map(|(end, starts)| (starts, end));
    for (starts, ends) in grouped(starts.collect()) {
        let parts = vec![
            alternatives(starts),
            Expression::label(),
            alternatives(ends),
        ];
        expressions.push(Expression::Sequence(parts));
    }
    build_within(most, &expressions)
}

/// Returns each key once, in ascending order, with its values in ascending order.
fn grouped<K: Ord>(mut pairs: Vec<(K, Vec<Piece>)>) -> Vec<(K, Vec<Vec<Piece>>)> {
    pairs.sort();
    pairs.dedup();
    let mut groups: Vec<(K, Vec<Vec<Piece>>)> = Vec::new();
    for (key, value) in pairs {
        match groups.last_mut() {
            Some((last, values)) if *last == key => values.push(value),
            _ => groups.push((key, vec![value])),
        }
    }
    groups
}

/// Returns an expression for any of some lists of pieces, which must be sorted. The common text at
/// their start is factored out, and common pieces at their ends.
fn alternatives(mut lists: Vec<Vec<Piece>>) -> Expression {
    let (first, last) = (lists.first(), lists.last());
    let common = match (
        first.and_then(|list| list.first()),
        last.and_then(|list| list.first()),
    ) {
        (Some(Piece::Text(first)), Some(Piece::Text(last))) => {
            common_len(first.chars(), last.chars())
        }
        _ => 0,
    };
    let mut start = String::new();
    for list in &mut lists {
        if let Some(Piece::Text(text)) = list.first_mut() {
            start = text.drain(..common).collect();
        }
    }
    Expression::Sequence(vec![Expression::Text(start), by_end(lists)])
}

/// Returns an expression for any of some lists of pieces. Read backwards, it is a tree.
fn by_end(lists: Vec<Vec<Piece>>) -> Expression {
    let ends = lists.into_iter().map(|mut list| match list.pop() {
        Some(Piece::Text(mut text)) => {
            let last = text.pop();
            list.push(Piece::Text(text));
            (last.map(|last| Piece::Text(last.into())), list)
        }
        last => (last, list),
    });
    let mut expressions = Vec::new();
    for (end, lists) in grouped(ends.collect()) {
        expressions.push(match end {
            None => Expression::Alternatives(lists.into_iter().map(sequence).collect()),
            Some(end) => with_end(lists, end),
        });
    }
    Expression::Alternatives(expressions)
}

/// Returns an expression for any of some lists of pieces, and a piece after it.
fn with_end(mut lists: Vec<Vec<Piece>>, mut end: Piece) -> Expression {
    if let ([first, rest @ ..], Piece::Text(text)) = (lists.as_slice(), &mut end)
        && let Some(Piece::Text(first)) = first.last()
    {
        // The text that all of them end in.
        let lens = rest.iter().map(|list| match list.last() {
            Some(Piece::Text(last)) => common_len(first.chars().rev(), last.chars().rev()),
            _ => 0,
        });
        let len = lens.min().unwrap_or(first.len());
        text.insert_str(0, &first[first.len() - len..]);
        for list in &mut lists {
            if let Some(Piece::Text(last)) = list.last_mut() {
                last.truncate(last.len() - len);
            }
        }
    }
    let start = match lists.len() {
        1 => sequence(lists.swap_remove(0)),
        _ => by_end(lists),
    };
    Expression::Sequence(vec![start, sequence(vec![end])])
}

/// Returns the number of bytes of the text that both start with.
fn common_len(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    let same = a.zip(b).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a.len_utf8()).sum()
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Text(String),
    /// `*`
    Label,
    /// The labels that `**` accepts after the first.
    MoreLabels,
    /// `:*`, with the default port of the scheme.
    AnyPort(Option<u16>),
}

fn sequence(pieces: Vec<Piece>) -> Expression {
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => Expression::Text(text),
        Piece::Label => Expression::label(),
        Piece::MoreLabels => Expression::more_labels(),
        Piece::AnyPort(default) => Expression::any_port(default),
    });
    Expression::Sequence(pieces.collect())
}

/// Splits a pattern into its parts. Two texts are never adjacent.
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
                LabelPart::DeepWildcard => pieces.extend([Piece::Label, Piece::MoreLabels]),
            }
        }
    }
}

fn add_text(text: &str, pieces: &mut Vec<Piece>) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
