//! The same policy by hand, by `cors_policy!`, and by tower-http.

use std::convert::Infallible;
use std::future::Ready;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, cors_policy};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use pin_project_lite::pin_project;
use tower::Service;
use tower_layer::Layer;

pub(super) static POLICY: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [GET, PUT, DELETE, PATCH],
    allow_headers = ["authorization", "content-type", "x-requested-with"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
);

/// A policy that also refuses writes.
pub(super) static GUARDED: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [GET, PUT, DELETE, PATCH],
    allow_headers = ["authorization", "content-type", "x-requested-with"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
    on_denied = RefuseWrites,
);

/// Answers at once, with or without headers.
#[derive(Clone)]
pub(crate) struct Noop {
    pub(crate) prefilled: bool,
}

impl Service<Request<()>> for Noop {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut response = Response::new(());
        if self.prefilled {
            let mut headers = HeaderMap::with_capacity(24);
            for name in [
                header::CONTENT_TYPE,
                header::CONTENT_LENGTH,
                header::ETAG,
                header::DATE,
                header::SERVER,
                header::CACHE_CONTROL,
            ] {
                headers.insert(name, HeaderValue::from_static("x"));
            }
            *response.headers_mut() = headers;
        }
        std::future::ready(Ok(response))
    }
}

pub(crate) fn ours(
    inner: Noop,
    policy: &'static Policy,
) -> impl Service<Request<()>, Response = Response<()>> + 'static {
    CorsLayer::new(policy).layer(inner)
}

/// tower-http with the same policy for `origins`.
pub(crate) fn peer(
    inner: Noop,
    origins: impl IntoIterator<Item = String>,
) -> impl Service<Request<()>, Response = Response<()>> + 'static {
    peer_layer(origins).layer(inner)
}

/// The application behind the layer that refuses writes.
pub(crate) fn guarded_peer(
    inner: Noop,
) -> impl Service<Request<()>, Response = Response<()>> + 'static {
    const ORIGIN: &str = "https://app.example.com";
    let csrf = tower_http::csrf::CsrfLayer::new().add_trusted_origin(ORIGIN);
    let csrf = csrf.expect("a valid origin");
    peer_layer([ORIGIN.to_owned()]).layer(csrf.layer(inner))
}

fn peer_layer(origins: impl IntoIterator<Item = String>) -> tower_http::cors::CorsLayer {
    let origins = origins
        .into_iter()
        .map(|origin| HeaderValue::try_from(origin).expect("a valid value"));
    tower_http::cors::CorsLayer::new()
        .allow_origin(origins.collect::<Vec<_>>())
        .allow_methods([Method::GET, Method::PUT, Method::DELETE, Method::PATCH])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-requested-with"),
        ])
        .expose_headers([header::ETAG])
        .allow_credentials(true)
        .max_age(Duration::from_secs(7200))
}

/// A hand-written implementation of this policy, around any service.
pub(crate) fn floor(inner: Noop) -> impl Service<Request<()>, Response = Response<()>> + 'static {
    Floor(inner)
}

struct Floor<S>(S);

pin_project! {
    #[project = FloorProjection]
    enum FloorFuture<F> {
        Preflight { is_allowed: bool },
        Inner { #[pin] future: F, is_allowed: bool },
    }
}

const ORIGIN: HeaderValue = HeaderValue::from_static("https://app.example.com");
const TRUE: HeaderValue = HeaderValue::from_static("true");
const EXPOSED: HeaderValue = HeaderValue::from_static("etag");
const METHODS: HeaderValue = HeaderValue::from_static("GET, PUT, DELETE, PATCH");
const HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, content-type, x-requested-with");
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");
const VARY: HeaderValue = HeaderValue::from_static("Origin");

impl<S> Service<Request<()>> for Floor<S>
where
    S: Service<Request<()>, Response = Response<()>>,
{
    type Response = Response<()>;
    type Error = S::Error;
    type Future = FloorFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let origin = request.headers().get(header::ORIGIN);
        let is_allowed =
            origin.is_some_and(|origin| origin.as_bytes() == b"https://app.example.com");
        let is_preflight = origin.is_some()
            && *request.method() == Method::OPTIONS
            && request
                .headers()
                .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        match is_preflight {
            true => FloorFuture::Preflight { is_allowed },
            false => FloorFuture::Inner {
                future: self.0.call(request),
                is_allowed,
            },
        }
    }
}

impl<F, E> Future for FloorFuture<F>
where
    F: Future<Output = Result<Response<()>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            FloorProjection::Preflight { is_allowed } => {
                let mut response = Response::new(());
                *response.status_mut() = StatusCode::FORBIDDEN;
                let headers = response.headers_mut();
                if *is_allowed {
                    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
                    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
                    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
                    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
                    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
                    *response.status_mut() = StatusCode::NO_CONTENT;
                }
                response.headers_mut().insert(header::VARY, VARY);
                Poll::Ready(Ok(response))
            }
            FloorProjection::Inner { future, is_allowed } => {
                let mut response = ready!(future.poll(context))?;
                let headers = response.headers_mut();
                if *is_allowed {
                    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN);
                    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
                    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
                }
                headers.append(header::VARY, VARY);
                Poll::Ready(Ok(response))
            }
        }
    }
}
