//! What a request can be denied for.

use core::fmt;

use super::display::Shown;

/// The first thing that the browser fails a request for.
///
/// What is quoted are bytes of the request, which may be anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial<'r> {
    /// There is no `Origin`. Requests of the same origin and those of clients other than browsers
    /// have none; neither asks for permission, so nothing is wrong.
    NoOrigin,
    /// There are several `Origin` lines; browsers send
    /// [one](https://fetch.spec.whatwg.org/#origin-header).
    RepeatedOrigin,
    /// The value of `Origin` is no
    /// [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin),
    /// so no browser sent it.
    MalformedOrigin(&'r [u8]),
    /// No rule is for this origin.
    OriginNotAllowed(&'r [u8]),
    /// There are several `Access-Control-Request-Method` lines; browsers send
    /// [one](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0).
    RepeatedMethod,
    /// The value of `Access-Control-Request-Method` is no
    /// [method](https://fetch.spec.whatwg.org/#concept-method), so no browser sent it.
    MalformedMethod(&'r [u8]),
    /// The rule does not allow this method, which needs permission. Methods are
    /// [case-sensitive](https://fetch.spec.whatwg.org/#methods).
    MethodNotAllowed(&'r [u8]),
    /// An element of `Access-Control-Request-Headers` is no
    /// [name of a header](https://fetch.spec.whatwg.org/#header-name), so no browser sent it.
    MalformedHeader(&'r [u8]),
    /// The rule does not allow this request header. `*` does not cover
    /// [`Authorization`](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    HeaderNotAllowed(&'r [u8]),
    /// `Access-Control-Request-Headers` has more than 4096 bytes, of which the first are allowed, or
    /// more than four lines, of which none is looked at. Nothing is known of the rest.
    TooManyHeaders,
}

impl Denial<'_> {
    /// Whether it is the origin that is denied, so that the response has no CORS headers at all.
    #[must_use]
    pub fn concerns_origin(&self) -> bool {
        matches!(
            self,
            Self::NoOrigin
                | Self::RepeatedOrigin
                | Self::MalformedOrigin(_)
                | Self::OriginNotAllowed(_)
        )
    }
}

impl fmt::Debug for Denial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, quoted) = match self {
            Self::NoOrigin => ("NoOrigin", None),
            Self::RepeatedOrigin => ("RepeatedOrigin", None),
            Self::MalformedOrigin(origin) => ("MalformedOrigin", Some(origin)),
            Self::OriginNotAllowed(origin) => ("OriginNotAllowed", Some(origin)),
            Self::RepeatedMethod => ("RepeatedMethod", None),
            Self::MalformedMethod(method) => ("MalformedMethod", Some(method)),
            Self::MethodNotAllowed(method) => ("MethodNotAllowed", Some(method)),
            Self::MalformedHeader(name) => ("MalformedHeader", Some(name)),
            Self::HeaderNotAllowed(name) => ("HeaderNotAllowed", Some(name)),
            Self::TooManyHeaders => ("TooManyHeaders", None),
        };
        match quoted {
            None => f.write_str(name),
            Some(bytes) => write!(f, "{name}(\"{}\")", Shown(bytes)),
        }
    }
}
