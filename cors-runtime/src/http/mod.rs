//! Policies for the types of the `http` crate, 1.x:
//! [`Policy::answer`](crate::Policy::answer).
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

mod answer;
mod request;
mod response;

pub use answer::Answer;
