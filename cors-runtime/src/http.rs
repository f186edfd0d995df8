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

use alloc::boxed::Box;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, Response, StatusCode};

use crate::mirror::Mirror;
use crate::name::Header;
use crate::policy::Policy;
use crate::request::{Field, Kind, Request};
use crate::vary;
use crate::verdict::Verdict;

/// What a policy says about one request, independent of the request.
#[derive(Debug, Clone)]
pub struct Answer {
    verdict: Verdict,
    /// The value of `Access-Control-Allow-Origin`, for an allowed request.
    allow_origin: Option<HeaderValue>,
    /// What is mirrored to a preflight.
    mirrored: Option<Box<[(HeaderName, HeaderValue)]>>,
}

impl Policy {
    /// Decides about a request, as [`evaluate`](Self::evaluate) does.
    #[must_use]
    pub fn answer<B>(&'static self, request: &::http::Request<B>) -> Answer {
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
    pub fn answer_parts(&'static self, method: &Method, headers: &HeaderMap) -> Answer {
        let mut origin = Field::Absent;
        for value in headers.get_all(header::ORIGIN) {
            origin = origin.add(value.as_bytes());
        }
        let kind = Kind::of(origin, || {
            *method == Method::OPTIONS
                && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        });
        let verdict = self.judge(kind, origin);
        Answer {
            verdict,
            allow_origin: verdict.rule.and_then(|rule| {
                if rule.is_for_any_origin() {
                    Some(const { HeaderValue::from_static("*") })
                } else if rule.sole_origin.is_sent() {
                    Some((rule.sole_origin.header)())
                } else {
                    headers.get(header::ORIGIN).cloned()
                }
            }),
            mirrored: match verdict.mirrors() {
                (false, false) => None,
                _ => mirrored(&Mirror::of(&Request::from_parts(method, headers), &verdict)),
            },
        }
    }
}

impl Answer {
    /// The status of the response to a preflight; the application must not be asked. `None` for all
    /// other requests.
    #[must_use]
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
            let name = name.as_str();
            has_cors |= name.starts_with("access-control-");
            has_vary |= name == "vary";
        }
        if has_cors {
            for name in &OWNED {
                headers.remove(name);
            }
        }
        if let Some(origin) = self.allow_origin.take() {
            headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if self.verdict.allows_credentials() {
                let value = const { HeaderValue::from_static("true") };
                headers.append(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, value);
            }
            self.verdict.constants(|header, value| {
                headers.append(name_of(header), (value.header)());
            });
            for (name, value) in self.mirrored.take().into_iter().flatten() {
                headers.append(name, value);
            }
        }
        match self.verdict.vary {
            Some("Origin") if !has_vary => {
                headers.append(header::VARY, const { HeaderValue::from_static("Origin") });
            }
            Some(vary) => add_vary(headers, vary),
            None => {}
        }
    }
}

/// The headers that the policy alone decides about.
static OWNED: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

fn mirrored(mirror: &Mirror<'_>) -> Option<Box<[(HeaderName, HeaderValue)]>> {
    let method = mirror.method.map(|method| (Header::AllowMethods, method));
    let headers = mirror
        .headers
        .get()
        .iter()
        .map(|line| (Header::AllowHeaders, *line));
    let mirrored = method
        .into_iter()
        .chain(headers)
        // Tokens are valid values, so none is left out.
        .filter_map(|(header, value)| {
            Some((name_of(header), HeaderValue::from_bytes(value).ok()?))
        });
    Some(mirrored.collect())
}

fn name_of(header: Header) -> HeaderName {
    match header {
        Header::AllowOrigin => header::ACCESS_CONTROL_ALLOW_ORIGIN,
        Header::AllowCredentials => header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        Header::AllowMethods => header::ACCESS_CONTROL_ALLOW_METHODS,
        Header::AllowHeaders => header::ACCESS_CONTROL_ALLOW_HEADERS,
        Header::ExposeHeaders => header::ACCESS_CONTROL_EXPOSE_HEADERS,
        Header::MaxAge => header::ACCESS_CONTROL_MAX_AGE,
    }
}

/// Adds to `Vary`, unless its lines list all of `names` already.
///
/// To the first line, since some gateways of functions pass no other on. That a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.3) is on one line or on several makes no
/// difference to anybody else.
fn add_vary(headers: &mut HeaderMap, names: &'static str) {
    let lines = headers.get_all(header::VARY);
    if vary::lists_all(|| lines.iter().map(HeaderValue::as_bytes), names) {
        return;
    }
    let joined = headers.get(header::VARY).and_then(|first| {
        HeaderValue::from_bytes(&[first.as_bytes(), b", ", names.as_bytes()].concat()).ok()
    });
    match (headers.get_mut(header::VARY), joined) {
        (Some(first), Some(joined)) => *first = joined,
        _ => {
            headers.append(header::VARY, HeaderValue::from_static(names));
        }
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
    fn from_parts(method: &'r Method, headers: &'r HeaderMap) -> Self {
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
