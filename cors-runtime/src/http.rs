//! Policies for the types of the `http` crate, 1.x: [`Policy::answer`].
//!
//! For services that are built on tower, [`tower`](crate::tower) has a layer that does all of this.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::{Request, Response};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! fn serve(request: Request<()>) -> Response<String> {
//!     let cors = API.answer(&request);
//!     if let Some(response) = cors.preflight_response() {
//!         return response;
//!     }
//!     let mut response = Response::new("what the application says".to_owned());
//!     cors.apply_to(response.headers_mut());
//!     response
//! }
//!
//! let request = Request::get("/").header("origin", "https://example.com").body(()).unwrap();
//! let response = serve(request);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
//! assert_eq!(response.headers()["vary"], "Origin");
//! ```
//!
//! # Where it goes
//!
//! **Before everything that may answer, and after everything that has.** A preflight has no
//! credentials and no body, so what asks for credentials or limits rates comes after
//! [`preflight_response`](Answer::preflight_response). And only a response that has been through
//! [`apply_to`](Answer::apply_to) can be read by a page: errors go through it, also those that are
//! made for a handler that failed or took too long. An [`Answer`] borrows nothing, and is kept until
//! there is a response.
//!
//! # Why a preflight is 404 or 405
//!
//! Something else has answered it. A preflight is `OPTIONS`, for which a path has no route as a rule,
//! so that a router says 404 or 405 unless the policy is asked before. What runs once a route is
//! found, a handler or what is around it, may never see a preflight: the policy belongs around the
//! router. That is the service itself in hyper, the whole `Route` in poem, a hoop of the `Service` in
//! Salvo, not of a `Router`, and `request_filter` in pingora.
//!
//! # Different policies for different paths
//!
//! A policy is a `static`, so a function may choose one, before anything is routed: a preflight has
//! the path of the request that it is for, and must be answered by the same policy.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::Request;
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//! static PUBLIC: Policy = cors_policy!(allow_origins = Any);
//!
//! fn policy_for(path: &str) -> &'static Policy {
//!     match path.split('/').nth(1) {
//!         Some("public") => &PUBLIC,
//!         _ => &API,
//!     }
//! }
//!
//! let allows = |path: &str| {
//!     let request = Request::get(path).header("origin", "https://a.example").body(()).unwrap();
//!     policy_for(request.uri().path()).answer(&request).is_allowed()
//! };
//! assert!(allows("/public/items"));
//! assert!(!allows("/publicity") && !allows("/items"));
//! ```
//!
//! A router may read a path in another way, percent-decoded or with an empty segment left out. The
//! strict policy therefore belongs to `_`: a spelling that the `match` does not know gets that one.
//!
//! The page [`frameworks`](crate::guide::frameworks) has the whole of it, and the repository an example
//! for each of hyper, poem, Salvo and pingora.

use alloc::boxed::Box;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, Response, StatusCode};

use crate::mirror::Mirror;
use crate::policy::Policy;
use crate::request::{Field, Kind, Request};
use crate::vary;
use crate::verdict::Verdict;

/// What a policy says about one request; it borrows nothing of the request.
#[derive(Debug, Clone)]
pub struct Answer {
    verdict: Verdict,
    sent_back: SentBack,
}

/// What a response takes from the request. Most take nothing, or the origin alone: small, since
/// answers are moved along with responses that are waited for.
#[derive(Debug, Clone)]
enum SentBack {
    Nothing,
    Origin(HeaderValue),
    /// Under `MirrorRequest`.
    Lines(Lines),
}

type Lines = Box<[(HeaderName, HeaderValue)]>;

impl Policy {
    /// Decides about a request, as [`evaluate`](Self::evaluate) does.
    #[must_use]
    pub fn answer<B>(&self, request: &::http::Request<B>) -> Answer {
        self.answer_parts(request.method(), request.headers())
    }

    /// The same for frameworks that have request types of their own around those of the `http`
    /// crate.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// use http::{HeaderMap, HeaderValue, Method};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("origin", HeaderValue::from_static("https://example.com"));
    /// assert!(API.answer_parts(&Method::GET, &headers).preflight_status().is_none());
    /// ```
    #[must_use]
    #[inline]
    pub fn answer_parts(&self, method: &Method, headers: &HeaderMap) -> Answer {
        let line = headers.get(header::ORIGIN);
        let origin = match line {
            None => Field::Absent,
            Some(_) if is_repeated(headers) => Field::Repeated,
            Some(line) => Field::One(line.as_bytes()),
        };
        let kind = Kind::of(origin, || {
            *method == Method::OPTIONS
                && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        });
        let verdict = self.judge(kind, origin);
        let sent_back = match (verdict.rule, line) {
            _ if verdict.mirrors() != (false, false) => {
                SentBack::Lines(lines_of(&verdict, method, headers))
            }
            (Some(rule), Some(origin)) if rule.allow_origin.is_empty() => {
                SentBack::Origin(origin.clone())
            }
            _ => SentBack::Nothing,
        };
        Answer { verdict, sent_back }
    }
}

