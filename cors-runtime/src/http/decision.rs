//! Decisions about requests of the `http` crate.

use alloc::boxed::Box;
#[cfg(feature = "config")]
use alloc::sync::Arc;
use core::mem;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, Response, StatusCode, Uri};

use super::append;
use crate::decision::{Mirrored, Outcome};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use crate::response;
#[cfg(feature = "config")]
use crate::rule::Rule;
use cors_origin::header::Header;

/// The decision of a policy about one request. It borrows nothing from the request.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Without the rule, if that was loaded.
    outcome: Outcome<'static>,
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
    /// The mirrored headers, and the rule of a policy that was loaded.
    #[cfg(feature = "config")]
    Loaded(Arc<Rule>, Option<HeaderValue>, Lines),
}

type Lines = Box<[(HeaderName, HeaderValue)]>;

impl Policy {
    /// Decides about a request, as [`evaluate`](Self::evaluate) does.
    #[must_use]
    pub fn evaluate_http<B>(&self, request: &::http::Request<B>) -> Decision {
        self.evaluate_parts(request.method(), request.uri(), request.headers())
    }

    /// Decides about the method, the URL and the headers of a request, for frameworks with their own request
    /// types around those of the `http` crate.
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
    #[inline]
    pub fn evaluate_parts(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Decision {
        let line = headers.get(header::ORIGIN);
        let origin = match line {
            None => SingleHeader::Absent,
            Some(_) if is_repeated(headers) => SingleHeader::Repeated,
            Some(line) => SingleHeader::Single(line.as_bytes()),
        };
        let kind = RequestKind::classify(origin, || {
            *method == Method::OPTIONS
                && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        });
        #[cfg(feature = "config")]
        if let Some(loaded) = self.loaded() {
            let request = || CorsRequest::from_parts(method, uri, headers);
            return Decision::loaded(self, loaded.decide(kind, origin), request, headers);
        }
        let mut outcome = self.decide_compiled(kind, origin);
        if self.is_guarded() {
            outcome = self.guard(outcome, &CorsRequest::from_parts(method, uri, headers));
        }
        let echoed = match line {
            _ if outcome.mirrors() != (false, false) => {
                let request = CorsRequest::from_parts(method, uri, headers);
                Echoed::Lines(echoed_lines(&outcome, &request, headers))
            }
            Some(origin) if outcome.echoes_origin() => Echoed::Origin(origin.clone()),
            _ => Echoed::Nothing,
        };
        Decision { outcome, echoed }
    }
}

impl Decision {
    /// Returns the kind of the request.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.outcome.kind
    }

    /// Returns whether the page that made the request may read the response, considering only its
    /// origin, as [`Decision::is_origin_allowed`](crate::Decision::is_origin_allowed) does.
    #[must_use]
    pub fn is_origin_allowed(&self) -> bool {
        self.outcome().rule.is_some()
    }

