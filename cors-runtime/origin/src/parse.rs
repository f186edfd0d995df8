//! Parsing of origins for people: what is refused is refused with a reason, and with the spelling that
//! is not.

#[cfg(feature = "alloc")]
use alloc::string::{String, ToString};
use core::error::Error;
use core::fmt;

use crate::origin::{Origin, malformed_reason, parse_bytes};
#[cfg(feature = "alloc")]
use crate::pattern::Pattern;

impl<'o> Origin<'o> {
    /// Parses a serialized origin: a text, or the value of an `Origin` header.
    ///
    /// A host is what name servers and browsers agree on: labels of `a`–`z`, `0`–`9`, `-` and `_`, with or
    /// without the dot of the root, or an IPv6 address in brackets.
    ///
    /// # Errors
    ///
    /// Returns an error for everything else: `null`, uppercase letters, a default port, a path, an
    /// invalid host, or any other bytes.
    pub fn parse(origin: &'o (impl AsRef<[u8]> + ?Sized)) -> Result<Self, ParseOriginError> {
        let origin = origin.as_ref();
        parse_bytes(origin).ok_or_else(|| ParseOriginError::new(origin))
    }
}

impl<'o> TryFrom<&'o str> for Origin<'o> {
    type Error = ParseOriginError;

    fn try_from(origin: &'o str) -> Result<Self, ParseOriginError> {
        Self::parse(origin)
    }
}

impl<'o> TryFrom<&'o [u8]> for Origin<'o> {
    type Error = ParseOriginError;

    fn try_from(origin: &'o [u8]) -> Result<Self, ParseOriginError> {
        Self::parse(origin)
    }
}

/// Why [`Origin::parse`] refuses a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOriginError {
    reason: &'static str,
    #[cfg(feature = "alloc")]
    corrected: Option<String>,
}

impl ParseOriginError {
    #[cold]
    fn new(origin: &[u8]) -> Self {
        Self {
            reason: match origin {
                b"null" => "is `null`, which browsers send for every opaque origin",
                origin => malformed_reason(origin),
            },
            #[cfg(feature = "alloc")]
            corrected: corrected(origin),
        }
    }

    /// Returns the reason, to follow the words "the origin": "has no scheme", for example.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Returns how browsers send the origin that the text means, if that is clear. It is not looked for
    /// without an allocator, that is without any of the features `http`, `actix-web`, `rocket` and
    /// `testing`.
    #[must_use]
    pub fn corrected(&self) -> Option<&str> {
        #[cfg(feature = "alloc")]
        return self.corrected.as_deref();
        #[cfg(not(feature = "alloc"))]
        return None;
    }
}

#[cfg(feature = "alloc")]
fn corrected(origin: &[u8]) -> Option<String> {
    let error = Pattern::parse(core::str::from_utf8(origin).ok()?).err()?;
    let [pattern] = error.corrected() else {
        return None;
    };
    let corrected = pattern.to_string();
    parse_bytes(corrected.as_bytes())
        .is_some()
        .then_some(corrected)
}

impl fmt::Display for ParseOriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the origin {}", self.reason)
    }
}

impl Error for ParseOriginError {}
