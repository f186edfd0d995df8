//! Decisions about requests of the `http` crate.

use alloc::vec::Vec;
#[cfg(feature = "tower")]
use core::mem;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, Response, StatusCode, Uri};

use super::append;
use crate::decision::{Mirrored, Outcome, OwnedOutcome};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use crate::response;
use cors_origin::header::Header;

/// The decision of a policy about one request. It borrows nothing from the request.
#[derive(Debug, Clone)]
pub struct Decision {
    outcome: OwnedOutcome,
    echoed: Echoed,
}

/// Parts of the request that the response contains. Usually there are none, or only the origin.
/// Small, because decisions are moved together with response futures.
#[derive(Debug, Clone)]
enum Echoed {
    Nothing,
    Origin(HeaderValue),
    /// Under `MirrorRequest`.
    Lines(Lines),
}

type Lines = Vec<(HeaderName, HeaderValue)>;

impl Policy {
    /// Evaluates a request of the `http` crate, as [`evaluate`](Self::evaluate) does for bytes.
    #[must_use]
    pub fn evaluate_http<B>(&self, request: &::http::Request<B>) -> Decision {
        self.evaluate_parts(request.method(), request.uri(), request.headers())
    }

    /// Evaluates a request given as a method, a URL and a header map, for frameworks that do not use
    /// `http::Request`.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// use http::{HeaderMap, HeaderValue, Method, Uri};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("origin", HeaderValue::from_static("https://example.com"));
    /// let decision = API.evaluate_parts(&Method::GET, &Uri::from_static("/"), &headers);
    /// assert!(decision.immediate_status().is_none());
    /// ```
    #[must_use]
    #[inline(always)]
    pub fn evaluate_parts(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Decision {
        if !self.is_plain() {
            return self.evaluate_full(method, uri, headers);
        }
        let line = headers.get(header::ORIGIN);
        let origin = single_origin(line, headers);
        let outcome = self.decide_plain(kind(method, origin, headers), origin);
        Decision {
            outcome: OwnedOutcome::compiled(outcome),
            echoed: Echoed::new(&outcome, line, method, headers),
        }
    }

    /// Decides by any policy. A separate function, so that a plain policy does not pay for the others.
    #[inline(never)]
    fn evaluate_full(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Decision {
        let line = headers.get(header::ORIGIN);
        let origin = single_origin(line, headers);
        let outcome = self.decide_owned(kind(method, origin, headers), origin, || {
            CorsRequest::from_parts(method, uri, headers)
        });
        let echoed = Echoed::new(&outcome.get(), line, method, headers);
        Decision { outcome, echoed }
    }
}

/// Returns the `Origin` of a request, of which `line` is the first line.
#[inline]
fn single_origin<'r>(line: Option<&'r HeaderValue>, headers: &HeaderMap) -> SingleHeader<'r> {
    match line {
        None => SingleHeader::Absent,
        Some(_) if is_repeated(headers) => SingleHeader::Repeated,
        Some(line) => SingleHeader::Single(line.as_bytes()),
    }
}

#[inline]
fn kind(method: &Method, origin: SingleHeader<'_>, headers: &HeaderMap) -> RequestKind {
    RequestKind::classify(origin, || {
        *method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
    })
}

impl Echoed {
    #[inline]
    fn new(
        outcome: &Outcome<'_>,
        origin: Option<&HeaderValue>,
        method: &Method,
        headers: &HeaderMap,
    ) -> Self {
        match origin {
            _ if outcome.mirrors() != (false, false) => {
                Self::Lines(echoed_lines(*outcome, method, headers))
            }
            Some(origin) if outcome.echoes_origin() => Self::Origin(origin.clone()),
            _ => Self::Nothing,
        }
    }
}

