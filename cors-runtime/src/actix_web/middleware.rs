//! The service around a service, and its future.

use core::future::{self, Future, Ready};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::actix_web::body::EitherBody;
use ::actix_web::dev::{Service, ServiceRequest, ServiceResponse, forward_ready};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::actix_web::{Error, HttpResponse};
use pin_project_lite::pin_project;

use super::Source;
use crate::decision::{Mirrored, OwnedOutcome};
use crate::explain::{self, Explanation, HeaderLine};
use crate::header_lines::{self, Chunk, HeaderSource};
use crate::log::log_if_denied;
use crate::policy::Policy;
use crate::request::{CorsRequest, RequestKind};
use crate::response::{self, MayHave, ResponseHeaders};
#[cfg(feature = "config")]
use crate::rule::static_value;
use crate::rule::{AppendConst, ConstHeader, Rule};
use crate::source::PolicySource;
use crate::vary::{Vary, header_value};
use cors_origin::header::Header;

/// The service that [`Cors`](super::Cors) creates. It responds to preflights and to requests
/// that the policy refuses, and sets the CORS headers of all other responses, whatever their status.
#[derive(Debug, Clone)]
pub struct CorsMiddleware<S> {
    pub(super) policy: Source,
    pub(super) exposes_explanation: bool,
    pub(super) inner: S,
}

impl<S, B> Service<ServiceRequest> for CorsMiddleware<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ResponseFuture<S::Future>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        match &self.policy {
            PolicySource::Policy(policy) => self.enforce(policy, request),
            #[cfg(feature = "config")]
            PolicySource::Current(current) => self.enforce(&current.load(), request),
            PolicySource::Chooser(chooser) => {
                self.enforce(&chooser.function()(request.head()), request)
            }
        }
    }
}

impl<S> CorsMiddleware<S> {
    fn enforce<B>(&self, policy: &Policy, request: ServiceRequest) -> ResponseFuture<S::Future>
    where
        S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    {
        let cors = cors_request(&request, policy.is_guarded());
        let owned = policy.decide_owned(cors.kind(), cors.origin(), || cors);
        let outcome = owned.get();
        log_if_denied(policy, outcome, || (cors, request.path()));
        let decision = Decision {
            outcome: owned.clone(),
            origin: match outcome.echoes_origin() {
                true => request.headers().get(header::ORIGIN).cloned(),
                false => None,
            },
            explanation: match self.exposes_explanation {
                true => {
                    let explanation = Explanation::new(policy, outcome, &cors);
                    HeaderValue::from_bytes(HeaderLine::new(&explanation).as_bytes()).ok()
                }
                false => None,
            },
        };
        let status = outcome
            .immediate_status()
            .and_then(|status| StatusCode::from_u16(status).ok());
        let state = match status {
            Some(status) => {
                let mut response = HttpResponse::new(status);
                if let Some(refusal) = outcome.refusal {
                    response.extensions_mut().insert(refusal);
                }
                let mirrored = Mirrored::new(&cors, &outcome);
                decision.apply_to(response.headers_mut(), Some(&mirrored));
                State::Immediate {
                    response: future::ready(request.into_response(response)),
                }
            }
            None => State::Inner {
                future: self.inner.call(request),
                decision,
            },
        };
        ResponseFuture { state }
    }
}

/// Returns the parts of a request that matter for CORS, and those that matter for refusals.
fn cors_request(request: &ServiceRequest, is_guarded: bool) -> CorsRequest<'_> {
    let names = [header::ORIGIN, header::ACCESS_CONTROL_REQUEST_METHOD];
    let method = request.method().as_str().as_bytes();
    let lines = |name| request.headers().get_all(name).map(HeaderValue::as_bytes);
    let cors = CorsRequest::from_lookup(method, names, lines, request.headers());
    if !is_guarded {
        return cors;
    }
    let target = request.uri().authority();
    cors.with_context(target.map(|it| it.as_str().as_bytes()), |name| {
        request.headers().get_all(name).map(HeaderValue::as_bytes)
    })
}

impl HeaderSource for HeaderMap {
    fn copy_lines<'r>(&'r self, from: usize, chunk: &mut Chunk<'r>) -> usize {
        let lines = self.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
        header_lines::fill(chunk, lines.skip(from).map(HeaderValue::as_bytes))
    }
}

pin_project! {
    /// The response of a [`CorsMiddleware`](super::CorsMiddleware).
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProjection]
    enum State<F> {
        // Panics if polled after completion, like `std::future::Ready`.
        Immediate { response: Ready<ServiceResponse> },
        Inner { #[pin] future: F, decision: Decision },
    }
}

impl<F, B> Future for ResponseFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Immediate { response } => {
                let response = ready!(Pin::new(response).poll(context));
                Poll::Ready(Ok(response.map_into_right_body()))
            }
            StateProjection::Inner { future, decision } => {
                let result = ready!(future.poll(context));
                Poll::Ready(decision.apply_to_result(result))
            }
        }
    }
}

/// The decision about a request, which it outlives.
#[derive(Debug, Clone)]
struct Decision {
    outcome: OwnedOutcome,
    /// The request's origin, if the response contains it.
    origin: Option<HeaderValue>,
    explanation: Option<HeaderValue>,
}

impl Decision {
    /// Applies the decision to a response. Only responses to preflights have `mirrored`.
    fn apply_to(&self, headers: &mut HeaderMap, mirrored: Option<&Mirrored<'_>>) {
        let outcome = self.outcome.get();
        response::apply(headers, &outcome, |headers| {
            if let Some(origin) = &self.origin {
                if outcome.echoes_timing() {
                    let name = HeaderName::from_static(Header::TimingAllowOrigin.name());
                    headers.append(name, origin.clone());
                }
                headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            }
            if let Some(mirrored) = mirrored {
                response::append_mirrored(headers, mirrored);
            }
        });
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
                self.apply_to(response.headers_mut(), None);
                Ok(response)
            }
            Err(mut error) => {
                // The error stays the same error for middleware around this one.
                let decision = self.clone();
                error.add_response_mapper(move |mut response| {
                    decision.apply_to(response.headers_mut(), None);
                    response
                });
                Err(error)
            }
        }
    }
}

impl AppendConst for HeaderMap {
    #[cfg(feature = "config")]
    type Line = (HeaderName, HeaderValue);

    fn append_const<H: ConstHeader>(&mut self) {
        self.append(
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
        self.append(name.clone(), value.clone());
    }
}

impl ResponseHeaders for HeaderMap {
    fn may_have(&self) -> MayHave {
        let mut names = self.keys();
        MayHave {
            cors: names.any(|name| name.as_str().starts_with("access-control-")),
            vary: true,
        }
    }

    fn remove(&mut self, header: Header) {
        Self::remove(self, header.name());
    }

    fn append_constants(&mut self, rule: &Rule, kind: RequestKind) {
        rule.constants.actix_web.get(kind)(rule, self);
    }

    fn append(&mut self, header: Header, value: &[u8]) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            Self::append(self, HeaderName::from_static(header.name()), value);
        }
    }

    fn vary(&self) -> impl Iterator<Item = &[u8]> {
        self.get_all(header::VARY).map(HeaderValue::as_bytes)
    }

    fn append_vary(&mut self, vary: Vary) -> bool {
        Self::append(self, header::VARY, header_value!(HeaderValue, vary));
        true
    }

    fn replace_first_vary(&mut self, line: &[u8]) {
        // Concatenating valid values with names gives a valid value.
        let line = HeaderValue::from_bytes(line).ok();
        if let (Some(first), Some(line)) = (self.get_mut(header::VARY), line) {
            *first = line;
        }
    }
}
