//! Patterns with one wildcard: the texts around it are compared, and the bytes that it stands for are
//! checked.

#[cfg(feature = "alloc")]
mod single;

#[cfg(feature = "alloc")]
pub use single::SingleWildcard;

use super::text::strip_affixes;
use crate::origin::{MAX_ORIGIN_LEN, parse_port};

/// Whether `origin` is `before`, then something that `*` stands for, then `after`.
#[inline]
#[must_use]
pub fn matches_label(origin: &[u8], before: &str, after: &str) -> bool {
    strip_affixes(origin, before, after).is_some_and(is_label_part)
}

/// Whether `origin` is `before`, then something that `**` stands for, then `after`.
#[inline]
#[must_use]
pub fn matches_labels(origin: &[u8], before: &str, after: &str) -> bool {
    strip_affixes(origin, before, after).is_some_and(are_labels)
}

/// Returns an origin without its port, if `:*` stands for that. Any other port is left where it is, so
/// that no pattern accepts it: none with `:*` ends in one.
///
/// `default` is the port that the scheme has if none is written; 0 if it has none.
#[inline]
#[must_use]
pub fn strip_port(origin: &[u8], default: u16) -> &[u8] {
    if origin.len() > MAX_ORIGIN_LEN {
        return &[];
    }
    // A colon and five digits at most.
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

/// One byte or more that a label can have.
#[inline]
fn is_label_part(bytes: &[u8]) -> bool {
    !bytes.is_empty() && label_prefix_len(bytes) == bytes.len()
}

/// Labels, with dots between them.
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

/// The number of bytes at the start that wildcards stand for.
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

/// The highest bit of each of eight bytes that wildcards do not stand for. Eight at a time cost less
/// than one after the other, and labels of all lengths then take the same branches.
#[inline]
fn non_label_mask(word: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    // Without the highest bits, no sum of two bytes runs over into the next.
    let low = word & !HIGH;
    let at_least = |byte: u8| low + each(0x80 - byte);
    let within = |first: u8, last: u8| at_least(first) & !at_least(last + 1);
    let wild = within(b'a', b'z') | within(b'0', b'9') | within(b'-', b'-') | within(b'_', b'_');
    (word | !wild) & HIGH
}

/// What an origin has between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wildcard {
    /// Nothing.
    None,
    /// What `*` stands for.
    Label,
    /// What `**` stands for.
    Labels,
}

/// Which ports a pattern accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortRule {
    /// The one that its text says.
    Exact,
    /// Any, and none. This one is not serialized; it is 0 for a scheme without a default port.
    AnyBut(u16),
}

impl PortRule {
    /// Returns an origin without its port, if that may be any.
    #[must_use]
    #[inline]
    pub fn strip(self, origin: &[u8]) -> &[u8] {
        match self {
            Self::Exact => origin,
            Self::AnyBut(default) => strip_port(origin, default),
        }
    }
}