    /// Returns the status of the response to a preflight, or to a request that is
    /// [refused](Self::refusal), which must not reach the application. Returns `None` for all other
    /// requests.
    #[must_use]
    #[inline]
    pub fn immediate_status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.outcome.immediate_status?).ok()
    }

    /// Returns why `on_denied` or `allow_hosts` refuse the request. Returns `None` for requests that
    /// reach the application, and for denied preflights.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.outcome.refusal
    }

    /// Returns the outcome.
    #[inline]
    pub(crate) fn outcome(&self) -> Outcome<'_> {
        #[cfg(feature = "config")]
        if let Echoed::Loaded(rule, ..) = &self.echoed {
            return self.outcome.with_rule(rule);
        }
        self.outcome
    }

    /// Returns the whole response to a preflight, or to a request that is refused. The extensions of the
    /// latter contain the [`Refusal`]; you may add a body. Returns `None` for all other requests.
    ///
    /// For a body without `Default`, map the response without a body:
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
    ///     let mut response = Response::new(Body::Text("what the application says".to_owned()));
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
        let mut response = Response::new(B::default());
        *response.status_mut() = self.immediate_status()?;
        if let Some(refusal) = self.refusal() {
            response.extensions_mut().insert(refusal);
        }
        Some(response)
    }

    /// Sets the CORS headers of a response, and removes those that the application has set. Adds
    /// missing names to `Vary`.
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        self.clone().apply_owned(headers);
    }

    /// Applies the decision like [`apply_to`](Self::apply_to), and consumes it.
    #[inline]
    pub(crate) fn apply_owned(&mut self, headers: &mut HeaderMap) {
        let echoed = mem::replace(&mut self.echoed, Echoed::Nothing);
        #[cfg(feature = "config")]
        if let Echoed::Loaded(rule, origin, lines) = echoed {
            return self.apply_loaded(&rule, origin, lines, headers);
        }
        response::apply(headers, &self.outcome, |headers| match echoed {
            Echoed::Nothing => {}
            Echoed::Origin(origin) => {
                if self.outcome.echoes_timing() {
                    append(
                        headers,
                        HeaderName::from_static(Header::TimingAllowOrigin.name()),
                        origin.clone(),
                    );
                }
                append(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            Echoed::Lines(lines) => append_lines(lines, headers),
            #[cfg(feature = "config")]
            Echoed::Loaded(..) => {}
        });
    }

    #[cfg(feature = "config")]
    #[cold]
    #[inline(never)]
    fn loaded<'r>(
        policy: &Policy,
        (outcome, rule): (Outcome<'_>, Option<&Arc<Rule>>),
        // Reading all headers takes longer than the decision, and most policies need one of them.
        request: impl Fn() -> CorsRequest<'r>,
        headers: &HeaderMap,
    ) -> Self {
        let outcome = match policy.is_guarded() {
            true => policy.guard(outcome, &request()),
            false => outcome,
        };
        let rule = rule.filter(|_| outcome.rule.is_some());
        Self {
            outcome: outcome.without_rule(),
            echoed: match rule {
                None => Echoed::Nothing,
                Some(rule) if outcome.mirrors() != (false, false) => {
                    let lines = echoed_lines(&outcome, &request(), headers);
                    Echoed::Loaded(Arc::clone(rule), None, lines)
                }
                Some(rule) => {
                    let origin = headers.get(header::ORIGIN);
                    let origin = origin.filter(|_| outcome.echoes_origin()).cloned();
                    Echoed::Loaded(Arc::clone(rule), origin, Lines::default())
                }
            },
        }
    }

    #[cfg(feature = "config")]
    #[cold]
    #[inline(never)]
    fn apply_loaded(
        &self,
        rule: &Rule,
        origin: Option<HeaderValue>,
        lines: Lines,
        headers: &mut HeaderMap,
    ) {
        let outcome = self.outcome.with_rule(rule);
        response::apply(headers, &outcome, |headers| {
            if let Some(origin) = origin {
                if outcome.echoes_timing() {
                    append(
                        headers,
                        HeaderName::from_static(Header::TimingAllowOrigin.name()),
                        origin.clone(),
                    );
                }
                append(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            append_lines(lines, headers);
        });
    }
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
fn append_lines(lines: Lines, headers: &mut HeaderMap) {
    for (name, value) in lines {
        append(headers, name, value);
    }
}

/// The header lines of a response that come from a preflight under `MirrorRequest`.
#[cold]
fn echoed_lines(outcome: &Outcome<'_>, request: &CorsRequest<'_>, headers: &HeaderMap) -> Lines {
    let mirrored = Mirrored::new(request, outcome);
    let origin = outcome
        .echoes_origin()
        .then(|| headers.get(header::ORIGIN))
        .flatten()
        .map(|origin| (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
    let method = mirrored
        .method
        .map(|method| (header::ACCESS_CONTROL_ALLOW_METHODS, method));
    let lines = mirrored.header_lines();
    let lines = lines.map(|line| (header::ACCESS_CONTROL_ALLOW_HEADERS, line));
    let mirrored = method
        .into_iter()
        .chain(lines)
        // Tokens are valid header values, so this drops nothing.
        .filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(value).ok()?)));
    origin.into_iter().chain(mirrored).collect()
}
