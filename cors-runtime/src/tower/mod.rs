//! Policies as a tower layer: [`CorsLayer`].
//!
//! In axum, a policy takes one line. Add it after all routes, so that it is asked about every
//! request, those without a route among them:
//!
//! ```
//! use axum::{Router, routing::get};
//! use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! let app: Router = Router::new()
//!     .route("/", get(|| async { "hello" }))
//!     .layer(CorsLayer::new(&API));
//! # use axum::{body::Body, http::Request};
//! # use tower::ServiceExt;
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # for path in ["/", "/nowhere"] {
//! #     let request = Request::get(path).header("origin", "https://example.com");
//! #     let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! #     assert_eq!(response.headers()["access-control-allow-origin"], "https://example.com");
//! # }
//! # })
//! ```
//!
//! # Where it goes
//!
//! - **Outside of what asks for credentials, limits rates, or may fail.** Browsers send no
//!   credentials with preflights; and only what is inside has its responses, errors among them,
//!   get the headers. A timeout around the layer answers without them, and a panic is no response
//!   unless something inside makes it one, as the `CatchPanicLayer` of tower-http does.
//! - **Around the router, not inside.** A preflight is `OPTIONS`, for which a path has no route as
//!   a rule: a layer that runs once a route is found never sees it, and the router says 404 or 405.
//! - **Once.** One policy for one request: of two layers, the outer decides. Beside compression,
//!   either order will do; both add to `Vary`.
//!
//! | framework | how |
//! |---|---|
//! | axum | `Router::layer`, after all routes; not `route_layer`, which runs for found routes only. Routes that are added later, by `nest` or `merge` too, are outside |
//! | hyper | `hyper_util::service::TowerToHyperService`; or without tower, by [`http`](crate::http) |
//! | tonic | `Server::builder().layer(..)`, before that of tonic-web; the policy exposes `grpc-status` and `grpc-message` |
//! | warp | around `warp::service(routes)`; a filter would not see rejections |
//! | lambda_http | around the `service_fn` that `run` gets. API Gateway has one value for a header in payload format 2.0: an application must not spread `Vary` over several lines |
//! | poem, Salvo | by [`evaluate_parts`](crate::Policy::evaluate_parts): poem's bridge to tower has requests that are not those of the `http` crate, and Salvo's goes through a queue |
//!
//! The repository has an example for each.
//!
//! # Different policies for different paths
//!
//! In axum, each part has its layer, and is added to the whole after the layer of that:
//!
//! ```
//! # use axum::{Router, routing::get};
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//! static PUBLIC: Policy = cors_policy!(allow_origins = Any);
//!
//! let public = Router::new()
//!     .route("/", get(|| async { "for everybody" }))
//!     .layer(CorsLayer::new(&PUBLIC));
//! let app: Router = Router::new()
//!     .route("/", get(|| async { "for some" }))
//!     .layer(CorsLayer::new(&API))
//!     .nest("/public", public);
//! # use axum::{body::Body, http::Request};
//! # use tower::ServiceExt;
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # for (path, origin) in [("/", "https://example.com"), ("/public", "*")] {
//! #     let request = Request::get(path).header("origin", "https://example.com");
//! #     let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! #     assert_eq!(response.headers()["access-control-allow-origin"], origin);
//! # }
//! # })
//! ```
//!
//! # A policy for each request
//!
//! [`CorsLayer::choose`] takes a function that returns the policy of a request, for hosts, paths or tenants
//! that have policies of their own. The guide has a page about
//! [what the choice may depend on](crate::guide::policies_per_request).
//!
//! ```
//! # use axum::{Router, routing::get};
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//! # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
//! let app: Router = Router::new()
//!     .route("/", get(|| async { "hello" }))
//!     .layer(CorsLayer::choose(|parts| {
//!         match parts.headers.get("host").map(|host| host.as_bytes()) {
//!             Some(b"public.example.com") => &PUBLIC,
//!             _ => &API,
//!         }
//!     }));
//! # use axum::{body::Body, http::Request};
//! # use tower::ServiceExt;
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # for (host, origin) in [("api.example.com", "https://example.com"), ("public.example.com", "*")] {
//! #     let request = Request::get("/").header("host", host).header("origin", "https://example.com");
//! #     let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! #     assert_eq!(response.headers()["access-control-allow-origin"], origin);
//! # }
//! # })
//! ```
//!
//! # Why a request was denied
//!
//! With the feature `tracing`, there is an event for every request whose origin is denied, or that is a
//! preflight for a method or a header that is not allowed: at the level `DEBUG`, for the target
//! `cors_runtime`, so that a server has to run with a filter such as `RUST_LOG=info,cors_runtime=debug`.
//! Its fields are `kind` (`preflight` or `actual`), `method` (that of the request, or the one that a
//! preflight asks for), `path` (without the query), `origin` (all three escaped, and cut if they are
//! long) and `reason` (the sentence of [`Policy::explain`]). For development, [`ExplainLayer`] sends that
//! sentence with the response.

mod explain;

pub use explain::{Explain, ExplainFuture, ExplainLayer};

