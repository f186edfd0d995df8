//! The service around a service.

use core::future;

use ::actix_web::body::EitherBody;
use ::actix_web::dev::{Service, ServiceRequest, ServiceResponse, forward_ready};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{self, HeaderMap, HeaderValue};
use ::actix_web::{Error, HttpResponse};

use super::response::{Answer, ResponseFuture, State};
use crate::events;
use crate::explain::HeaderLine;
use crate::fields::Fields;
use crate::policy::Policy;
use crate::request::Request;

/// The service that [`Cors`](super::Cors) makes: it answers preflights itself and sets the CORS headers of all
/// other responses, whatever their status.
#[derive(Debug, Clone, Copy)]
pub struct CorsMiddleware<S> {
    pub(super) policy: &'static Policy,
    pub(super) explains: bool,
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
        let cors = cors_request(&request);
        events::denied(self.policy, || cors);
        let decision = self.policy.evaluate(&cors);
        let answer = Answer {
            verdict: decision.verdict(),
            origin: request.headers().get(header::ORIGIN).cloned(),
            explanation: match self.explains {
                true => HeaderMap::copied(HeaderLine::new(&self.policy.explain(&cors)).as_bytes()),
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
                State::Preflight {
                    response: future::ready(request.into_response(response)),
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
