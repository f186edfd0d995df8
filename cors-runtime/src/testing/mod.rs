//! A model of a browser, to test whether a page may call an endpoint.
//!
//! A test simulates what a page does: a [`Page`] of some origin calls [`fetch`](Page::fetch). The
//! model follows the [Fetch standard][fetch] step by step: it determines whether a preflight is
//! needed, creates the requests that a browser would send, checks the responses, and returns what a
//! script can read, or the check that failed.
//!
//! ```
//! use cors_runtime::testing::{NetworkError, Page};
//! use cors_runtime::{Policy, cors_policy};
//!
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://app.example.com"],
//!     allow_methods = [PUT],
//!     allow_headers = ["content-type"],
//!     allow_credentials = true,
//! );
//!
//! let save = Page::new("https://app.example.com")
//!     .fetch("https://api.example.com/items/1")
//!     .method("PUT")
//!     .header("Content-Type", "application/json")
//!     .with_credentials();
//! assert!(save.send_to(&API).is_ok());
//!
//! let patch = save.clone().method("patch");
//! assert_eq!(
//!     patch.send_to(&API).unwrap_err(),
//!     NetworkError::MethodNotAllowed("patch".to_owned()),
//! );
//! ```
//!
//! # A whole server
//!
//! An endpoint is any function from a [`Request`] to a [`Response`]: pass it to [`Fetch::send`], or
//! to [`Fetch::send_async`] if it is asynchronous. With the feature `http`, requests convert to
//! `http::Request`, and `http::Response` converts to a response:
//!
//! ```
//! use axum::{Router, body::Body, routing::get};
//! use cors_runtime::testing::Page;
//! use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! use tower::ServiceExt;
//!
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://app.example.com"],
//!     expose_headers = ["x-total"],
//! );
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let app: Router = Router::new()
//!     .route("/items", get(|| async { ([("x-total", "7"), ("x-secret", "8")], "items") }))
//!     .layer(CorsLayer::new(&API));
//!
//! let fetch = Page::new("https://app.example.com").fetch("https://api.example.com/items");
//! let response = fetch
//!     .send_async(async |request| {
//!         let request: http::Request<Body> = request.try_into().unwrap();
//!         app.clone().oneshot(request).await.unwrap()
//!     })
//!     .await
//!     .unwrap();
//! assert_eq!(response.header("x-total").unwrap(), b"7");
//! assert!(response.header("x-secret").is_none());
//! # });
//! ```
//!
//! A converted response has no body yet. Read the body, and add it:
//!
//! ```
//! # use axum::{Router, body::{Body, to_bytes}, routing::post};
//! # use cors_runtime::testing::{Page, Response};
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # use tower::ServiceExt;
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://app.example.com"],
//!     allow_headers = ["content-type"],
//! );
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let app: Router = Router::new()
//!     .route("/items", post(async |request: axum::extract::Request| request.into_body()))
//!     .layer(CorsLayer::new(&API));
//!
//! let send = async |request: cors_runtime::testing::Request| {
//!     let request: http::Request<Body> = request.try_into().unwrap();
//!     let response = app.clone().oneshot(request).await.unwrap();
//!     let (parts, body) = response.into_parts();
//!     Response::from(&parts).body(to_bytes(body, 1 << 20).await.unwrap())
//! };
//!
//! let create = Page::new("https://app.example.com")
//!     .fetch("https://api.example.com/items")
//!     .method("POST")
//!     .json(r#"{"name": "pen"}"#);
//! let response = create.send_async(send).await.unwrap();
//! assert_eq!(response.body(), br#"{"name": "pen"}"#);
//! // A shared cache must not reuse this response for pages of other origins.
//! assert!(response.internal_response().varies_on("origin"));
//! # });
//! ```
//!
//! With the feature `actix-web`, a request converts to an `actix_web::test::TestRequest`, and a
//! `ServiceResponse` converts to a response. With the feature `rocket`, `Request::to_rocket` passes
//! the request to a local client, and a `LocalResponse` converts to a response.
//!
//! If your test client sends requests itself, get the requests from [`Fetch::requests`], and pass the
//! responses to [`Fetch::check_preflight`], [`Fetch::redirect`] and [`Fetch::check_response`].
//!
//! # What is modelled
//!
//! `fetch` in the mode `cors`, and everything that decides whether it succeeds: normalized and
//! forbidden methods and headers, safelists, the preflight, the CORS check, redirects, filtered
//! responses, and the preflight cache ([`PreflightCache`]).
//!
//! Where browsers deviate from the standard, the model follows the standard. For example, most browsers
//! still let `*` cover `Authorization`; the model does not. The project's tests compare the model with
//! Chromium 156, which also deviates in other ways:
//!
//! - It lets a page set `User-Agent` and client hints such as `Save-Data` without a preflight.
//! - It sends headers of the same name as one line.
//! - It sends no preflight for an `XMLHttpRequest` with upload listeners and without a body.
//! - For an `XMLHttpRequest` with upload listeners and a body, the standard allows any method if the response to the
//!   preflight has no `Access-Control-Allow-Methods`. Chromium does not.
//! - It keeps the result of a preflight in its cache even if the request after it fails.
//!
//! To test what [`on_denied` and `allow_hosts`](crate::guide::cross_site_request_forgery) refuse, use
//! [`Page::submit`], [`Page::follow_link`], [`Page::load_image`] and [`Page::open_socket`]. They return
//! requests that CORS does not apply to. All requests have the headers `Sec-Fetch-Site`, `Sec-Fetch-Mode` and
//! `Sec-Fetch-Dest` of the [Fetch Metadata standard][metadata], unless the URL is plain `http` to a host that is not
//! loopback. Chromium does not send them with WebSockets, and older browsers (Safari before 16.4, of 2023) never
//! send them: see [`Request::without_fetch_metadata`].
//!
//! These are not modelled:
//!
//! - cookies, the HTTP cache, service workers, and the referrer policy of a page
//! - `fetch` in the modes `no-cors` and `same-origin`, and requests of frames, scripts, styles and other
//!   elements
//! - addresses that the user types, whose `Sec-Fetch-Site` is `none`
//! - redirects of links and forms, and redirects to a relative path
//! - WebSockets over HTTP/2
//! - the headers `Sec-Fetch-User` and `Accept-Language`
//! - rules of other standards, such as mixed content, content security policies and access to local networks
//!
//! [fetch]: https://fetch.spec.whatwg.org/
//! [metadata]: https://w3c.github.io/webappsec-fetch-metadata/

mod cache;
mod error;
mod fetch;
mod fetch_metadata;
mod filter;
mod list;
mod message;
mod no_cors;
mod page;
mod preflight;
mod redirect;
mod requests;
mod safelist;
mod url;

pub use cache::PreflightCache;
pub use error::{CheckFailure, NetworkError};
pub use filter::FilteredResponse;
pub use list::HeaderList;
pub use message::{Request, Response};
pub use page::{Fetch, Page};
pub use preflight::PreflightResult;
pub use requests::PlannedRequests;
