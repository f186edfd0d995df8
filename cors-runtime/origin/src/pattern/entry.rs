//! What concerns an entry as a whole: that it is one origin, and nothing around it.

use alloc::string::String;
use alloc::vec::Vec;

use super::placeholder;
use super::reason::{Flaws, OriginError, Reason};

/// The length of the longest entry that is read. No host of 253 bytes is longer with everything around
/// it, in Unicode and with a path.
const MAX_ENTRY_LEN: usize = 4096;

/// Refuses what is not one origin at all.
pub(super) fn check(text: &str) -> Result<(), OriginError> {
    let text = text.trim();
    if text.len() > MAX_ENTRY_LEN {
        return Err(Reason::TooLong.into());
    }
    match text {
        "" => Err(Reason::Empty.into()),
        "*" => Err(Reason::Any.into()),
        // `null` itself is no origin, and not read as one.
        _ if text.eq_ignore_ascii_case("null") => Err(Reason::Null.into()),
        _ if looks_like_a_regex(text) => Err(Reason::Regex.into()),
        _ if let Some(origins) = placeholder::alternatives(text) => {
            Err(list(origins.iter().map(String::as_str)))
        }
        _ if pieces(text).count() > 1 && pieces(text).all(looks_like_an_origin) => {
            Err(list(pieces(text)))
        }
        _ if text.contains(char::is_whitespace) => Err(Reason::Whitespace.into()),
        _ => Ok(()),
    }
}

/// What is between commas and white space.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|piece| !piece.is_empty())
}

fn list<'p>(pieces: impl Iterator<Item = &'p str>) -> OriginError {
    // `https://exam ple.org` is one, with a slip of the finger.
    let pieces: Vec<&str> = pieces.collect();
    let are_alike = pieces
        .windows(2)
        .all(|two| two[0].contains("://") == two[1].contains("://"));
    let patterns: Option<Vec<_>> = pieces
        .iter()
        .map(|piece| super::suggest_one(piece))
        .collect();
    let patterns = patterns.filter(|_| are_alike).unwrap_or_default();
    OriginError::corrected_to(Reason::List, patterns)
}

/// What hardly any pattern has, and many a regex.
const REGEX_MARKERS: [&str; 12] = [
    r"\.", "://.*", ".+", "[a-", "[A-", "[0-9", "[^", "?://", "(?", r"\d", r"\w", ")?",
];

fn looks_like_a_regex(text: &str) -> bool {
    // Hardly any entry has one, and to search for each marker takes longer.
    let may_be_one = contains_byte(text, |byte| {
        matches!(byte, b'^' | b'*' | b'(' | b')' | b'[' | b'+' | b'?' | b'\\')
    });
    may_be_one
        && (text.starts_with('^')
            || text.starts_with(".*")
            || text.contains('(') && text.contains('|')
            || REGEX_MARKERS.iter().any(|sign| text.contains(sign)))
}

/// Whether one of the bytes matches. Lists have thousands of entries, and macros run unoptimized: there
/// this takes a fraction of a search for one of several characters.
pub(super) fn contains_byte(text: &str, is_match: impl Fn(u8) -> bool) -> bool {
    position_of_byte(text, is_match).is_some()
}

/// Returns the position of the first byte that matches, which is one of ASCII.
fn position_of_byte(text: &str, is_match: impl Fn(u8) -> bool) -> Option<usize> {
    text.as_bytes().iter().position(|byte| is_match(*byte))
}

pub(super) fn looks_like_an_origin(piece: &str) -> bool {
    piece.contains(['.', ':']) && piece.trim_end_matches('/').ends_with(char::is_alphanumeric)
}

pub(super) fn trim<'t>(text: &'t str, flaws: &mut Flaws) -> &'t str {
    if text.trim() != text {
        flaws.add(Reason::SurroundingWhitespace);
    }
    text.trim()
}

/// Returns host and port out of what follows `://`.
pub(super) fn authority<'t>(rest: &'t str, flaws: &mut Flaws) -> &'t str {
    let end = position_of_byte(rest, |byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    let end = end.unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => {
            flaws.add(Reason::UserInfo);
            host
        }
        None => authority,
    };
    match tail.as_bytes() {
        [] => {}
        [b'/' | b'\\'] => flaws.add(Reason::TrailingSlash),
        [b'?', ..] => flaws.add(Reason::Query),
        [b'#', ..] => flaws.add(Reason::Fragment),
        _ => flaws.add(Reason::Path),
    }
    host
}
