//! The response that is waited for.

use core::future::{Future, Ready};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::actix_web::Error;
use ::actix_web::body::EitherBody;
use ::actix_web::dev::ServiceResponse;
use ::actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use pin_project_lite::pin_project;

use crate::explain;
use crate::fields;
use crate::mirror::Mirror;
use crate::verdict::Verdict;

pin_project! {
    /// The response of a [`CorsMiddleware`](super::CorsMiddleware).
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F> {
        #[pin]
        pub(super) state: State<F>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProjection]
    pub(super) enum State<F> {
        // Given once: who polls again is told by a panic, as by any future of the standard library.
        Preflight { response: Ready<ServiceResponse> },
        Inner { #[pin] future: F, answer: Answer },
    }
}

impl<F, B> Future for ResponseFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
{
    type Output = Result<ServiceResponse<EitherBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Preflight { response } => {
                let response = ready!(Pin::new(response).poll(context));
                Poll::Ready(Ok(response.map_into_right_body()))
            }
            StateProjection::Inner { future, answer } => {
                let result = ready!(future.poll(context));
                Poll::Ready(answer.apply_to_result(result))
            }
        }
    }
}

/// What was decided about a request, and outlives it.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) origin: Option<HeaderValue>,
    pub(super) explanation: Option<HeaderValue>,
}

impl Answer {
    pub(super) fn apply_to(&self, headers: &mut HeaderMap, mirror: &Mirror<'_>) {
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
