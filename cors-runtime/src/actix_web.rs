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

use core::future::{self, Future, Ready};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::actix_web::body::EitherBody;
use ::actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::actix_web::{Error, HttpResponse};
use pin_project_lite::pin_project;

use crate::events;
use crate::explain::{self, Line};
use crate::fields::{self, Fields};
use crate::mirror::Mirror;
use crate::policy::Policy;
use crate::request::Request;
use crate::verdict::Verdict;

/// Enforces a policy around an `App` or a scope. See the [module](self).
#[derive(Debug, Clone, Copy)]
pub struct Cors {
    policy: &'static Policy,
    explains: bool,
}

/// The service that [`Cors`] makes: it answers preflights itself and sets the CORS headers of all
/// other responses, whatever their status.
#[derive(Debug, Clone, Copy)]
pub struct CorsMiddleware<S> {
    policy: &'static Policy,
    explains: bool,
    inner: S,
}

/// What was decided about a request, and outlives it.
#[derive(Debug, Clone)]
struct Answer {
    verdict: Verdict,
    origin: Option<HeaderValue>,
    explanation: Option<HeaderValue>,
}

pin_project! {
    /// The response of a [`CorsMiddleware`].
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F, B> {
        Preflight { response: Option<ServiceResponse<EitherBody<B>>> },
        Inner { #[pin] future: F, answer: Answer },
    }
}

impl Cors {
    /// A middleware that enforces `policy`.
    #[must_use]
    pub const fn new(policy: &'static Policy) -> Self {
        Self {
            policy,
            explains: false,
        }
    }

    /// Says in the header `x-cors-explanation` of every response why the request is allowed or
    /// denied, in the words of [`Policy::explain`], if `explains` is true: for development, as in
    /// `Cors::new(&API).explain(cfg!(debug_assertions))`. The network panel of a browser shows it,
    /// whatever the page itself may read.
    ///
    /// **Not for production**: it tells strangers what the policy allows, and it differs from
    /// request to request without `Vary` saying so, which is wrong in a cache.
    #[must_use]
    pub const fn explain(mut self, explains: bool) -> Self {
        self.explains = explains;
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
        let Self { policy, explains } = *self;
        future::ready(Ok(CorsMiddleware {
            policy,
            explains,
            inner,
        }))
    }
}

impl<S, B> Service<ServiceRequest> for CorsMiddleware<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ResponseFuture<S::Future, B>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let cors = cors_request(&request);
        events::denied(self.policy, || cors);
        let decision = self.policy.evaluate(&cors);
        let answer = Answer {
            verdict: decision.verdict(),
            origin: request.headers().get(header::ORIGIN).cloned(),
            explanation: match self.explains {
                true => HeaderMap::copied(Line::of(&self.policy.explain(&cors)).as_bytes()),
                false => None,
            },
        };
        let status = decision
            .preflight_status()
            .and_then(|status| StatusCode::from_u16(status).ok());
        let state = match status {
            Some(status) => {
                let mut response = HttpResponse::new(status);
                answer.apply_to(response.headers_mut(), &decision.mirror());
                let response = request.into_response(response).map_into_right_body();
                State::Preflight {
                    response: Some(response),
                }
            }
            None => State::Inner {
                future: self.inner.call(request),
                answer,
            },
        };
        ResponseFuture { state }
    }
}

impl<F, B> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Preflight { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                None => Poll::Pending, // polled after it was ready
            },
            StateProjection::Inner { future, answer } => {
                let result = ready!(future.poll(context));
                Poll::Ready(answer.apply_to_result(result))
            }
        }
    }
}

/// What CORS looks at.
fn cors_request(request: &ServiceRequest) -> Request<'_> {
    let names = [
        header::ORIGIN,
        header::ACCESS_CONTROL_REQUEST_METHOD,
        header::ACCESS_CONTROL_REQUEST_HEADERS,
    ];
    Request::read(request.method().as_str().as_bytes(), names, |name| {
        request.headers().get_all(name).map(HeaderValue::as_bytes)
    })
}

impl Answer {
    fn apply_to(&self, headers: &mut HeaderMap, mirror: &Mirror<'_>) {
        fields::apply(headers, &self.verdict, self.origin.clone(), mirror);
        if let Some(explanation) = &self.explanation {
            headers.insert(HeaderName::from_static(explain::NAME), explanation.clone());
        }
    }

    fn apply_to_result<B>(
        &self,
        result: Result<ServiceResponse<B>, Error>,
    ) -> Result<ServiceResponse<EitherBody<B>>, Error> {
        match result {
            Ok(response) => {
                let mut response = response.map_into_left_body();
                self.apply_to(response.headers_mut(), &Mirror::NOTHING);
                Ok(response)
            }
            Err(mut error) => {
                // It stays the error that it is, for the middleware around this one.
                let answer = self.clone();
                error.add_response_mapper(move |mut response| {
                    answer.apply_to(response.headers_mut(), &Mirror::NOTHING);
                    response
                });
                Err(error)
            }
        }
    }
}

impl Fields for HeaderMap {
    type Value = HeaderValue;

    fn constant(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    fn copied(bytes: &[u8]) -> Option<HeaderValue> {
        HeaderValue::from_bytes(bytes).ok()
    }

    fn may_have_cors(&self) -> bool {
        self.keys()
            .any(|name| name.as_str().starts_with("access-control-"))
    }

    fn remove(&mut self, name: &'static str) {
        Self::remove(self, name);
    }

    fn append(&mut self, name: &'static str, value: HeaderValue) {
        Self::append(self, HeaderName::from_static(name), value);
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.get_all(header::VARY).map(HeaderValue::as_bytes)
    }
}
