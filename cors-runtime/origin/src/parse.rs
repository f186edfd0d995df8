//! Parsing of origins for people: every error has a reason, and the correct spelling if there is
//! one.

#[cfg(feature = "alloc")]
use alloc::string::String;
use core::error::Error;
use core::fmt;

#[cfg(feature = "alloc")]
use crate::origin::corrected;
use crate::origin::{Origin, malformed_reason, parse_bytes};

impl<'o> Origin<'o> {
    /// Parses a serialized origin, from text or from the value of an `Origin` header.
    ///
    /// Hosts have the form that both name servers and browsers accept: labels of `a`–`z`, `0`–`9`,
    /// `-` and `_`, optionally with a trailing dot, or an IPv6 address in brackets. If the last label is a
    /// number, the host is an IPv4 address: four decimal numbers without leading zeros. Under an app's own
    /// scheme, the host can also be other text that the app chose, including uppercase letters.
    ///
    /// Two things are not checked, because no browser gets them wrong: whether an IPv6 address is compressed, and
    /// whether a label with the prefix `xn--` is valid Punycode.
    ///
    /// # Errors
    ///
    /// Returns an error for everything else: `null`, uppercase letters in other origins, a default port,
    /// a path, an invalid host, or any other bytes.
    pub fn parse(origin: &'o (impl AsRef<[u8]> + ?Sized)) -> Result<Self, ParseOriginError> {
        let origin = origin.as_ref();
        parse_bytes(origin).ok_or_else(|| ParseOriginError::new(origin))
    }
}

impl<'o> TryFrom<&'o str> for Origin<'o> {
    type Error = ParseOriginError;

    #[inline]
    fn try_from(origin: &'o str) -> Result<Self, ParseOriginError> {
        Self::parse(origin)
    }
}

impl<'o> TryFrom<&'o [u8]> for Origin<'o> {
    type Error = ParseOriginError;

    #[inline]
    fn try_from(origin: &'o [u8]) -> Result<Self, ParseOriginError> {
        Self::parse(origin)
    }
}

/// The error of [`Origin::parse`]. Its text may change in any release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseOriginError {
    reason: &'static str,
    #[cfg(feature = "alloc")]
    corrected: Option<String>,
}

impl ParseOriginError {
    #[cold]
    #[inline]
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

    /// Returns the reason, as a phrase that follows "the origin": "has no scheme", for example.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Returns the correct spelling of the origin, if its only mistakes are uppercase letters, a path, and
    /// a default port. Always returns `None` in builds that do not allocate: those without features of
    /// `cors-runtime`, or only with `regex` and `tracing`.
    #[must_use]
    pub fn corrected(&self) -> Option<&str> {
        #[cfg(feature = "alloc")]
        return self.corrected.as_deref();
        #[cfg(not(feature = "alloc"))]
        return None;
    }
}

impl fmt::Display for ParseOriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the origin {}", self.reason)
    }
}

impl Error for ParseOriginError {}
