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
//! - **Last among the `wrap`s of an `App`.** What is wrapped last runs first, so preflights are
//!   answered before a middleware asks them for credentials, which browsers never send with them.
//!   It is also asked about paths without a route.
//! - **On a `web::scope`**, for a policy of its own: `web::scope("/public").wrap(Cors::new(&PUBLIC))`.
//!   One policy for one path: where an `App` and a scope in it both have one, that of the `App`
//!   decides. A scope without a policy answers preflights as it answers any other `OPTIONS`, 404
//!   as a rule, and so do paths outside of every scope that has one.
//! - **Not on a resource that has guards for methods**, unless they let `OPTIONS` through: the guard
//!   is asked first, and a preflight gets 404 or 405. `App`s and scopes have no such guard.
//!
//! # Errors
//!
//! Responses of failed handlers and extractors get the headers as all others do. An error that a
//! middleware within returns stays that error, and the response that actix-web makes of it gets
//! the headers. A handler that panics has no response at all: actix-web closes the connection.

mod middleware;

pub use middleware::{CorsMiddleware, ResponseFuture};

use alloc::sync::Arc;
use core::future::{self, Ready};

use ::actix_web::Error;
use ::actix_web::body::EitherBody;
use ::actix_web::dev::{RequestHead, Service, ServiceRequest, ServiceResponse, Transform};

use crate::policy::{IntoPolicy, Policy};
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
            policy: PolicySource::Policy(policy.into_policy()),
            exposes_explanation: false,
        }
    }

    /// Returns a middleware that enforces the policy that `choose` returns for each request, for hosts,
    /// paths or tenants that have policies of their own. `choose` is called once for each request,
    /// preflights included, and must not block.
    ///
    /// ```
    /// use actix_web::App;
    /// use cors_runtime::actix_web::Cors;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    /// # static PUBLIC: Policy = cors_policy!(allow_origins = Any);
    ///
    /// let app = App::new().wrap(Cors::choose(|head| {
    ///     match head.headers.get("host").map(|host| host.as_bytes()) {
    ///         Some(b"public.example.com") => &PUBLIC,
    ///         _ => &API,
    ///     }
    /// }));
    /// ```
    ///
    /// The choice depends on the URL, its host included, since that is what a preflight has in common with
    /// the request that it precedes. See [`policies_per_request`](crate::guide::policies_per_request).
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

    /// Says in the header `x-cors-explanation` of every response why the request is allowed or
    /// denied, in the words of [`Policy::explain`], if `expose` is true: for development, as in
    /// `Cors::new(&API).expose_explanation(cfg!(debug_assertions))`. The network panel of a browser shows it,
    /// whatever the page itself may read.
    ///
    /// **Not for production**: it tells strangers what the policy allows, and it differs from
    /// request to request without `Vary` saying so, which is wrong in a cache.
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
