//! Policies as a middleware of actix-web, 4.x: [`Cors`].
//!
//! ```
//! use actix_web::{App, web};
//! use cors_runtime::actix_web::Cors;
//! use cors_runtime::{Policy, cors_policy};
//!
//! static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
//!
//! let app = App::new()
//!     .route("/", web::get().to(async || "hello"))
//!     .wrap(Cors::new(&API)); // last: the outermost middleware
//! # actix_web::rt::System::new().block_on(async {
//! # use actix_web::test::{TestRequest, call_service, init_service};
//! # let app = init_service(app).await;
//! # let request = TestRequest::get().insert_header(("Origin", "https://example.com"));
//! # let response = call_service(&app, request.to_request()).await;
//! # assert_eq!(response.headers().get("access-control-allow-origin").unwrap(), "https://example.com");
//! # })
//! ```
//!
//! # Where it goes
//!
//! - **Last among the `wrap`s of an `App`.** The middleware wrapped last runs first. So preflights
//!   do not reach other middleware, which might require credentials that browsers never send with a
//!   preflight. The policy also covers paths without a route.
//! - **On a `web::scope`**, if a scope needs its own policy:
//!   `web::scope("/public").wrap(Cors::new(&PUBLIC))`. Use one policy for one path: if both an
//!   `App` and a scope in it have one, the policy of the `App` applies. If only some scopes have a
//!   policy, a preflight for any other path gets the application's usual response to `OPTIONS`: 404 or 405.
//! - **Not on a resource or scope with guards for methods**, unless they accept `OPTIONS`: the guard runs
//!   first, and a preflight gets 404 or 405. An `App` has no guards.
//!
//! # Requests that are refused
//!
//! A policy with `on_denied` or `allow_hosts` responds to some requests with 403 or 421, without calling the
//! application. The body is empty, and the reason, a [`Refusal`](crate::Refusal), is in the extensions of the
//! response, so that a middleware around this one can send another body.
//!
//! # Errors
//!
//! Responses of failed handlers and extractors get the headers like all others. If a middleware inside
//! this one returns an error, the middleware around this one gets the same error, and the response that
//! actix-web creates from it has the headers too. If a handler panics, there is no response: actix-web
//! closes the connection.

mod middleware;

pub use middleware::{CorsMiddleware, ResponseFuture};

use alloc::sync::Arc;
use core::future::{self, Ready};

use ::actix_web::Error;
use ::actix_web::body::EitherBody;
use ::actix_web::dev::{RequestHead, Service, ServiceRequest, ServiceResponse, Transform};

use crate::into_policy::IntoPolicy;
use crate::policy::Policy;
use crate::source::{Chooser, PolicySource};

/// Enforces a policy around an `App` or a scope. See the [module](self).
#[derive(Debug, Clone)]
pub struct Cors {
    policy: Source,
    exposes_explanation: bool,
}

/// A policy, or a function that chooses one for each request.
type Source = PolicySource<Choose>;

type Choose = dyn Fn(&RequestHead) -> Policy + Send + Sync;

impl Cors {
    /// Returns a middleware that enforces `policy`.
    #[must_use]
    pub fn new(policy: impl IntoPolicy) -> Self {
        Self {
            policy: PolicySource::new(policy),
            exposes_explanation: false,
        }
    }

    /// Returns a middleware that calls `choose` for each request, and enforces the policy that it returns.
    ///
    /// Use it if hosts, paths or tenants have their own policies. `choose` is called once for each request,
    /// including preflights, and must not block.
    ///
    /// ```
    /// use actix_web::App;
    /// use cors_runtime::actix_web::Cors;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    ///
    /// let app = App::new().wrap(Cors::choose(|head| {
    ///     // The host is in the URI in HTTP/2, and in a header in HTTP/1.1.
    ///     match head.uri.host().or_else(|| head.headers.get("host")?.to_str().ok()) {
    ///         Some("public.example.com") => &PUBLIC,
    ///         _ => &API,
    ///     }
    /// }));
    /// ```
    ///
    /// A preflight must get the same policy as the request that follows, and a cache must not
    /// reuse a response for a request that has a different policy. So let the choice only depend on the URL,
    /// including its host. See [`policies_per_request`](crate::guide::policies_per_request).
    #[must_use]
    pub fn choose<F, P>(choose: F) -> Self
    where
        F: Fn(&RequestHead) -> P + Send + Sync + 'static,
        P: IntoPolicy,
    {
        let choose = move |head: &RequestHead| choose(head).into_policy();
        Self {
            policy: PolicySource::Chooser(Chooser::new(Arc::new(choose))),
            exposes_explanation: false,
        }
    }

    /// Sends the explanation of [`Policy::explain`] in the header `x-cors-explanation` of every
    /// response, if `expose` is true. Use it in development, with
    /// `Cors::new(&API).expose_explanation(cfg!(debug_assertions))`, and read it in the network
    /// panel of the browser.
    ///
    /// **Do not use it in production**: it reveals to strangers what the policy allows. Also, an
    /// explanation depends on request headers that `Vary` does not list, so a cache could serve it for
    /// another request.
    #[must_use]
    pub fn expose_explanation(mut self, expose: bool) -> Self {
        self.exposes_explanation = expose;
        self
    }
}

impl<S, B> Transform<S, ServiceRequest> for Cors
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = CorsMiddleware<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        future::ready(Ok(CorsMiddleware {
            policy: self.policy.clone(),
            exposes_explanation: self.exposes_explanation,
            inner,
        }))
    }
}
