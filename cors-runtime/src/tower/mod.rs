//! Policies as a tower layer: [`CorsLayer`].
//!
//! In axum, a policy takes one line. Add it after all routes, so that it covers every request,
//! including those without a route:
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
//! - **Outside authentication, rate limiting and anything that can fail.** Browsers send no
//!   credentials with preflights. All responses from inside the layer get the headers, including errors.
//!   Responses from outside, such as those of an outer timeout layer, do not. Panics produce no response
//!   unless an inner layer such as tower-http's `CatchPanicLayer` converts them.
//! - **Around the router, not inside.** A preflight is an `OPTIONS` request, and paths normally
//!   have no route for that method. A layer around the handlers of other methods never sees the preflight,
//!   and the router returns 404 or 405.
//! - **Only one policy for a request.** Of two layers, only the headers of the outer one reach the browser.
//!
//! The order relative to a compression layer does not matter; both extend `Vary`.
//!
//! | framework | how |
//! |---|---|
//! | axum | `Router::layer`, after all routes. `Router::route_layer` does not cover paths without a route, and `MethodRouter::route_layer` normally does not cover preflights. Routes that you add later, including with `nest` or `merge`, are outside the layer |
//! | hyper | `hyper_util::service::TowerToHyperService`; or without tower, [`http`](crate::http) |
//! | tonic | `Server::builder().layer(..)`, before the layer of tonic-web; let the policy expose `grpc-status` and `grpc-message` |
//! | warp | around `warp::service(routes)`; a filter would not cover rejections |
//! | lambda_http | around the `service_fn` that you pass to `run`. In payload format 2.0, API Gateway only supports one line of each header. The layer extends a `Vary` line of the application, so let the application use one line |
//! | poem, Salvo | with [`evaluate_parts`](crate::Policy::evaluate_parts): poem's tower adapter does not use `http::Request`, and Salvo's adapter sends each request through a queue |
//!
//! The repository has an example for each.
//!
//! In a `ServiceBuilder`, put a layer that changes the type of bodies, such as tower-http's `TraceLayer`, outside this
//! one. The policy creates the responses to preflights, so the bodies of the inner service must implement `Default`, and
//! those of `TraceLayer` do not. To put such a layer inside, convert the bodies between the two layers. axum's
//! `Router::layer` does that by itself.
//!
//! ```
//! # use axum::body::Body;
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # use http::{Request, Response};
//! # use std::pin::Pin;
//! # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//! # #[derive(Clone)]
//! # struct TraceLayer;
//! # type Traced = Response<Pin<Box<Body>>>;
//! # impl<S> tower::Layer<S> for TraceLayer {
//! #     type Service = tower::util::MapResponse<S, fn(Response<Body>) -> Traced>;
//! #     fn layer(&self, inner: S) -> Self::Service {
//! #         tower::util::MapResponse::new(inner, |response| response.map(Box::pin))
//! #     }
//! # }
//! # let handler = tower::service_fn(async |_: Request<()>| Ok::<_, ()>(Response::new(Body::empty())));
//! let service = tower::ServiceBuilder::new()
//!     .layer(CorsLayer::new(&API))
//!     .map_response(|response: Response<_>| response.map(Body::new))
//!     .layer(TraceLayer)
//!     .service(handler);
//! # fn is_service<S: tower::Service<Request<()>>>(_: S) {}
//! # is_service(service);
//! ```
//!
//! # Different policies for different paths
//!
//! In axum, give each part its own router with its own layer. Add the layer of the outer router
//! before you nest the other routers, so that each request gets one policy:
//!
//! ```
//! # use axum::{Router, routing::get};
//! # use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
//! # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//! # use axum::http::StatusCode;
//! static PUBLIC: Policy = cors_policy!(allow_origins = Any);
//!
//! let public = Router::new()
//!     .route("/", get(|| async { "for everybody" }))
//!     // Otherwise, the outer router responds to unknown paths here, under its own policy.
//!     .fallback(|| async { StatusCode::NOT_FOUND })
//!     .layer(CorsLayer::new(&PUBLIC));
//! let app: Router = Router::new()
//!     .route("/", get(|| async { "for some" }))
//!     .layer(CorsLayer::new(&API))
//!     .nest("/public", public);
//! # use axum::{body::Body, http::Request};
//! # use tower::ServiceExt;
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # for (path, origin) in [("/", "https://example.com"), ("/public", "*"), ("/public/x", "*"), ("/x", "https://example.com")] {
//! #     let request = Request::get(path).header("origin", "https://example.com");
//! #     let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! #     assert_eq!(response.headers()["access-control-allow-origin"], origin);
//! # }
//! # })
//! ```
//!
//! # A policy for each request
//!
//! If hosts, paths or tenants have their own policies, pass a function that returns the policy of a
//! request to [`CorsLayer::choose`]. The guide explains
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
//!         // The host is in the URI in HTTP/2, and in a header in HTTP/1.1.
//!         match parts.uri.host().or_else(|| parts.headers.get("host")?.to_str().ok()) {
//!             Some("public.example.com") => &PUBLIC,
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
//! # Requests that are refused
//!
//! A policy with `on_denied` or `allow_hosts` refuses some requests with status 403 or 421, without
//! calling the inner service. The body is empty, and the extensions of the response contain the
//! reason, a [`Refusal`](crate::Refusal). Code around the layer can send another body:
//!
//! ```
//! use axum::{Router, response::Response, routing::post};
//! use cors_runtime::{Policy, Refusal, cors_policy, tower::CorsLayer};
//!
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://example.com"],
//!     on_denied = RefuseWrites,
//! );
//!
//! async fn explain_refusals(response: Response) -> Response {
//!     match response.extensions().get::<Refusal>().copied() {
//!         Some(refusal) => response.map(|_| format!("refused: {refusal}\n").into()),
//!         None => response,
//!     }
//! }
//!
//! let app: Router = Router::new()
//!     .route("/", post(|| async { "written" }))
//!     .layer(CorsLayer::new(&API))
//!     .layer(axum::middleware::map_response(explain_refusals));
//! # use axum::{body::Body, http::Request};
//! # use tower::ServiceExt;
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! # let request = Request::post("/").header("origin", "https://evil.example");
//! # let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
//! # assert_eq!(response.status(), 403);
//! # let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
//! # assert!(body.starts_with(b"refused: the request may change something"));
//! # })
//! ```
//!
//! # Why a request was denied
//!
//! With the feature `tracing`, the layer emits an event if the request is refused, if the origin is
//! denied, or if a preflight requests a method or a header that is not allowed. The event has the level `DEBUG` and the
//! target `cors_runtime`; [`guide::debugging`](crate::guide::debugging#denials-in-the-log) lists its fields, and shows the
//! log filter that lets it through. In development, [`ExplainLayer`] sends the reason with the response.