impl Answer {
    /// What kind of request was decided about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.verdict.kind
    }

    /// Whether the page that made the request may read the response, as far as its origin goes: as
    /// [`Decision::is_allowed`](crate::Decision::is_allowed) says.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.verdict.rule.is_some()
    }

    /// The status of the response to a preflight; the application must not be asked. `None` for all
    /// other requests.
    #[must_use]
    #[inline]
    pub fn preflight_status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.verdict.preflight_status?).ok()
    }

    /// The whole response to a preflight. `None` for all other requests.
    #[must_use]
    pub fn preflight_response<B: Default>(&self) -> Option<Response<B>> {
        let status = self.preflight_status()?;
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        self.apply_to(response.headers_mut());
        Some(response)
    }

    /// Sets the CORS headers in the headers of a response, and removes those that an application
    /// has set itself: the policy alone decides. Adds to `Vary` what it does not list yet.
    pub fn apply_to(&self, headers: &mut HeaderMap) {
        self.clone().move_into(headers);
    }

    /// [`apply_to`](Self::apply_to) of an answer that is not needed any more.
    pub(crate) fn move_into(&mut self, headers: &mut HeaderMap) {
        // One look at the names spares a look-up for each header that is not there, and lets all
        // others be appended, which costs less than to insert.
        let (mut has_cors, mut has_vary) = (false, false);
        for name in headers.keys() {
            has_cors |= OWNED.contains(name);
            has_vary |= *name == header::VARY;
        }
        if has_cors {
            remove_owned(headers);
        }
        if let Some(rule) = self.verdict.rule {
            match core::mem::replace(&mut self.sent_back, SentBack::Nothing) {
                SentBack::Nothing => {}
                SentBack::Origin(origin) => {
                    headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                }
                SentBack::Lines(lines) => append(lines, headers),
            }
            match self.verdict.kind {
                Kind::Preflight => (rule.prepared.preflight)(headers),
                Kind::Actual | Kind::NotCors => (rule.prepared.actual)(headers),
            }
        }
        match self.verdict.vary() {
            Some("Origin") if !has_vary => {
                headers.append(header::VARY, const { HeaderValue::from_static("Origin") });
            }
            Some(names) => add_vary(headers, names),
            None => {}
        }
    }
}

/// Whether `Origin` stands on several lines. Most often no header does, and then nothing has to be
/// looked up.
#[inline]
fn is_repeated(headers: &HeaderMap) -> bool {
    headers.len() != headers.keys_len() && has_several_origins(headers)
}

#[cold]
fn has_several_origins(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().nth(1).is_some()
}

/// The headers that the policy alone decides about.
const OWNED: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

#[cold]
fn remove_owned(headers: &mut HeaderMap) {
    for name in OWNED {
        headers.remove(name);
    }
}

#[cold]
fn append(lines: Lines, headers: &mut HeaderMap) {
    for (name, value) in lines {
        headers.append(name, value);
    }
}

/// The header lines of a response that come from a preflight under `MirrorRequest`.
#[cold]
fn lines_of(verdict: &Verdict, method: &Method, headers: &HeaderMap) -> Lines {
    let mirror = Mirror::of(&Request::from_parts(method, headers), verdict);
    let origin = verdict
        .rule
        .filter(|rule| rule.allow_origin.is_empty())
        .and_then(|_| headers.get(header::ORIGIN))
        .map(|origin| (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()));
    let mirrored = mirror
        .method
        .map(|method| (header::ACCESS_CONTROL_ALLOW_METHODS, method))
        .into_iter()
        .chain(
            mirror
                .headers
                .get()
                .iter()
                .map(|line| (header::ACCESS_CONTROL_ALLOW_HEADERS, *line)),
        )
        // Tokens are valid values, so none is left out.
        .filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(value).ok()?)));
    origin.into_iter().chain(mirrored).collect()
}

/// Adds to `Vary` those of `names` that its lines do not list already.
///
/// To the first line, since some gateways of functions pass no other on. That a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) is on one line or on several makes no
/// difference to anybody else.
#[cold]
fn add_vary(headers: &mut HeaderMap, names: &'static str) {
    let Some(first) = headers.get(header::VARY) else {
        headers.append(header::VARY, HeaderValue::from_static(names));
        return;
    };
    let lines = headers.get_all(header::VARY);
    let missing = vary::missing(|| lines.iter().map(HeaderValue::as_bytes), names);
    let line = missing.fold(first.as_bytes().to_vec(), |line, name| {
        [&line, ", ".as_bytes(), name.as_bytes()].concat()
    });
    // A value and names make a value.
    if let (Ok(line), Some(first)) = (
        HeaderValue::from_bytes(&line),
        headers.get_mut(header::VARY),
    ) {
        *first = line;
    }
}

impl<'r, B> From<&'r ::http::Request<B>> for Request<'r> {
    fn from(request: &'r ::http::Request<B>) -> Self {
        Self::from_parts(request.method(), request.headers())
    }
}

impl<'r> From<&'r ::http::request::Parts> for Request<'r> {
    fn from(parts: &'r ::http::request::Parts) -> Self {
        Self::from_parts(&parts.method, &parts.headers)
    }
}

impl<'r> Request<'r> {
    /// What CORS looks at, for frameworks that have request types of their own around those of the
    /// `http` crate: for [`Policy::explain`], where [`Policy::answer_parts`] decides.
    #[must_use]
    pub fn from_parts(method: &'r Method, headers: &'r HeaderMap) -> Self {
        let mut request = Self::new(method.as_str().as_bytes());
        for origin in headers.get_all(header::ORIGIN) {
            request = request.add_origin(origin.as_bytes());
        }
        // Only preflights have these.
        if method == Method::OPTIONS {
            for method in headers.get_all(header::ACCESS_CONTROL_REQUEST_METHOD) {
                request = request.add_request_method(method.as_bytes());
            }
            for line in headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS) {
                request = request.add_request_headers(line.as_bytes());
            }
        }
        request
    }
}
