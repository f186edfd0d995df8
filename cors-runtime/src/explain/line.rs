//! An explanation as the value of a header, for development.

use core::fmt::{self, Write as _};

#[cfg(feature = "http")]
use ::http::HeaderValue;

use super::Explanation;

/// The name of the header.
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
pub(crate) const NAME: &str = "x-cors-explanation";

/// Maximum length of the value.
const MAX_LEN: usize = 512;

/// One line of visible ASCII and spaces, truncated: always a valid [field
/// value](https://www.rfc-editor.org/rfc/rfc9110#section-5.5).
pub(crate) struct HeaderLine {
    bytes: [u8; MAX_LEN],
    length: usize,
}

impl HeaderLine {
    #[inline]
    pub(crate) fn new(explanation: &Explanation<'_>) -> Self {
        let mut line = Self {
            bytes: [0; MAX_LEN],
            length: 0,
        };
        // Writing to a line never fails.
        let _ = write!(line, "{explanation}");
        line
    }

    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Write for HeaderLine {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let byte = match character {
                ' '..='~' => character as u8,
                _ => b'?',
            };
            // Drops what does not fit.
            let Some(place) = self.bytes.get_mut(self.length) else {
                break;
            };
            *place = byte;
            self.length += 1;
        }
        Ok(())
    }
}

#[cfg(feature = "http")]
impl Explanation<'_> {
    /// Returns the explanation as the value of a header: at most 512 bytes of visible ASCII and
    /// spaces.
    ///
    /// Use it in development only: it reveals to everyone what the policy allows.
    ///
    /// ```
    /// use cors_runtime::{CorsRequest, Policy, cors_policy};
    ///
    /// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    ///
    /// let request = http::Request::get("/").header("origin", "null").body(()).unwrap();
    /// let value = API.explain(&CorsRequest::from(&request)).to_header_value();
    /// assert!(value.to_str().unwrap().starts_with("origin `null` is not allowed"));
    /// ```
    #[must_use]
    #[inline]
    pub fn to_header_value(&self) -> HeaderValue {
        // A `HeaderLine` is always valid.
        HeaderValue::from_bytes(HeaderLine::new(self).as_bytes())
            .unwrap_or(const { HeaderValue::from_static("") })
    }
}
