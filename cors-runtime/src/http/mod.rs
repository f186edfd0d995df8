//! Policies for the types of the `http` crate, 1.x:
//! [`Policy::evaluate_http`](crate::Policy::evaluate_http).
//!
//! For services built on tower, [`tower`](crate::tower) has a layer that does all of this.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::{Request, Response};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! fn serve(request: Request<()>) -> Response<String> {
//!     let cors = API.evaluate_http(&request);
//!     if let Some(response) = cors.immediate_response() {
//!         return response;
//!     }
//!     let mut response = Response::new("hello".to_owned());
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
//! **First on the request path, last on the response path.** A preflight has no credentials and no
//! body, so authentication and rate limits belong after
//! [`immediate_response`](Decision::immediate_response). A page can only read a response if
//! [`apply_to`](Decision::apply_to) was called for it, so call this method for error responses too,
//! including those for handlers that failed or timed out. A [`Decision`] borrows nothing, so you can keep it until
//! there is a response.
//!
//! # Why a preflight gets 404 or 405
//!
//! Something else has responded. A preflight is an `OPTIONS` request, and paths normally have no
//! route for that method. So a router returns 404 or 405 unless the policy runs before it. Code
//! that runs after routing, such as a handler or its middleware, may never see a preflight. Put the
//! policy around the router: around the service in hyper, around the whole `Route` in poem, in a
//! hoop of the `Service` (not of a `Router`) in Salvo, and in `request_filter` in pingora.
//!
//! # Different policies for different paths
//!
//! A function can choose the policy before the request is routed. A preflight has the path of the
//! request that follows, so both get the same policy.
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
//!     policy_for(request.uri().path()).evaluate_http(&request).is_origin_allowed()
//! };
//! assert!(allows("/public/items"));
//! assert!(!allows("/publicity") && !allows("/items"));
//! ```
//!
//! A router may decode percent-encoding in a path, or ignore empty segments. So use the strict policy
//! for `_`: it then applies to every spelling of a path that the `match` does not list. The policy can
//! also be a local value, because a [`Decision`] borrows nothing from it.
//! [`policies_per_request`](crate::guide::policies_per_request) shows policies for hosts and tenants.
//!
//! The chapter [`frameworks`](crate::guide::frameworks) also covers frameworks with their own request
//! types, and the repository has an example for each of hyper, poem, Salvo and pingora.

mod decision;

pub use decision::Decision;

use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::http::{Method, Uri};

use crate::header_lines::{self, Chunk, HeaderSource};
use crate::request::{CorsRequest, RequestKind};
use crate::response::{MayHave, ResponseHeaders};
#[cfg(feature = "config")]
use crate::rule::static_value;
use crate::rule::{AppendConst, ConstHeader, Rule};
use crate::vary::{Vary, header_value};
use cors_origin::header::Header;

impl<'r, B> From<&'r ::http::Request<B>> for CorsRequest<'r> {
    fn from(request: &'r ::http::Request<B>) -> Self {
        Self::from_parts(request.method(), request.uri(), request.headers())
    }
}

impl<'r> From<&'r ::http::request::Parts> for CorsRequest<'r> {
    fn from(parts: &'r ::http::request::Parts) -> Self {
        Self::from_parts(&parts.method, &parts.uri, &parts.headers)
    }
}

impl<'r> CorsRequest<'r> {
    /// Creates a request from a method, a URL and a header map. Pass it to
    /// [`Policy::explain`](crate::Policy::explain) in frameworks where you call
    /// [`Policy::evaluate_parts`](crate::Policy::evaluate_parts).
    #[must_use]
    pub fn from_parts(method: &'r Method, uri: &'r Uri, headers: &'r HeaderMap) -> Self {
        let target = uri.authority().map(|it| it.as_str().as_bytes());
        Self::from_http(method, headers).with_context(target, |name| {
            headers.get_all(name).iter().map(HeaderValue::as_bytes)
        })
    }

    /// Creates a request without the parts that only matter for `on_denied` and `allow_hosts`.
    pub(crate) fn from_http(method: &'r Method, headers: &'r HeaderMap) -> Self {
        let names = [header::ORIGIN, header::ACCESS_CONTROL_REQUEST_METHOD];
        let lines = |name| headers.get_all(name).iter().map(HeaderValue::as_bytes);
        Self::from_lookup(method.as_str().as_bytes(), names, lines, headers)
    }
}

impl HeaderSource for HeaderMap {
    fn copy_lines<'r>(&'r self, from: usize, chunk: &mut Chunk<'r>) -> usize {
        let lines = self.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
        header_lines::fill(chunk, lines.iter().skip(from).map(HeaderValue::as_bytes))
    }
}

impl AppendConst for HeaderMap {
    #[cfg(feature = "config")]
    type Line = (HeaderName, HeaderValue);

    #[inline]
    fn append_const<H: ConstHeader>(&mut self) {
        append(
            self,
            const { HeaderName::from_static(H::NAME.name()) },
            const { HeaderValue::from_static(H::VALUE) },
        );
    }

    #[cfg(feature = "config")]
    fn line(header: Header, value: &str) -> Self::Line {
        let value = match static_value(value) {
            Some(value) => HeaderValue::from_static(value),
            // Names, numbers and origins are valid values.
            None => {
                let value = HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""));
                // The first clone allocates the counter that all of them share.
                let _ = value.clone();
                value
            }
        };
        (HeaderName::from_static(header.name()), value)
    }

    #[cfg(feature = "config")]
    fn append_line(&mut self, (name, value): &Self::Line) {
        append(self, name.clone(), value.clone());
    }
}

/// Appends a line. Returns `false` if the map is full: the application has used all 24 576 names.
#[inline]
fn append(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> bool {
    headers.try_append(name, value).is_ok()
}

impl ResponseHeaders for HeaderMap {
    #[inline]
    fn may_have(&self) -> MayHave {
        let (mut cors, mut vary) = (false, false);
        for name in self.keys() {
            cors |= name.as_str().starts_with("access-control-");
            vary |= *name == header::VARY;
        }
        MayHave { cors, vary }
    }

    fn remove(&mut self, header: Header) {
        Self::remove(self, header.name());
    }

    #[inline]
    fn append_constants(&mut self, rule: &Rule, kind: RequestKind) {
        rule.constants.http.get(kind)(rule, self);
    }

    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    fn append(&mut self, header: Header, value: &[u8]) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            append(self, HeaderName::from_static(header.name()), value);
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.get_all(header::VARY).iter().map(HeaderValue::as_bytes)
    }

    #[inline]
    fn append_vary(&mut self, vary: Vary) -> bool {
        match vary {
            Vary::Origin => {
                let value = const { HeaderValue::from_static(Vary::Origin.names()) };
                append(self, header::VARY, value)
            }
            vary => append_rare_vary(self, vary),
        }
    }

    fn replace_first_vary(&mut self, line: &[u8]) {
        // Concatenating valid values with names gives a valid value.
        let line = HeaderValue::from_bytes(line).ok();
        if let (Some(first), Some(line)) = (self.get_mut(header::VARY), line) {
            *first = line;
        }
    }
}

#[cold]
fn append_rare_vary(headers: &mut HeaderMap, vary: Vary) -> bool {
    append(headers, header::VARY, header_value!(HeaderValue, vary))
}