impl Decision {
    /// Returns the kind of the request.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.outcome().kind
    }

    /// Returns whether the page that made the request may read the response, considering only its
    /// origin. Returns `false` for a request that is not CORS, unless the only rule is for `Any`.
    #[must_use]
    pub fn is_origin_allowed(&self) -> bool {
        self.outcome().rule.is_some()
    }

    /// Returns the status of the response to a preflight, or to a request that is
    /// [refused](Self::refusal). Respond with it, without calling the application. Returns `None` for all
    /// other requests.
    #[must_use]
    #[inline]
    pub fn immediate_status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.outcome().immediate_status()?).ok()
    }

    /// Returns whether the application is not called.
    #[cfg(feature = "tower")]
    #[inline]
    pub(crate) fn is_immediate(&self) -> bool {
        self.outcome().is_immediate()
    }

    /// Returns why `on_denied` or `allow_hosts` refuses the request. Returns `None` for requests that
    /// reach the application, and for denied preflights.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.outcome().refusal
    }

    /// Returns the outcome.
    #[inline]
    pub(crate) fn outcome(&self) -> Outcome<'_> {
        self.outcome.get()
    }

    /// Returns the whole response to a preflight, or to a request that is refused. The extensions of the
    /// latter contain the [`Refusal`]; you may add a body. Returns `None` for all other requests.
    ///
    /// If your body type does not implement `Default`, get a `Response<()>`, and map its body:
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// use http::{Request, Response};
    ///
    /// enum Body {
    ///     Empty,
    ///     Text(String),
    /// }
    ///
    /// fn serve(request: Request<()>) -> Response<Body> {
    ///     let cors = API.evaluate_http(&request);
    ///     if let Some(response) = cors.immediate_response() {
    ///         return response.map(|()| Body::Empty);
    ///     }
    ///     let mut response = Response::new(Body::Text("hello".to_owned()));
    ///     cors.apply_to(response.headers_mut());
    ///     response
    /// }
    ///
    /// let preflight = Request::options("/")
    ///     .header("origin", "https://example.com")
    ///     .header("access-control-request-method", "GET");
    /// let response = serve(preflight.body(()).unwrap());
    /// assert!(matches!(response.body(), Body::Empty));
    /// ```
    #[must_use]
    pub fn immediate_response<B: Default>(&self) -> Option<Response<B>> {
        let mut response = self.bare_response()?;
        self.apply_to(response.headers_mut());
        Some(response)
    }

    /// Returns the same response without headers.
    #[inline]
    pub(crate) fn bare_response<B: Default>(&self) -> Option<Response<B>> {
        let status = self.immediate_status()?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        if let Some(refusal) = self.refusal() {
            response.extensions_mut().insert(refusal);
        }
        Some(response)
    }

    /// Sets the CORS headers of a response, and removes those that the application has set. Adds
    /// missing names to `Vary`.
    #[inline]
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        apply(&self.outcome(), || self.echoed.clone(), headers);
    }

    /// Applies the decision like [`apply_to`](Self::apply_to), and consumes it.
    #[cfg(feature = "tower")]
    #[inline]
    pub(crate) fn apply_owned(&mut self, headers: &mut HeaderMap) {
        let take = || mem::replace(&mut self.echoed, Echoed::Nothing);
        apply(&self.outcome.get(), take, headers);
    }
}

/// Applies a decision. `echoed` is only called for an allowed request.
#[inline]
fn apply(outcome: &Outcome<'_>, echoed: impl FnOnce() -> Echoed, headers: &mut HeaderMap) {
    response::apply(headers, outcome, |headers| match echoed() {
        Echoed::Nothing => {}
        Echoed::Origin(origin) => append_origin(outcome, origin, headers),
        Echoed::Lines(lines) => append_lines(lines, headers),
    });
}

#[inline]
fn append_origin(outcome: &Outcome<'_>, origin: HeaderValue, headers: &mut HeaderMap) {
    if outcome.echoes_timing() {
        let name = const { HeaderName::from_static(Header::TimingAllowOrigin.name()) };
        append(headers, name, origin.clone());
    }
    append(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
}

/// Returns whether `Origin` has several lines. In most requests no header has, so no lookup is
/// needed.
#[inline]
fn is_repeated(headers: &HeaderMap) -> bool {
    headers.len() != headers.keys_len() && has_several_origins(headers)
}

#[cold]
fn has_several_origins(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().nth(1).is_some()
}

#[cold]
#[inline]
fn append_lines(lines: Lines, headers: &mut HeaderMap) {
    for (name, value) in lines {
        append(headers, name, value);
    }
}

/// The header lines of a response that come from a preflight under `MirrorRequest`.
#[cold]
fn echoed_lines(outcome: Outcome<'_>, method: &Method, headers: &HeaderMap) -> Lines {
    let mirrored = Mirrored::new(&CorsRequest::from_http(method, headers), &outcome);
    let mut lines = Lines::new();
    if outcome.echoes_origin()
        && let Some(origin) = headers.get(header::ORIGIN)
    {
        lines.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
    }
    let mut mirror = |name, value| {
        // Tokens are valid header values, so this drops nothing.
        if let Ok(value) = HeaderValue::from_bytes(value) {
            lines.push((name, value));
        }
    };
    if let Some(method) = mirrored.method {
        mirror(header::ACCESS_CONTROL_ALLOW_METHODS, method);
    }
    for line in mirrored.header_lines() {
        mirror(header::ACCESS_CONTROL_ALLOW_HEADERS, line);
    }
    lines
}
