//! Why a fetch fails.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// Why a fetch fails: the check that says no. Scripts see a `TypeError` and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkError {
    /// The page asks for what is no method, or a
    /// [forbidden](https://fetch.spec.whatwg.org/#forbidden-method) one. Nothing is sent.
    InvalidMethod(String),
    /// The page sets a header that has no valid name or value. Nothing is sent.
    /// <https://fetch.spec.whatwg.org/#headers-validate>
    InvalidHeader(String),
    /// The page gives a body to a request of this method, which has none. Nothing is sent.
    InvalidBody(String),
    /// The response to the preflight fails the
    /// [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
    Preflight(CheckFailure),
    /// The response to the preflight has no [ok status](https://fetch.spec.whatwg.org/#ok-status).
    PreflightStatus(u16),
    /// A header of the response to the preflight is no list of names: this one.
    PreflightHeader(&'static str),
    /// The response to the preflight does not allow this method.
    MethodNotAllowed(String),
    /// The response to the preflight does not allow this request header, whose name is in lower
    /// case.
    HeaderNotAllowed(String),
    /// The response fails the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check). The
    /// application has done what it was asked to.
    Response(CheckFailure),
    /// The response is a redirect with this status, and is not followed.
    Redirect(u16),
    /// A redirect leads to this place, escaped, where browsers do not follow it: it is no `http` or
    /// `https` URL, has a user in it, or is given more than once.
    InvalidRedirectLocation(String),
    /// There are more than twenty redirects.
    TooManyRedirects,
    /// What redirects led to fails: the request to `url`, or its preflight.
    AfterRedirect {
        /// The URL that the last redirect led to.
        url: String,
        /// Why the request to it fails.
        error: Box<Self>,
    },
}

/// What the [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check) says no to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckFailure {
    /// There is no `Access-Control-Allow-Origin`.
    NoAllowOrigin,
    /// `Access-Control-Allow-Origin` is another value than the origin of the page, or `*` with
    /// credentials: this one, escaped; several values are joined by commas.
    OriginMismatch(String),
    /// The request is with credentials, and `Access-Control-Allow-Credentials` is not `true`.
    NoCredentials,
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidMethod(method) => {
                write!(f, "`{method}` is no method that pages may use")
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
                    "`{name}` of the response to the preflight is no list of names"
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
