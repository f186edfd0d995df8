//! Patterns with one wildcard: compares the text around it, and checks the bytes that it matches.

#[cfg(feature = "patterns")]
mod single;

#[cfg(feature = "patterns")]
pub use single::SingleWildcard;

use super::text::strip_affixes;
use crate::origin::{MAX_ORIGIN_LEN, parse_port};

/// Returns whether `origin` is `before`, then a match of `*`, then `after`.
#[inline]
#[must_use]
pub fn matches_label(origin: &[u8], before: &str, after: &str) -> bool {
    strip_affixes(origin, before, after).is_some_and(is_label_part)
}

/// Returns whether `origin` is `before`, then a match of `**`, then `after`.
#[inline]
#[must_use]
pub fn matches_labels(origin: &[u8], before: &str, after: &str) -> bool {
    strip_affixes(origin, before, after).is_some_and(are_labels)
}

/// Returns an origin without its port, if `:*` matches that. Any other port remains, so that no
/// pattern accepts it: no pattern with `:*` ends with a port.
///
/// `default` is the default port of the scheme; 0 if there is none.
#[inline]
#[must_use]
pub fn strip_port(origin: &[u8], default: u16) -> &[u8] {
    if origin.len() > MAX_ORIGIN_LEN {
        return &[];
    }
    // A colon and at most five digits.
    let start = origin.len().saturating_sub(6);
    let Some(colon) = origin[start..].iter().rposition(|byte| *byte == b':') else {
        return origin;
    };
    let (rest, digits) = origin.split_at(start + colon);
    match parse_port(&digits[1..]) {
        Some(port) if port != default => rest,
        _ => origin,
    }
}

/// Returns whether a text consists of one or more bytes that labels contain.
#[inline]
fn is_label_part(bytes: &[u8]) -> bool {
    !bytes.is_empty() && label_prefix_len(bytes) == bytes.len()
}

/// Returns whether a text consists of labels, separated by dots.
#[inline]
pub(super) fn are_labels(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        let length = label_prefix_len(rest);
        match rest.get(length) {
            _ if length == 0 => return false,
            None => return true,
            Some(b'.') => rest = &rest[length + 1..],
            Some(_) => return false,
        }
    }
}

/// Returns the number of bytes at the start that wildcards match.
#[inline]
pub(super) fn label_prefix_len(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let others = non_label_mask(u64::from_le_bytes(*word));
        if others != 0 {
            return index * 8 + others.trailing_zeros() as usize / 8;
        }
    }
    let start = words.len() * 8;
    let is_other = |byte: &u8| non_label_mask(u64::from(*byte)) & 0x80 != 0;
    start + rest.iter().position(is_other).unwrap_or(rest.len())
}

/// Returns the highest bit of each of eight bytes that wildcards do not match. Testing eight bytes
/// at once is faster, and labels of all lengths take the same branches.
#[inline]
fn non_label_mask(word: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    // Without the highest bits, no sum of two bytes overflows into the next byte.
    let low = word & !HIGH;
    let at_least = |byte: u8| low + each(0x80 - byte);
    let within = |first: u8, last: u8| at_least(first) & !at_least(last + 1);
    let wild = within(b'a', b'z') | within(b'0', b'9') | within(b'-', b'-') | within(b'_', b'_');
    (word | !wild) & HIGH
}

/// The part of an origin between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wildcard {
    /// Nothing.
    None,
    /// A match of `*`.
    Label,
    /// A match of `**`.
    Labels,
}

#[cfg(feature = "patterns")]
impl Wildcard {
    /// Returns the wildcard in source form.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Label => "*",
            Self::Labels => "**",
        }
    }
}

/// The ports that a pattern accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortRule {
    /// The port in its text.
    Exact,
    /// Any port, or none. This port is not serialized; it is 0 for a scheme without a default port.
    AnyBut(u16),
}

impl PortRule {
    /// Returns an origin without its port, if any port is accepted.
    #[must_use]
    #[inline]
    pub fn strip(self, origin: &[u8]) -> &[u8] {
        match self {
            Self::Exact => origin,
            Self::AnyBut(default) => strip_port(origin, default),
        }
    }
}
