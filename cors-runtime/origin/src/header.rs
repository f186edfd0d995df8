//! The names of the headers of the CORS protocol, in lower case, as HTTP/2 sends them.

/// The request header [`Origin`](https://fetch.spec.whatwg.org/#origin-header).
pub const ORIGIN: &str = "origin";

/// The request header [`Access-Control-Request-Method`](https://fetch.spec.whatwg.org/#http-access-control-request-method).
pub const REQUEST_METHOD: &str = "access-control-request-method";

/// The request header [`Access-Control-Request-Headers`](https://fetch.spec.whatwg.org/#http-access-control-request-headers).
pub const REQUEST_HEADERS: &str = "access-control-request-headers";

/// The request header [`Host`](https://www.rfc-editor.org/rfc/rfc9110#section-7.2).
pub const HOST: &str = "host";

/// The pseudo-header that replaces `Host` in HTTP/2 and HTTP/3:
/// [`:authority`](https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1).
pub const AUTHORITY: &str = ":authority";

/// The request header [`Upgrade`](https://www.rfc-editor.org/rfc/rfc9110#section-7.8).
pub const UPGRADE: &str = "upgrade";

/// The request header [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header).
pub const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The request header [`Sec-Fetch-Mode`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-mode-header).
pub const SEC_FETCH_MODE: &str = "sec-fetch-mode";

/// The request header [`Sec-Fetch-Dest`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-dest-header).
pub const SEC_FETCH_DEST: &str = "sec-fetch-dest";

/// The response header [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5).
pub const VARY: &str = "vary";

/// A [response header](https://fetch.spec.whatwg.org/#http-responses) of the CORS protocol, or the header that lets
/// the same origins read timings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Header {
    /// `Access-Control-Allow-Origin`
    AllowOrigin,
    /// `Access-Control-Allow-Credentials`
    AllowCredentials,
    /// `Access-Control-Allow-Methods`
    AllowMethods,
    /// `Access-Control-Allow-Headers`
    AllowHeaders,
    /// `Access-Control-Expose-Headers`
    ExposeHeaders,
    /// `Access-Control-Max-Age`
    MaxAge,
    /// [`Timing-Allow-Origin`](https://w3c.github.io/resource-timing/#sec-timing-allow-origin)
    TimingAllowOrigin,
}

impl Header {
    /// All headers, in the order of the variants, which is the order in responses.
    pub const ALL: [Self; 7] = [
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::MaxAge,
        Self::TimingAllowOrigin,
    ];

    /// Returns the name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllowOrigin => "access-control-allow-origin",
            Self::AllowCredentials => "access-control-allow-credentials",
            Self::AllowMethods => "access-control-allow-methods",
            Self::AllowHeaders => "access-control-allow-headers",
            Self::ExposeHeaders => "access-control-expose-headers",
            Self::MaxAge => "access-control-max-age",
            Self::TimingAllowOrigin => "timing-allow-origin",
        }
    }

    /// Returns the name of the constant for its value in an expansion.
    pub const fn const_name(self) -> &'static str {
        match self {
            Self::AllowOrigin => "ALLOW_ORIGIN",
            Self::AllowCredentials => "ALLOW_CREDENTIALS",
            Self::AllowMethods => "ALLOW_METHODS",
            Self::AllowHeaders => "ALLOW_HEADERS",
            Self::ExposeHeaders => "EXPOSE_HEADERS",
            Self::MaxAge => "MAX_AGE",
            Self::TimingAllowOrigin => "EXPOSE_TIMING",
        }
    }

    /// Returns whether the header is sent with responses to preflights, or with all others.
    /// [Some](https://fetch.spec.whatwg.org/#http-responses) are only for preflights, and one is
    /// only for other responses.
    pub const fn is_sent(self, is_preflight: bool) -> bool {
        match self {
            Self::AllowOrigin | Self::AllowCredentials => true,
            Self::AllowMethods | Self::AllowHeaders | Self::MaxAge => is_preflight,
            Self::ExposeHeaders | Self::TimingAllowOrigin => !is_preflight,
        }
    }
}

/// The header values of a rule, one for each [`Header`]. Empty values are not sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeaderValues<T>([T; Header::ALL.len()]);

impl<T> HeaderValues<T> {
    /// Creates a table from values in the order of [`Header::ALL`].
    pub const fn new(values: [T; Header::ALL.len()]) -> Self {
        Self(values)
    }

    /// Creates a table with the value that `value` returns for each header.
    pub fn from_fn(value: impl FnMut(Header) -> T) -> Self {
        Self(Header::ALL.map(value))
    }
}

impl<T> core::ops::Index<Header> for HeaderValues<T> {
    type Output = T;

    #[inline]
    fn index(&self, header: Header) -> &T {
        &self.0[header as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_in_the_order_of_their_variants() {
        let values = HeaderValues::from_fn(Header::name);
        for (index, header) in Header::ALL.into_iter().enumerate() {
            assert_eq!(header as usize, index);
            assert_eq!(values[header], header.name());
            assert!(header.is_sent(true) || header.is_sent(false));
        }
    }
}
