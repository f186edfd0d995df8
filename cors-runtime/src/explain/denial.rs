//! Reasons for denying a request.

use core::fmt;

use super::display::Shown;

/// A reason why a request is denied, or refused by `on_denied` or `allow_hosts`.
///
/// The fields of the variants are bytes of the request, and can have any value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Denial<'r> {
    /// There is no `Origin`. Browsers omit it from `GET` and `HEAD` requests without CORS, such as
    /// same-origin requests, links and images. Most other clients never send it.
    NoOrigin,
    /// There are several `Origin` lines; browsers send
    /// [one](https://fetch.spec.whatwg.org/#origin-header).
    RepeatedOrigin,
    /// The value of `Origin` is not a [serialized
    /// origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin),
    /// so it does not come from a browser.
    MalformedOrigin(&'r [u8]),
    /// No rule allows this origin.
    OriginNotAllowed(&'r [u8]),
    /// `allow_hosts` refuses the request, because it does not list this host. `None` if the request has no
    /// host, or several.
    HostNotAllowed(Option<&'r [u8]>),
    /// `on_denied` refuses the request, because the page that sent it may not use this method or open a
    /// WebSocket.
    WriteRefused(&'r [u8]),
    /// `on_denied = Refuse` refuses the request, because the page that sent it is not allowed, or is unknown: the
    /// request is cross-origin and has no `Origin`.
    ReadRefused,
    /// There are several `Access-Control-Request-Method` lines; browsers send
    /// [one](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0).
    RepeatedMethod,
    /// The value of `Access-Control-Request-Method` is not a
    /// [method](https://fetch.spec.whatwg.org/#concept-method), so it does not come from a browser.
    MalformedMethod(&'r [u8]),
    /// The rule does not allow this method. Methods are
    /// [case-sensitive](https://fetch.spec.whatwg.org/#methods).
    MethodNotAllowed(&'r [u8]),
    /// An element of `Access-Control-Request-Headers` is not a [header
    /// name](https://fetch.spec.whatwg.org/#header-name), so it does not come from a browser.
    MalformedHeader(&'r [u8]),
    /// The rule does not allow this request header. `*` does not cover
    /// [`Authorization`](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
    HeaderNotAllowed(&'r [u8]),
    /// `Access-Control-Request-Headers` has more than the 4096 bytes that `MirrorRequest` sends back,
    /// or more lines than [`CorsRequest::with_header`](crate::CorsRequest::with_header) holds.
    TooManyHeaders,
}

impl Denial<'_> {
    /// Returns whether the origin is denied, in which case the response has no CORS headers.
    #[must_use]
    #[inline]
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
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, quoted) = match self {
            Self::NoOrigin => ("NoOrigin", None),
            Self::RepeatedOrigin => ("RepeatedOrigin", None),
            Self::MalformedOrigin(origin) => ("MalformedOrigin", Some(origin)),
            Self::OriginNotAllowed(origin) => ("OriginNotAllowed", Some(origin)),
            Self::HostNotAllowed(host) => ("HostNotAllowed", host.as_ref()),
            Self::WriteRefused(method) => ("WriteRefused", Some(method)),
            Self::ReadRefused => ("ReadRefused", None),
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