mod explain;

pub use explain::{Explain, ExplainFuture, ExplainLayer};

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::future::Future;
use core::mem;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::http::request::Parts;
use ::http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::http::Decision;
use crate::into_policy::IntoPolicy;
use crate::log::{self, log_if_denied};
use crate::policy::Policy;
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

/// The service that [`CorsLayer`] creates. It responds to preflights and to requests that the policy
/// refuses, and sets the CORS headers of all other responses, whatever their status.
///
/// The inner service handles all other requests. Bodies are passed through untouched, and errors are those
/// of the inner service.
///
/// The service is always ready, because it responds to preflights by itself. `poll_ready` polls the inner
/// service, but does not wait for it. If the inner service is not ready, the response future waits until it is.
/// So put a layer that sheds load inside this one. If the policy responds to the request by itself, the capacity that
/// the inner service has reserved is released.
#[derive(Debug, Clone)]
pub struct Cors<S> {
    policy: Source,
    inner: S,
    /// Whether the inner service is ready for a request.
    is_ready: bool,
}

pin_project! {
    /// The response of a [`Cors`] service.
    ///
    /// # Panics
    ///
    /// May panic if it is polled after it has returned a response, as futures of an `async fn` do.
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<S, B>
    where
        S: Service<Request<B>>,
    {
        decision: Decision,
        #[pin]
        state: State<S::Future, S, B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F, S, B> {
        // A preflight or a refused request, which do not reach the inner service.
        Immediate,
        // Rare, and therefore not part of every future.
        Waiting { waiting: Box<Waiting<S, B>> },
        Called { #[pin] future: F },
        Done,
    }
}

/// A request for an inner service that is not ready.
struct Waiting<S, B> {
    inner: S,
    /// `None` once it is sent.
    request: Option<Request<B>>,
}

// A request is only moved: nobody sees it after a panic.
impl<S: UnwindSafe, B> UnwindSafe for Waiting<S, B> {}
impl<S: RefUnwindSafe, B> RefUnwindSafe for Waiting<S, B> {}

impl CorsLayer {
    /// Returns a layer that enforces `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self {
            policy: PolicySource::new(policy),
        }
    }

    /// Returns a layer that enforces the policy that `choose` returns for each request. `choose` is
    /// called once for each request, including preflights, and must not block.
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
    /// A preflight must get the same policy as the request that follows, and a cache must not
    /// reuse a response for a request that has a different policy. So let the choice only depend on the URL,
    /// including its host. See [`policies_per_request`](crate::guide::policies_per_request).
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
            is_ready: false,
        }
    }
}

