//! Policies for the types of the `http` crate, 1.x:
//! [`Policy::evaluate_http`](crate::Policy::evaluate_http).
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
//!     let cors = API.evaluate_http(&request);
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
//! [`preflight_response`](Decision::preflight_response). And only a response that has been through
//! [`apply_to`](Decision::apply_to) can be read by a page: errors go through it, also those that are
//! made for a handler that failed or took too long. A [`Decision`] borrows nothing, and is kept until
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
//! A function may choose the policy, before anything is routed: a preflight has the path of the
//! request that it is for, and must be answered by the same policy.
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
//! A router may read a path in another way, percent-decoded or with an empty segment left out. The
//! strict policy therefore belongs to `_`: a spelling that the `match` does not know gets that one. A policy
//! may as well be a value that lives no longer than the call: a [`Decision`] borrows nothing of it.
//! [`policies_per_request`](crate::guide::policies_per_request) has hosts and tenants.
//!
//! The page [`frameworks`](crate::guide::frameworks) has the whole of it, and the repository an example
//! for each of hyper, poem, Salvo and pingora.

mod decision;

pub use decision::Decision;

use ::http::Method;
use ::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::request::{CorsRequest, RequestKind};
use crate::response::{MayHave, ResponseHeaders};
use crate::rule::{AppendConst, ConstHeader, Rule};
use cors_origin::header::Header;

impl<'r, B> From<&'r ::http::Request<B>> for CorsRequest<'r> {
    fn from(request: &'r ::http::Request<B>) -> Self {
        Self::from_parts(request.method(), request.headers())
    }
}

impl<'r> From<&'r ::http::request::Parts> for CorsRequest<'r> {
    fn from(parts: &'r ::http::request::Parts) -> Self {
        Self::from_parts(&parts.method, &parts.headers)
    }
}

impl<'r> CorsRequest<'r> {
    /// What CORS looks at, for frameworks that have request types of their own around those of the
    /// `http` crate: for [`Policy::explain`](crate::Policy::explain), where
    /// [`Policy::evaluate_parts`](crate::Policy::evaluate_parts) decides.
    #[must_use]
    pub fn from_parts(method: &'r Method, headers: &'r HeaderMap) -> Self {
        let names = [
            header::ORIGIN,
            header::ACCESS_CONTROL_REQUEST_METHOD,
            header::ACCESS_CONTROL_REQUEST_HEADERS,
        ];
        Self::from_lookup(method.as_str().as_bytes(), names, |name| {
            headers.get_all(name).iter().map(HeaderValue::as_bytes)
        })
    }
}

impl AppendConst for HeaderMap {
    #[inline]
    fn append_const<H: ConstHeader>(&mut self) {
        self.append(
            const { HeaderName::from_static(H::NAME.name()) },
            const { HeaderValue::from_static(H::VALUE) },
        );
    }
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
    fn append_constants(&mut self, rule: &Rule<'_>, kind: RequestKind) {
        rule.constants.http.get(kind)(self);
    }

    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    fn append(&mut self, header: Header, value: &[u8]) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            Self::append(self, header.name(), value);
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.get_all(header::VARY).iter().map(HeaderValue::as_bytes)
    }

    #[inline]
    fn append_vary(&mut self, names: &'static str) {
        let names = match names {
            "Origin" => const { HeaderValue::from_static("Origin") },
            names => HeaderValue::from_static(names),
        };
        Self::append(self, header::VARY, names);
    }

    fn replace_first_vary(&mut self, line: &[u8]) {
        // A value and names make a value.
        let line = HeaderValue::from_bytes(line).ok();
        if let (Some(first), Some(line)) = (self.get_mut(header::VARY), line) {
            *first = line;
        }
    }
}
