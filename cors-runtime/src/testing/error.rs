//! Reasons why a fetch fails.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// The check that makes a fetch fail. Scripts only see a `TypeError`. The text may change in any release:
/// in tests, compare variants.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkError {
    /// The page uses an invalid or [forbidden](https://fetch.spec.whatwg.org/#forbidden-method)
    /// method. Nothing is sent.
    InvalidMethod(String),
    /// The page sets a header with an invalid name or value. Nothing is sent.
    /// <https://fetch.spec.whatwg.org/#headers-validate>
    InvalidHeader(String),
    /// The page sets a body for this method, which cannot have one. Nothing is sent.
    InvalidBody(String),
    /// The response to the preflight fails the
    /// [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
    Preflight(CheckFailure),
    /// The response to the preflight has a status that is not an
    /// [ok status](https://fetch.spec.whatwg.org/#ok-status).
    PreflightStatus(u16),
    /// This header of the response to the preflight is not a list of names.
    PreflightHeader(&'static str),
    /// The response to the preflight does not allow this method.
    MethodNotAllowed(String),
    /// The response to the preflight does not allow this request header, whose name is in lower
    /// case.
    HeaderNotAllowed(String),
    /// The response fails the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check). The
    /// application has already handled the request.
    Response(CheckFailure),
    /// The response is a redirect with this status, and is not followed.
    Redirect(u16),
    /// Browsers do not follow a redirect to this location: it is not an `http` or `https` URL,
    /// contains a user name, or is not the only one in the response. The text is escaped.
    InvalidRedirectLocation(String),
    /// There are more than twenty redirects.
    TooManyRedirects,
    /// The request to `url` after redirects, or its preflight, fails.
    AfterRedirect {
        /// The URL that the last redirect led to.
        url: String,
        /// Why the request to it fails.
        error: Box<Self>,
    },
}

/// The reason why the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check) fails.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckFailure {
    /// There is no `Access-Control-Allow-Origin`.
    NoAllowOrigin,
    /// The value of `Access-Control-Allow-Origin` is not the origin of the page, or is `*` with
    /// credentials. This is the value, escaped; several values are joined by commas.
    OriginMismatch(String),
    /// The request has credentials, but `Access-Control-Allow-Credentials` is not `true`.
    NoCredentials,
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidMethod(method) => {
                write!(f, "`{method}` is not a method that pages may use")
            }
            Self::InvalidHeader(name) => {
                write!(f, "header `{name}` has an invalid name or value")
            }
            Self::InvalidBody(method) => {
                write!(f, "a `{method}` request cannot have a body")
            }
            Self::Preflight(failure) => write!(f, "the response to the preflight {failure}"),
            Self::PreflightStatus(status) => {
                write!(
                    f,
                    "the response to the preflight has status {status}, not one from 200 to 299"
                )
            }
            Self::PreflightHeader(name) => {
                write!(
                    f,
                    "`{name}` of the response to the preflight is not a list of names"
                )
            }
            Self::MethodNotAllowed(method) => {
                write!(
                    f,
                    "the response to the preflight does not allow method `{method}`"
                )
            }
            Self::HeaderNotAllowed(name) => {
                write!(
                    f,
                    "the response to the preflight does not allow request header `{name}`"
                )
            }
            Self::Response(failure) => write!(f, "the response {failure}"),
            Self::Redirect(status) => write!(f, "the response is a redirect ({status})"),
            Self::InvalidRedirectLocation(place) => {
                write!(
                    f,
                    "the response is a redirect that is not followed, to `{place}`"
                )
            }
            Self::TooManyRedirects => f.write_str("there are more than twenty redirects"),
            Self::AfterRedirect { url, error } => {
                write!(f, "after a redirect to `{url}`, {error}")
            }
        }
    }
}

impl fmt::Display for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAllowOrigin => f.write_str("has no `Access-Control-Allow-Origin`"),
            Self::OriginMismatch(value) => {
                write!(
                    f,
                    "has `Access-Control-Allow-Origin: {value}`, which is not the page's origin"
                )
            }
            Self::NoCredentials => f.write_str("has no `Access-Control-Allow-Credentials: true`"),
        }
    }
}

impl core::error::Error for CheckFailure {}

impl core::error::Error for NetworkError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::AfterRedirect { error, .. } => Some(error),
            _ => None,
        }
    }
}