impl<S> Cors<S> {
    /// Returns the inner service.
    #[must_use]
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns the inner service, mutably.
    #[must_use]
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Returns the inner service without the policy.
    #[must_use]
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone,
    ResponseBody: Default,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S, RequestBody>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.is_ready = self.inner.poll_ready(context)?.is_ready();
        if !self.is_ready {
            // It must not keep a place in a queue, where nobody would poll it again.
            self.inner = self.inner.clone();
        }
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let decision = match &self.policy {
            PolicySource::Policy(policy) => decide(policy, &mut request),
            source => decide_by(source, &mut request),
        };
        let is_ready = mem::replace(&mut self.is_ready, false);
        if decision.is_immediate() {
            // This drops what the inner service has reserved for a request.
            if is_ready {
                self.inner = self.inner.clone();
            }
            return ResponseFuture {
                decision,
                state: State::Immediate,
            };
        }
        if !is_ready {
            return ResponseFuture {
                decision,
                state: State::Waiting {
                    waiting: wait(&self.inner, request),
                },
            };
        }
        let future = self.inner.call(request);
        ResponseFuture {
            decision,
            state: State::Called { future },
        }
    }
}

#[inline]
fn decide<B>(policy: &Policy, request: &mut Request<B>) -> Decision {
    match log::is_enabled() {
        true => decide_and_log(policy, request),
        false => explain::decide(policy, request),
    }
}

/// A separate function, so that decisions are not moved if nobody reads the log.
#[cold]
fn decide_and_log<B>(policy: &Policy, request: &mut Request<B>) -> Decision {
    let decision = explain::decide(policy, request);
    log_if_denied(policy, decision.outcome(), || {
        ((&*request).into(), request.uri().path())
    });
    decision
}

/// Decides by the policy of any source. A separate function, so that a fixed policy does not pay for the others.
#[cold]
fn decide_by<B>(source: &Source, request: &mut Request<B>) -> Decision {
    let policy = match source {
        PolicySource::Policy(policy) => policy.clone(),
        #[cfg(feature = "config")]
        PolicySource::Current(current) => current.load(),
        PolicySource::Chooser(chooser) => choose(chooser, request),
    };
    decide(&policy, request)
}

/// Takes the parts out of the request while the function uses them, because `http` cannot lend them.
fn choose<B>(chooser: &Chooser<Choose>, request: &mut Request<B>) -> Policy {
    let (mut parts, ()) = Request::new(()).into_parts();
    swap_parts(request, &mut parts);
    let policy = chooser.function()(&parts);
    swap_parts(request, &mut parts);
    policy
}

fn swap_parts<B>(request: &mut Request<B>, parts: &mut Parts) {
    mem::swap(request.method_mut(), &mut parts.method);
    mem::swap(request.uri_mut(), &mut parts.uri);
    mem::swap(request.version_mut(), &mut parts.version);
    mem::swap(request.headers_mut(), &mut parts.headers);
    mem::swap(request.extensions_mut(), &mut parts.extensions);
}

#[cold]
fn wait<S: Clone, B>(inner: &S, request: Request<B>) -> Box<Waiting<S, B>> {
    Box::new(Waiting {
        inner: inner.clone(),
        request: Some(request),
    })
}

impl<S, RequestBody, ResponseBody> Future for ResponseFuture<S, RequestBody>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    ResponseBody: Default,
{
    type Output = Result<Response<ResponseBody>, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        // Not one `match` of all states, which would be a jump through a table.
        let mut response = if let StateProjection::Called { future } = this.state.as_mut().project()
        {
            ready!(future.poll(context))?
        } else if let Some(response) = immediate_response(this.state.as_mut(), this.decision) {
            response
        } else {
            ready!(poll_waiting(this.state, context))?
        };
        this.decision.apply_owned(response.headers_mut());
        Poll::Ready(Ok(response))
    }
}

/// Returns the response to a preflight or a refused request, once.
#[inline]
fn immediate_response<S: Service<Request<B>>, B, ResponseBody: Default>(
    mut state: Pin<&mut State<S::Future, S, B>>,
    decision: &Decision,
) -> Option<Response<ResponseBody>> {
    let StateProjection::Immediate = state.as_mut().project() else {
        return None;
    };
    state.set(State::Done);
    let response = decision.bare_response();
    Some(response.expect("only these are not sent to the inner service"))
}

/// Calls the inner service as soon as it is ready.
#[cold]
fn poll_waiting<S: Service<Request<B>>, B>(
    mut state: Pin<&mut State<S::Future, S, B>>,
    context: &mut Context<'_>,
) -> Poll<Result<S::Response, S::Error>> {
    let StateProjection::Waiting { waiting } = state.as_mut().project() else {
        panic!("`ResponseFuture` is polled after its response");
    };
    let called = match ready!(waiting.inner.poll_ready(context)) {
        Ok(()) => {
            let request = waiting.request.take().expect("it is sent once");
            Ok(waiting.inner.call(request))
        }
        Err(error) => Err(error),
    };
    state.set(State::Done);
    state.set(State::Called { future: called? });
    match state.project() {
        StateProjection::Called { future } => future.poll(context),
        _ => Poll::Pending,
    }
}

impl<S, B> fmt::Debug for ResponseFuture<S, B>
where
    S: Service<Request<B>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture")
            .field("decision", &self.decision)
            .finish_non_exhaustive()
    }
}
