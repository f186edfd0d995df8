//! Checks of an entry as a whole: whether it is one origin, and nothing else.

use alloc::vec::Vec;
use core::net::IpAddr;

use super::bytes::{contains_byte, position_of_byte};
use super::reason::{Flaws, OriginError, Reason};
use super::{placeholder, suggest_all};
use crate::origin::is_number;

/// Maximum length of an entry. A host of 253 bytes is shorter, even in Unicode and with a path.
const MAX_ENTRY_LEN: usize = 4096;

/// Rejects text that is not a single origin.
pub(super) fn check(text: &str) -> Result<(), OriginError> {
    let text = text.trim();
    if text.len() > MAX_ENTRY_LEN {
        return Err(Reason::TooLong.into());
    }
    match text {
        "" => Err(Reason::Empty.into()),
        "*" => Err(Reason::Any.into()),
        // `null` is not an origin in this grammar.
        _ if text.eq_ignore_ascii_case("null") => Err(Reason::Null.into()),
        _ if looks_quoted(text) => Err(unquoted(text)),
        _ if is_ip_range(text) => Err(Reason::IpRange.into()),
        _ if looks_like_a_regex(text) => Err(Reason::Regex.into()),
        _ if let Some(origins) = placeholder::alternatives(text) => {
            let mut pieces = Vec::new();
            for origin in &origins {
                pieces.push(origin.as_str());
            }
            Err(list(text, &pieces))
        }
        _ if !text.contains(is_separator) => Ok(()),
        _ => check_pieces(text),
    }
}

/// Quotation marks of shells, JSON and source code.
const QUOTES: &[char] = &['"', '\'', '`'];

/// Returns whether a text starts with a quotation mark, as in `"https://example.com"`, or as the first entry of a
/// list in JSON.
fn looks_quoted(text: &str) -> bool {
    text.trim_start_matches(&['[', ' '][..]).starts_with(QUOTES)
}

/// Returns the error for such a text, with the origins between the quotation marks.
fn unquoted(text: &str) -> OriginError {
    let mut pieces = Vec::new();
    for piece in text.trim_matches(&['[', ']', ' '][..]).split(',') {
        pieces.push(piece.trim().trim_matches(QUOTES));
    }
    OriginError::corrected_to(Reason::Quoted, suggest_all(&pieces))
}

/// Returns whether a text is an address, a slash and a number of bits.
fn is_ip_range(text: &str) -> bool {
    let range = match text.split_once("://") {
        Some((_, range)) => range,
        None => text,
    };
    let Some((address, bits)) = range.split_once('/') else {
        return false;
    };
    let address = address.trim_matches(&['[', ']'][..]);
    is_number(bits) && address.parse::<IpAddr>().is_ok()
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';')
}

/// Splits text at commas and white space.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for piece in text.split(is_separator) {
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

/// Rejects a list, and white space within an entry.
fn check_pieces(text: &str) -> Result<(), OriginError> {
    let pieces = pieces(text);
    if pieces.len() > 1 && pieces.iter().all(|piece| looks_like_an_origin(piece)) {
        return Err(list(text, &pieces));
    }
    match text.contains(char::is_whitespace) {
        true => Err(Reason::Whitespace.into()),
        false => Ok(()),
    }
}

fn list(text: &str, pieces: &[&str]) -> OriginError {
    // `https://exam ple.org` is one origin with a typo.
    let are_alike = pieces
        .windows(2)
        .all(|two| two[0].contains("://") == two[1].contains("://"));
    let patterns = match are_alike {
        true => suggest_all(pieces),
        false => Vec::new(),
    };
    let is_list = are_alike || contains_byte(text, |byte| matches!(byte, b',' | b';'));
    let reason = if is_list {
        Reason::List
    } else {
        Reason::Whitespace
    };
    OriginError::corrected_to(reason, patterns)
}

/// Markers that many regexes have, and hardly any pattern.
const REGEX_MARKERS: [&str; 12] = [
    r"\.", "://.*", ".+", "[a-", "[A-", "[0-9", "[^", "?://", "(?", r"\d", r"\w", ")?",
];

fn looks_like_a_regex(text: &str) -> bool {
    // Hardly any entry has one of these bytes, and searching for each marker takes longer.
    let may_be_one = contains_byte(text, |byte| {
        matches!(byte, b'^' | b'*' | b'(' | b')' | b'[' | b'+' | b'?' | b'\\')
    });
    may_be_one
        && (text.starts_with('^')
            || text.starts_with(".*")
            || text.contains('(') && text.contains('|')
            || REGEX_MARKERS.iter().any(|sign| text.contains(sign)))
}

pub(super) fn looks_like_an_origin(piece: &str) -> bool {
    contains_byte(piece, |byte| matches!(byte, b'.' | b':'))
        && piece.trim_end_matches('/').ends_with(char::is_alphanumeric)
}

pub(super) fn trim<'t>(text: &'t str, flaws: &mut Flaws) -> &'t str {
    if text.trim() != text {
        flaws.add(Reason::SurroundingWhitespace);
    }
    text.trim()
}

/// Returns the host and port in the text after `://`.
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
