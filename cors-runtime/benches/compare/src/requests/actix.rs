//! Middleware of actix-web around a service that answers at once.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, fn_service};
use actix_web::http::header;
use actix_web::test::TestRequest;
use actix_web::{Error, HttpResponse};
use cors_runtime::actix_web::Cors;

use super::candidates::POLICY;
use super::{Added, KINDS, Kind, Subject, added, time};

/// By kind of request, what ours and actix-cors add.
pub(crate) fn rows() -> Vec<(&'static str, Vec<Added>)> {
    let measured = KINDS.iter().map(|kind| {
        let subjects = vec![
            subject("bare", bare(), kind),
            subject("ours", around(&Cors::new(&POLICY), bare()), kind),
            subject("actix-cors", around(&peer(), bare()), kind),
        ];
        (kind.0, added(subjects))
    });
    measured.collect()
}

fn bare() -> impl Service<ServiceRequest, Response = ServiceResponse, Error = Error> {
    fn_service(async |request: ServiceRequest| {
        Ok(request.into_response(HttpResponse::Ok().finish()))
    })
}

/// The bare service in a middleware.
fn around<T, S>(middleware: &T, inner: S) -> T::Transform
where
    T: Transform<S, ServiceRequest>,
{
    match at_once(middleware.new_transform(inner)) {
        Ok(service) => service,
        Err(_) => panic!("no middleware fails to start"),
    }
}

fn peer() -> actix_cors::Cors {
    actix_cors::Cors::default()
        .allowed_origin("https://app.example.com")
        .allowed_methods(["GET", "PUT", "DELETE", "PATCH"])
        .allowed_headers(["authorization", "content-type", "x-requested-with"])
        .expose_headers(["etag"])
        .supports_credentials()
        .max_age(7_200)
}

fn subject<S, B>(name: &'static str, service: S, kind: &'static Kind) -> Subject<'static>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody,
{
    let call = move |request| {
        let response = at_once(service.call(request));
        drop(black_box(response.expect("the service answers")));
    };
    // The framework keeps what it allocates for the next request.
    call(request(kind));
    let once = request(kind);
    let allocations = allocation_counter::measure(|| call(once)).count_total;
    let candidate = move || time(|| request(kind), &call);
    (name, allocations, Box::new(candidate))
}

fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing is waited for"),
    }
}

fn request(&(_, method, origin, requested): &Kind) -> ServiceRequest {
    let method = method.parse().expect("a valid method");
    let mut request = TestRequest::default()
        .method(method)
        .insert_header((header::HOST, "api.example.com"))
        .insert_header((header::ACCEPT, "*/*"))
        .insert_header((header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64)"));
    if let Some(origin) = origin {
        request = request.insert_header((header::ORIGIN, origin));
    }
    if let Some(requested) = requested {
        request = request.insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, requested));
    }
    request.to_srv_request()
}
