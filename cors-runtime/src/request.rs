//! The parts of a request that matter for CORS.

use crate::header_lines::HeaderLines;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
use crate::header_lines::HeaderSource;
use cors_origin::header as name;

/// The parts of a request that matter for CORS: its method, and three of its headers. Policies with
/// `on_denied` or `allow_hosts` also consult the authority of the request, `Sec-Fetch-Site`,
/// `Sec-Fetch-Mode` and `Upgrade`.
///
/// Values can be any bytes, and never cause a panic.
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
    context: Context<'r>,
}

/// The parts that only matter for `on_denied` and `allow_hosts`. Small, because requests are moved for
/// each header.
#[derive(Debug, Clone, Copy)]
struct Context<'r> {
    authority: &'r [u8],
    authority_source: AuthoritySource,
    fetch_site: FetchSite,
    fetch_mode: FetchMode,
    /// Whether `Upgrade` contains `websocket`.
    upgrades_to_websocket: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AuthoritySource {
    Absent,
    Host,
    RepeatedHost,
    /// The request target, which overrides `Host`.
    Target,
}

/// `Sec-Fetch-Site`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FetchSite {
    Absent,
    Empty,
    /// `same-origin`, or `none`: the user has entered the URL.
    SameOrigin,
    /// Another value, or several.
    Other,
}

/// `Sec-Fetch-Mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FetchMode {
    Absent,
    Navigate,
    /// Another value, or several.
    Other,
}

impl<'r> Context<'r> {
    const EMPTY: Self = Self {
        authority: b"",
        authority_source: AuthoritySource::Absent,
        fetch_site: FetchSite::Absent,
        fetch_mode: FetchMode::Absent,
        upgrades_to_websocket: false,
    };

    fn set_target(&mut self, authority: &'r [u8]) {
        self.authority = authority;
        self.authority_source = AuthoritySource::Target;
    }

    fn add_host(&mut self, value: &'r [u8]) {
        match self.authority_source {
            AuthoritySource::Absent => {
                self.authority = value;
                self.authority_source = AuthoritySource::Host;
            }
            AuthoritySource::Host => self.authority_source = AuthoritySource::RepeatedHost,
            AuthoritySource::RepeatedHost | AuthoritySource::Target => {}
        }
    }

    fn add_fetch_site(&mut self, value: &[u8]) {
        self.fetch_site = match (self.fetch_site, value) {
            (FetchSite::Absent, b"") => FetchSite::Empty,
            (FetchSite::Absent, b"same-origin" | b"none") => FetchSite::SameOrigin,
            _ => FetchSite::Other,
        };
    }

    fn add_fetch_mode(&mut self, value: &[u8]) {
        self.fetch_mode = match (self.fetch_mode, value) {
            (FetchMode::Absent, b"navigate") => FetchMode::Navigate,
            _ => FetchMode::Other,
        };
    }

    fn add_upgrade(&mut self, value: &[u8]) {
        self.upgrades_to_websocket |= names_websocket(value);
    }
}

/// Returns whether a line of `Upgrade` contains the
/// [protocol](https://www.rfc-editor.org/rfc/rfc9110#section-7.8) `websocket`, with or without a
/// version.
fn names_websocket(line: &[u8]) -> bool {
    line.split(|byte| *byte == b',').any(|protocol| {
        let mut parts = protocol.trim_ascii().split(|byte| *byte == b'/');
        parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(b"websocket"))
    })
}

