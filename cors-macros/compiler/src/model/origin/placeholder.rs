//! Placeholders of templates, where a wildcard is meant.

use super::fault::{Fault, Flaws};
use crate::check::Check;

/// What opens and closes a placeholder, in the order in which they are looked for.
const SIGNS: [(&str, char); 4] = [("${", '}'), ("{", '}'), ("<", '>'), ("?", '.')];

/// Host and port with `*` for each `{..}`, `${..}`, `<..>`, and each `?` before a dot.
///
/// No name server has a host with braces, though the URL Standard would let them pass.
pub(crate) fn filled(rest: &str, flaws: &mut Flaws) -> Result<String, Fault> {
    let mut filled = String::new();
    let mut left = rest;
    let mut is_host = true;
    while let Some(character) = left.chars().next() {
        let length = is_host.then(|| placeholder(left)).flatten();
        if length.is_some() && !filled.ends_with('*') {
            filled.push('*');
        } else if length.is_none() {
            is_host &= !matches!(character, '/' | '\\' | '?' | '#');
            filled.push(character);
        }
        left = &left[length.unwrap_or(character.len_utf8())..];
    }
    if filled == rest {
        return Ok(filled);
    }
    let fault = Fault::new(Check::OriginHost, "has a placeholder")
        .note("`*` stands for part of a label, or for any port behind a colon");
    let host = filled.split([':', '/']).next();
    match host {
        // Anybody's host.
        Some("*") => Err(fault),
        _ => {
            flaws.add(fault);
            Ok(filled)
        }
    }
}

/// The length of the placeholder that `text` starts with.
fn placeholder(text: &str) -> Option<usize> {
    let (open, close) = SIGNS.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    let end = inner.find([*close, '/', '{', '<', '?'])?;
    match (inner[end..].starts_with(*close), *open) {
        (true, "?") => (end == 0).then_some(1),
        (true, _) => Some(open.len() + end + 1),
        (false, _) => None,
    }
}

/// The origins that a text with `{a,b}` stands for in a shell.
pub(crate) fn alternatives(text: &str) -> Option<Vec<String>> {
    let (before, rest) = text.split_once('{')?;
    let (inner, after) = rest.split_once('}')?;
    let words: Vec<&str> = inner.split([',', '|']).collect();
    (words.len() > 1).then(|| {
        let origin = |word: &&str| format!("{before}{}{after}", word.trim());
        words.iter().map(origin).collect()
    })
}
