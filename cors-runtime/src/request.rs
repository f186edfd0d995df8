//! The parts of a request that matter for CORS.

use cors_origin::header as name;

/// The parts of a request that matter for CORS: its method, and three of its headers.
///
/// Values can be any bytes. If no browser would send them, they are never allowed, and never cause
/// a panic.
///
/// ```
/// use cors_runtime::{CorsRequest, RequestKind};
///
/// let request = CorsRequest::new("OPTIONS")
///     .with_header("Origin", "https://example.com")
///     .with_header("Access-Control-Request-Method", "PUT");
/// assert_eq!(request.kind(), RequestKind::Preflight);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct CorsRequest<'r> {
    method: &'r [u8],
    origin: SingleHeader<'r>,
    request_method: SingleHeader<'r>,
    request_headers: HeaderLines<'r>,
}

/// The kind of a request in the [CORS protocol](https://fetch.spec.whatwg.org/#http-requests).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// There is no `Origin`: not a CORS request.
    NotCors,
    /// `OPTIONS` with `Origin` and `Access-Control-Request-Method`: a
    /// [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
    Preflight,
    /// Any other [CORS request](https://fetch.spec.whatwg.org/#cors-request). Browsers also send
    /// `Origin` with same-origin requests, except for `GET` and `HEAD`; a server cannot distinguish
    /// them.
    Actual,
}

/// The method of [preflights](https://fetch.spec.whatwg.org/#cors-preflight-request).
const OPTIONS: &[u8] = b"OPTIONS";

/// A header that should have at most one value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SingleHeader<'r> {
    Absent,
    Single(&'r [u8]),
    /// Sent more than once. Browsers never do that, so it counts as invalid.
    Repeated,
}

impl RequestKind {
    /// Classifies a request. `asks_for_method` is true for `OPTIONS` with
    /// `Access-Control-Request-Method`.
    pub(crate) fn classify(
        origin: SingleHeader<'_>,
        asks_for_method: impl FnOnce() -> bool,
    ) -> Self {
        if !origin.is_present() {
            Self::NotCors
        } else if asks_for_method() {
            Self::Preflight
        } else {
            Self::Actual
        }
    }
}

impl<'r> SingleHeader<'r> {
    fn add(self, value: &'r [u8]) -> Self {
        match self {
            Self::Absent => Self::Single(value),
            Self::Single(_) | Self::Repeated => Self::Repeated,
        }
    }

    #[inline]
    pub(crate) fn single(self) -> Option<&'r [u8]> {
        match self {
            Self::Single(value) => Some(value),
            Self::Absent | Self::Repeated => None,
        }
    }

    fn is_present(self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// A header that may have several lines, like [any
/// list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3).
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeaderLines<'r> {
    lines: [&'r [u8]; MAX_HEADER_LINES],
    count: usize,
}

/// Maximum number of lines that are considered: browsers send one, and some gateways split it.
pub(crate) const MAX_HEADER_LINES: usize = 4;

impl<'r> HeaderLines<'r> {
    pub(crate) const EMPTY: Self = Self {
        lines: [b""; MAX_HEADER_LINES],
        count: 0,
    };

    fn add(mut self, value: &'r [u8]) -> Self {
        if let Some(line) = self.lines.get_mut(self.count) {
            *line = value;
        }
        self.count = self.count.saturating_add(1);
        self
    }

    /// Returns whether there are too many lines.
    pub(crate) fn overflowed(&self) -> bool {
        self.count > MAX_HEADER_LINES
    }

    /// Returns the lines; none if there are too many.
    pub(crate) fn as_slice(&self) -> &[&'r [u8]] {
        self.lines.get(..self.count).unwrap_or_default()
    }
}

impl<'r> CorsRequest<'r> {
    /// Creates a request with a method and without headers. Methods are case-sensitive.
    #[must_use]
    pub fn new(method: &'r (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self {
            method: method.as_ref(),
            origin: SingleHeader::Absent,
            request_method: SingleHeader::Absent,
            request_headers: HeaderLines::EMPTY,
        }
    }

    /// Adds a header line, if it matters for CORS. Call it for every line of the request, in order.
    /// Names are compared case-insensitively.
    #[must_use]
    pub fn with_header(
        self,
        name: impl AsRef<[u8]>,
        value: &'r (impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        let (header, value) = (name.as_ref(), value.as_ref());
        if header.eq_ignore_ascii_case(name::ORIGIN.as_bytes()) {
            Self {
                origin: self.origin.add(value),
                ..self
            }
        } else if header.eq_ignore_ascii_case(name::REQUEST_METHOD.as_bytes()) {
            Self {
                request_method: self.request_method.add(value),
                ..self
            }
        } else if header.eq_ignore_ascii_case(name::REQUEST_HEADERS.as_bytes()) {
            Self {
                request_headers: self.request_headers.add(value),
                ..self
            }
        } else {
            self
        }
    }

    /// Creates the request of a framework that looks up headers by name. `names` are the
    /// framework's names of `Origin`, `Access-Control-Request-Method` and
    /// `Access-Control-Request-Headers`; `lines` returns the values of one of them.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    pub(crate) fn from_lookup<N, L>(method: &'r [u8], names: [N; 3], lines: impl Fn(N) -> L) -> Self
    where
        L: Iterator<Item = &'r [u8]>,
    {
        let [origin, request_method, request_headers] = names;
        let request = Self {
            origin: lines(origin).fold(SingleHeader::Absent, SingleHeader::add),
            ..Self::new(method)
        };
        // Only preflights have the other headers.
        if method != OPTIONS {
            return request;
        }
        Self {
            request_method: lines(request_method).fold(SingleHeader::Absent, SingleHeader::add),
            request_headers: lines(request_headers).fold(HeaderLines::EMPTY, HeaderLines::add),
            ..request
        }
    }

    /// Returns the kind of the request.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        RequestKind::classify(self.origin, || {
            self.method == OPTIONS && self.request_method.is_present()
        })
    }

    pub(crate) fn method(&self) -> &'r [u8] {
        self.method
    }

    /// Returns the value of `Access-Control-Request-Method`, unless there are none or several.
    pub(crate) fn single_request_method(&self) -> Option<&'r [u8]> {
        self.request_method.single()
    }

    pub(crate) fn request_headers(&self) -> HeaderLines<'r> {
        self.request_headers
    }

    pub(crate) fn origin(&self) -> SingleHeader<'r> {
        self.origin
    }
}