/// The kind of a request in the [CORS protocol](https://fetch.spec.whatwg.org/#http-requests).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// There is no `Origin`: not a CORS request.
    NotCors,
    /// `OPTIONS` with `Origin` and `Access-Control-Request-Method`: a
    /// [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
    Preflight,
    /// Any other [CORS request](https://fetch.spec.whatwg.org/#cors-request). This includes
    /// same-origin requests that have an `Origin`: browsers send it with all methods except `GET` and `HEAD`.
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

    pub(crate) fn is_present(self) -> bool {
        !matches!(self, Self::Absent)
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
            request_headers: HeaderLines::Missing,
            context: Context::EMPTY,
        }
    }

    /// Sets the authority of the request target: `:authority` in HTTP/2, or that of an absolute URL
    /// in the request line. It overrides `Host`, as [the standard
    /// requires](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2).
    #[must_use]
    pub fn with_authority(mut self, authority: &'r (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.context.set_target(authority.as_ref());
        self
    }

    /// Adds a header line, if it matters for CORS. Call it for every line of the request, in order.
    /// Names are compared case-insensitively.
    ///
    /// A request holds up to eight lines of `Access-Control-Request-Headers`. If there may be more,
    /// first [join them](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) with commas.
    #[must_use]
    #[inline]
    pub fn with_header(
        mut self,
        name: impl AsRef<[u8]>,
        value: &'r (impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        self.add(name.as_ref(), value.as_ref());
        self
    }

    /// Adds header lines, as [`with_header`](Self::with_header) does for each.
    ///
    /// ```
    /// use cors_runtime::{CorsRequest, RequestKind};
    ///
    /// let lines = vec![("accept", "*/*"), ("origin", "https://example.com")];
    /// let request = CorsRequest::new("GET").with_headers(lines);
    /// assert_eq!(request.kind(), RequestKind::Actual);
    /// ```
    #[must_use]
    pub fn with_headers<N, V>(mut self, lines: impl IntoIterator<Item = (N, &'r V)>) -> Self
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]> + ?Sized + 'r,
    {
        for (name, value) in lines {
            self.add(name.as_ref(), value.as_ref());
        }
        self
    }

    /// Adds a header line in place. Most lines have a name of a different length, or with a different last byte,
    /// and most names are in lower case.
    fn add(&mut self, header: &[u8], value: &'r [u8]) {
        const ORIGIN: usize = name::ORIGIN.len();
        const REQUEST_METHOD: usize = name::REQUEST_METHOD.len();
        const REQUEST_HEADERS: usize = name::REQUEST_HEADERS.len();
        const HOST: usize = name::HOST.len();
        const AUTHORITY: usize = name::AUTHORITY.len();
        const SEC_FETCH: usize = name::SEC_FETCH_SITE.len();
        const UPGRADE: usize = name::UPGRADE.len();
        // Set in lower case only, if it is a letter.
        const CASE_BIT: u8 = 0x20;
        let is = |name: &str| {
            let name = name.as_bytes();
            let has_last = |last: &u8| header.last().is_some_and(|byte| byte | CASE_BIT == *last);
            name.last().is_some_and(has_last)
                && (header == name || header.eq_ignore_ascii_case(name))
        };
        match header.len() {
            ORIGIN if is(name::ORIGIN) => self.origin = self.origin.add(value),
            REQUEST_METHOD if is(name::REQUEST_METHOD) => {
                self.request_method = self.request_method.add(value);
            }
            REQUEST_HEADERS if is(name::REQUEST_HEADERS) => {
                self.request_headers.add(value);
            }
            HOST if is(name::HOST) => self.context.add_host(value),
            AUTHORITY if is(name::AUTHORITY) => self.context.set_target(value),
            SEC_FETCH if is(name::SEC_FETCH_SITE) => self.context.add_fetch_site(value),
            SEC_FETCH if is(name::SEC_FETCH_MODE) => self.context.add_fetch_mode(value),
            UPGRADE if is(name::UPGRADE) => self.context.add_upgrade(value),
            _ => {}
        }
    }

    /// Creates the request of a framework that looks up headers by name. `names` are the
    /// framework's names of `Origin` and `Access-Control-Request-Method`; `lines` returns the values
    /// of one of them, and `headers` those of `Access-Control-Request-Headers`.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    pub(crate) fn from_lookup<N, L>(
        method: &'r [u8],
        names: [N; 2],
        lines: impl Fn(N) -> L,
        headers: &'r dyn HeaderSource,
    ) -> Self
    where
        L: Iterator<Item = &'r [u8]>,
    {
        let [origin, request_method] = names;
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
            request_headers: HeaderLines::Stored(headers),
            ..request
        }
    }

    /// Adds the parts that matter for `on_denied` and `allow_hosts`, from a framework that looks up
    /// headers by name. `target` is the authority of the request target, and `lines` returns the
    /// values of a header.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    #[cold]
    pub(crate) fn with_context<L>(
        mut self,
        target: Option<&'r [u8]>,
        lines: impl Fn(&'static str) -> L,
    ) -> Self
    where
        L: Iterator<Item = &'r [u8]>,
    {
        for line in lines(name::HOST) {
            self.context.add_host(line);
        }
        for line in lines(name::SEC_FETCH_SITE) {
            self.context.add_fetch_site(line);
        }
        for line in lines(name::SEC_FETCH_MODE) {
            self.context.add_fetch_mode(line);
        }
        for line in lines(name::UPGRADE) {
            self.context.add_upgrade(line);
        }
        if let Some(target) = target {
            self.context.set_target(target);
        }
        self
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

    /// Returns the authority of the request target, or otherwise the value of `Host`, unless there
    /// are several.
    pub(crate) fn authority(&self) -> Option<&'r [u8]> {
        match self.context.authority_source {
            AuthoritySource::Host | AuthoritySource::Target => Some(self.context.authority),
            AuthoritySource::Absent | AuthoritySource::RepeatedHost => None,
        }
    }

    /// Returns whether `Sec-Fetch-Site` is `same-origin` or `none`. Returns `None` if it is missing or
    /// empty. If there are several, it is neither.
    pub(crate) fn is_same_origin(&self) -> Option<bool> {
        match self.context.fetch_site {
            FetchSite::Absent | FetchSite::Empty => None,
            FetchSite::SameOrigin => Some(true),
            FetchSite::Other => Some(false),
        }
    }

    /// Returns whether a window or a frame
    /// [navigates](https://fetch.spec.whatwg.org/#concept-request-mode) to the URL.
    pub(crate) fn is_navigation(&self) -> bool {
        self.context.fetch_mode == FetchMode::Navigate
    }

    /// Returns whether the request may change something: it has a method other than `GET`, `HEAD`
    /// and `OPTIONS`, or is a WebSocket handshake.
    pub(crate) fn is_write(&self) -> bool {
        !matches!(self.method, b"GET" | b"HEAD" | b"OPTIONS") || self.is_handshake()
    }

    /// Returns whether the request opens a WebSocket or another connection: [`Upgrade:
    /// websocket`](https://www.rfc-editor.org/rfc/rfc6455#section-4.1), or `CONNECT`, which opens
    /// one [in HTTP/2](https://www.rfc-editor.org/rfc/rfc8441#section-4).
    pub(crate) fn is_handshake(&self) -> bool {
        self.context.upgrades_to_websocket || self.method == b"CONNECT"
    }
}
