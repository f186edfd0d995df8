//! The headers of the CORS protocol; their names in lower case, as HTTP/2 sends them.

// Request: https://fetch.spec.whatwg.org/#http-requests
pub(crate) const ORIGIN: &str = "origin";
pub(crate) const REQUEST_METHOD: &str = "access-control-request-method";
pub(crate) const REQUEST_HEADERS: &str = "access-control-request-headers";

// Response, beside those of `Header`: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
#[cfg(any(feature = "actix-web", feature = "rocket"))]
pub(crate) const VARY: &str = "vary";

/// A header of a response. <https://fetch.spec.whatwg.org/#http-responses>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    AllowOrigin,
    AllowCredentials,
    AllowMethods,
    AllowHeaders,
    ExposeHeaders,
    MaxAge,
}

impl Header {
    /// All of them.
    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    pub(crate) const ALL: [Self; 6] = [
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::MaxAge,
    ];

    pub(crate) const fn name(self) -> &'static str {
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
