//! One decision for each request, and all requested headers.

use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use cors_runtime::Policy;
use cors_runtime::actix_web::Cors;
use cors_support::enforcement_contract::{
    Received, Sent, a_predicate_is_called_once, requested_headers_are_sent_back,
};

fn send(policy: &'static Policy, sent: &Sent) -> Received {
    System::new().block_on(async {
        let app = App::new()
            .default_service(web::to(HttpResponse::Ok))
            .wrap(Cors::new(policy).expose_explanation(sent.is_explained));
        let app = init_service(app).await;
        let request =
            TestRequest::with_uri("/").method(Method::from_bytes(sent.method.as_bytes()).unwrap());
        let request = sent.headers.iter().fold(request, |request, (name, value)| {
            request.append_header((*name, value.as_str()))
        });
        let response = call_service(&app, request.to_request()).await;
        let lines = response.headers().iter();
        Received {
            status: response.status().as_u16(),
            headers: lines
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
        }
    })
}

#[test]
fn the_middleware_calls_a_predicate_once() {
    a_predicate_is_called_once(send);
}

#[test]
fn the_middleware_sends_requested_headers_back() {
    requested_headers_are_sent_back(500, send);
}