use alloc::sync::Arc;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::http::request::Parts;
use ::http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::http::Decision;
use crate::log::log_if_denied;
use crate::policy::{IntoPolicy, Policy};
use crate::source::{Chooser, PolicySource};

/// Enforces a policy around a service. See the [module](self).
#[derive(Debug, Clone)]
pub struct CorsLayer {
    policy: Source,
}

/// A policy, or a function that chooses one for each request.
type Source = PolicySource<Choose>;

type Choose = dyn Fn(&Parts) -> Policy + Send + Sync;

fn choose_by<F, P>(choose: F) -> Source
where
    F: Fn(&Parts) -> P + Send + Sync + 'static,
    P: IntoPolicy,
{
    let choose = move |parts: &Parts| choose(parts).into_policy();
    PolicySource::Chooser(Chooser::new(Arc::new(choose)))
}

/// The service that [`CorsLayer`] makes: it answers preflights itself and sets the CORS headers of
/// all other responses, whatever their status.
///
/// It does not look at bodies. It is ready when the inner service is, fails when that fails, and
/// asks it about everything but preflights.
#[derive(Debug, Clone)]
pub struct Cors<S> {
    policy: Source,
    inner: S,
}

pin_project! {
    /// The response of a [`Cors`] service.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        decision: Decision,
        // None for a preflight, about which the inner service is not asked.
        #[pin]
        inner: Option<F>,
    }
}

impl CorsLayer {
    /// Returns a layer that enforces `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self {
            policy: PolicySource::Policy(policy.into_policy()),
        }
    }

    /// Returns a layer that enforces the policy that `choose` returns for each request. `choose` is called
    /// once for each request, preflights included, and must not block.
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use std::sync::RwLock;
    ///
    /// use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
    ///
    /// static UNKNOWN_TENANT: Policy = cors_policy!(allow_origins = ["https://www.example.com"]);
    ///
    /// // The policy of each tenant, by host.
    /// fn layer(tenants: &'static RwLock<HashMap<String, Policy>>) -> CorsLayer {
    ///     CorsLayer::choose(|parts| {
    ///         let host = parts.uri.host().or_else(|| parts.headers.get("host")?.to_str().ok());
    ///         let tenants = tenants.read().unwrap();
    ///         let policy = host.and_then(|host| tenants.get(host));
    ///         policy.unwrap_or(&UNKNOWN_TENANT).clone()
    ///     })
    /// }
    /// ```
    ///
    /// A preflight must get the policy of the request that it precedes, and a cache must not get a response
    /// of one policy for a request of another. So the choice depends on what both have in common: the URL,
    /// its host included. See [`policies_per_request`](crate::guide::policies_per_request).
    #[must_use]
    pub fn choose<F, P>(choose: F) -> Self
    where
        F: Fn(&Parts) -> P + Send + Sync + 'static,
        P: IntoPolicy,
    {
        Self {
            policy: choose_by(choose),
        }
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Cors {
            policy: self.policy.clone(),
            inner,
        }
    }
}

impl<S> Cors<S> {
    /// Returns the inner service.
    #[must_use]
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns the inner service, to be changed.
    #[must_use]
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Returns the inner service, and drops the policy around it.
    #[must_use]
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    ResponseBody: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        match &self.policy {
            PolicySource::Policy(policy) => enforce(policy, &mut self.inner, request),
            PolicySource::Chooser(chooser) => enforce_chosen(chooser, &mut self.inner, request),
        }
    }
}

#[inline]
fn enforce<S, RequestBody>(
    policy: &Policy,
    inner: &mut S,
    request: Request<RequestBody>,
) -> ResponseFuture<S::Future>
where
    S: Service<Request<RequestBody>>,
{
    let decision = policy.evaluate_http(&request);
    log_if_denied(policy, decision.outcome(), || {
        ((&request).into(), request.uri().path())
    });
    if decision.preflight_status().is_some() {
        return ResponseFuture {
            decision,
            inner: None,
        };
    }
    ResponseFuture {
        inner: Some(inner.call(request)),
        decision,
    }
}

/// Takes the request apart, as `http` does not lend its parts: a whole call of its own, so that a fixed
/// policy does not pay for the moves.
#[cold]
fn enforce_chosen<S, RequestBody>(
    chooser: &Chooser<Choose>,
    inner: &mut S,
    request: Request<RequestBody>,
) -> ResponseFuture<S::Future>
where
    S: Service<Request<RequestBody>>,
{
    let (parts, body) = request.into_parts();
    let policy = chooser.function()(&parts);
    enforce(&policy, inner, Request::from_parts(parts, body))
}

impl<F, ResponseBody, Error> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<ResponseBody>, Error>>,
    ResponseBody: Default,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = match this.inner.as_pin_mut() {
            Some(inner) => ready!(inner.poll(context))?,
            None => {
                let mut response = Response::new(ResponseBody::default());
                if let Some(status) = this.decision.preflight_status() {
                    *response.status_mut() = status;
                }
                response
            }
        };
        this.decision.apply_owned(response.headers_mut());
        Poll::Ready(Ok(response))
    }
}
