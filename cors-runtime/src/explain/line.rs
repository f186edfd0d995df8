//! An explanation as the value of a header, for development.

use core::fmt::{self, Write as _};

#[cfg(feature = "http")]
use ::http::HeaderValue;

use super::Explanation;

/// The header that adapters send it in.
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
pub(crate) const NAME: &str = "x-cors-explanation";

/// Bytes that are sent.
const MAX_LEN: usize = 512;

/// One line of visible ASCII and spaces, cut to a length: a valid
/// [field value](https://www.rfc-editor.org/rfc/rfc9110#section-5.5) whatever is written to it.
pub(crate) struct HeaderLine {
    bytes: [u8; MAX_LEN],
    length: usize,
}

impl HeaderLine {
    pub(crate) fn new(explanation: &Explanation<'_>) -> Self {
        let mut line = Self {
            bytes: [0; MAX_LEN],
            length: 0,
        };
        // Writing to a line never fails.
        let _ = write!(line, "{explanation}");
        line
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Write for HeaderLine {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let byte = match character {
                ' '..='~' => character as u8,
                _ => b'?',
            };
            // What does not fit is dropped.
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
    /// The explanation as the value of a header: visible ASCII and spaces, 512 bytes at most.
    ///
    /// For development only: it tells everybody who asks what the policy allows.
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
    pub fn to_header_value(&self) -> HeaderValue {
        // What is written to a line is valid.
        HeaderValue::from_bytes(HeaderLine::new(self).as_bytes())
            .unwrap_or(const { HeaderValue::from_static("") })
    }
}
