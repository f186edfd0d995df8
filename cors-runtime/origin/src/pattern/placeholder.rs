//! Placeholders of templates in place of a wildcard.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::bytes::contains_byte;
use super::reason::{Flaws, OriginError, Reason};

/// Delimiters of placeholders, in the order in which they are searched.
const DELIMITERS: [(&str, char); 4] = [("${", '}'), ("{", '}'), ("<", '>'), ("?", '.')];

/// Returns host and port with `*` for each `{..}`, `${..}`, `<..>`, and each `?` before a dot.
///
/// No host on a name server contains braces, although the URL standard would accept them.
pub(super) fn replace<'r>(rest: &'r str, flaws: &mut Flaws) -> Result<Cow<'r, str>, OriginError> {
    if !contains_byte(rest, |byte| matches!(byte, b'{' | b'<' | b'?')) {
        return Ok(rest.into());
    }
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
        return Ok(rest.into());
    }
    match filled.as_bytes() {
        // A placeholder for the whole host.
        [b'*'] | [b'*', b':' | b'/', ..] => Err(Reason::Placeholder.into()),
        _ => {
            flaws.add(Reason::Placeholder);
            Ok(filled.into())
        }
    }
}

/// Returns the length of the placeholder that `text` starts with.
fn placeholder(text: &str) -> Option<usize> {
    let (open, close) = DELIMITERS.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    let end = inner.find(&[*close, '/', '{', '<', '?'][..])?;
    match (inner[end..].starts_with(*close), *open) {
        (true, "?") => (end == 0).then_some(1),
        (true, _) => Some(open.len() + end + 1),
        (false, _) => None,
    }
}

/// Returns the origins that a shell would create from a text with `{a,b}`.
pub(super) fn alternatives(text: &str) -> Option<Vec<String>> {
    let (before, rest) = text.split_once('{')?;
    let (inner, after) = rest.split_once('}')?;
    let mut origins = Vec::new();
    for word in inner.split(&[',', '|'][..]) {
        origins.push(format!("{before}{}{after}", word.trim()));
    }
    (origins.len() > 1).then_some(origins)
}
