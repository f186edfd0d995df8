//! The headers of the CORS protocol; their names in lower case, as HTTP/2 sends them.

// Request: https://fetch.spec.whatwg.org/#http-requests
pub(crate) const ORIGIN: &str = "origin";
pub(crate) const REQUEST_METHOD: &str = "access-control-request-method";
pub(crate) const REQUEST_HEADERS: &str = "access-control-request-headers";

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
