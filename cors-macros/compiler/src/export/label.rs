//! Labels of the edges of a graph.

use core::fmt;

/// The part of an origin that an edge reads. `Display` prints a short description.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EdgeLabel {
    /// A fixed text.
    Text(String),
    /// `*`: one or more of `a`–`z`, `0`–`9`, `_`, `-`.
    Wildcard,
    /// `**`: one or more such labels, separated by dots.
    DeepWildcard,
    /// `:*`: nothing, or a colon and a port from 1 to 65535. The field is the default port of the scheme.
    /// Browsers never send it, so the edge does not match a colon followed by that port.
    AnyPort(Option<u16>),
    /// One of these bytes.
    Byte(ByteSet),
    /// Serialized origins that this function accepts.
    Predicate(String),
    /// Origins in the list that replaces `Configured`.
    Configured,
    /// Serialized origins, and `null`. If the only rule of the policy is for `Any`, every value of
    /// `Origin`.
    Any,
}

impl fmt::Display for EdgeLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Wildcard => f.write_str("* = [a-z0-9_-]+"),
            Self::DeepWildcard => f.write_str("** = one label or more"),
            Self::AnyPort(_) => f.write_str(":* = any port or none"),
            Self::Byte(bytes) => bytes.fmt(f),
            Self::Predicate(path) => write!(f, "{path} returns true"),
            Self::Configured => f.write_str("a configured origin"),
            Self::Any => f.write_str("any origin"),
        }
    }
}

/// A set of ASCII bytes.
///
/// `Display` prints a single byte, or a class, as in a regex: `[a-z0-9_-]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByteSet(u128);

impl ByteSet {
    pub(super) fn new(contains: impl Fn(u8) -> bool) -> Self {
        let bytes = (0..128).filter(|byte| contains(*byte));
        Self(bytes.fold(0, |set, byte| set | 1 << byte))
    }

    /// Returns whether the set contains `byte`.
    #[must_use]
    pub fn contains(&self, byte: u8) -> bool {
        byte.is_ascii() && self.0 >> byte & 1 == 1
    }
}

impl fmt::Display for ByteSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.count_ones() == 1 {
            return write!(f, "{}", char::from(self.0.trailing_zeros() as u8));
        }
        f.write_str("[")?;
        // In the usual order of such classes: letters, digits, others, and a hyphen last.
        for (first, last) in [(b'a', b'z'), (b'0', b'9')] {
            self.runs(first, last, f)?;
        }
        let others = (0..128).filter(|byte| !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        for byte in others.chain([b'-']).filter(|byte| self.contains(*byte)) {
            let escape = if matches!(byte, b'[' | b']') {
                "\\"
            } else {
                ""
            };
            write!(f, "{escape}{}", char::from(byte))?;
        }
        f.write_str("]")
    }
}

impl ByteSet {
    /// Prints the bytes in a range. Three or more consecutive bytes become a range.
    fn runs(&self, mut first: u8, last: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        while first <= last {
            let rest = first..=last;
            let length = rest.take_while(|byte| self.contains(*byte)).count() as u8;
            match length {
                0 => {}
                1 => write!(f, "{}", char::from(first))?,
                _ => {
                    let hyphen = if length > 2 { "-" } else { "" };
                    let end = first + length - 1;
                    write!(f, "{}{hyphen}{}", char::from(first), char::from(end))?;
                }
            }
            first += length.max(1);
        }
        Ok(())
    }
}
