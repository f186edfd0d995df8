//! A model of what a browser does, to test that a page may call an endpoint.
//!
//! A test says what a page does, as the page would: a [`Page`] of some origin calls
//! [`fetch`](Page::fetch). The model takes the steps of the [Fetch Standard][fetch] one by one: it
//! decides whether a preflight is needed, makes the requests that a browser would send, judges the
//! responses, and says what a script can read or which check failed.
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
//! An endpoint is any function from a [`Request`] to a [`Response`]: [`Fetch::send`], and
//! [`Fetch::send_async`] for asynchronous ones. With the feature `http`, requests turn into
//! `http::Request`, and `http::Response` turns into responses:
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
//! The body of a response is in it if it has been read; a response that was converted has none yet:
//!
//! ```
//! # use axum::{Router, body::{Body, to_bytes}, extract::Request, routing::post};
//! # use cors_runtime::testing::{Page, Response};
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # use tower::ServiceExt;
//! # static API: Policy = cors_policy!(
//! #     allow_origins = ["https://app.example.com"],
//! #     allow_headers = ["content-type"],
//! # );
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # let app: Router = Router::new()
//! #     .route("/items", post(async |request: Request| request.into_body()))
//! #     .layer(CorsLayer::new(&API));
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
//! // A shared cache must not give this response to pages of other origins.
//! assert!(response.internal_response().varies_on("origin"));
//! # });
//! ```
//!
//! With the feature `actix-web`, a request turns into an `actix_web::test::TestRequest`, and a
//! `ServiceResponse` into a response. With the feature `rocket`, `Request::to_rocket` gives the request
//! to a local client, and a `LocalResponse` turns into a response.
//!
//! If your test client sends requests itself, get them from [`Fetch::requests`], and pass the responses
//! to [`Fetch::check_preflight`], [`Fetch::redirect`] and [`Fetch::check_response`].
//!
//! # What is modelled
//!
//! `fetch` in the mode `cors`, and what decides whether it succeeds: normalized and forbidden
//! methods and headers, what is safelisted, the preflight, the CORS check, redirects, filtered
//! responses, and, if a test wants it, the preflight cache ([`PreflightCache`]).
//!
//! The text of the standard is followed where browsers differ from it: most still let `*` stand for
//! `Authorization`. The project's tests compare the model with Chromium 156, which has a few other
//! ways of its own. It sends `User-Agent` and client hints such as `Save-Data` without permission,
//! and takes headers of one name for one value. To uploads that are listened to, it sends no
//! preflight if they have no body, and permits no further method if none is listed. What a
//! preflight permitted, it keeps after the request has failed.
//!
//! Not modelled: cookies and the HTTP cache; service workers; the modes `no-cors`, `same-origin`
//! and `navigate`; `Accept-Language`, which browsers add; redirects to a relative path; and what
//! other standards forbid, such as mixed content, content security policies and access to local
//! networks.
//!
//! [fetch]: https://fetch.spec.whatwg.org/

mod cache;
mod error;
mod fetch;
mod filter;
mod list;
mod message;
mod page;
mod preflight;
mod redirect;
mod requests;
mod safelist;

pub use cache::PreflightCache;
pub use error::{CheckFailure, NetworkError};
pub use filter::FilteredResponse;
pub use list::HeaderList;
pub use message::{Request, Response};
pub use page::{Fetch, Page};
pub use preflight::PreflightResult;
pub use requests::PlannedRequests;
