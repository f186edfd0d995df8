//! The names of the headers of the CORS protocol, in lower case, as HTTP/2 sends them.

/// The request header [`Origin`](https://fetch.spec.whatwg.org/#origin-header).
pub const ORIGIN: &str = "origin";

/// The request header [`Access-Control-Request-Method`](https://fetch.spec.whatwg.org/#http-access-control-request-method).
pub const REQUEST_METHOD: &str = "access-control-request-method";

/// The request header [`Access-Control-Request-Headers`](https://fetch.spec.whatwg.org/#http-access-control-request-headers).
pub const REQUEST_HEADERS: &str = "access-control-request-headers";

/// The response header [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5).
pub const VARY: &str = "vary";

/// A [response header](https://fetch.spec.whatwg.org/#http-responses) of the CORS protocol.
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
}

impl Header {
    /// All of them, in the order of the variants.
    pub const ALL: [Self; 6] = [
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::MaxAge,
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
        }
    }
}
