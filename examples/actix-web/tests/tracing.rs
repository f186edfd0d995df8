//! What the middleware of actix-web logs, and when it logs nothing.

#[path = "../../../tests/support/events.rs"]
mod support;

use actix_web::http::Method;
use actix_web::rt::System;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpResponse, web};
use app::API;
use cors_runtime::Request;
use cors_runtime::actix_web::Cors;
use support::Noting;
use tracing::Level;

const APP: (&str, &str) = ("Origin", "https://app.example.com");
const ELSEWHERE: (&str, &str) = ("Origin", "https://elsewhere.example");
const PUT: (&str, &str) = ("Access-Control-Request-Method", "PUT");
const PATCH: (&str, &str) = ("Access-Control-Request-Method", "PATCH");

/// The kinds and the reasons of the events about a request.
fn logged(method: &str, headers: &[(&str, &str)]) -> Vec<[String; 2]> {
    let send = async || {
        let app = App::new()
            .route("/", web::get().to(HttpResponse::Ok))
            .wrap(Cors::new(&API));
        let app = init_service(app).await;
        let request = TestRequest::get().method(Method::from_bytes(method.as_bytes()).unwrap());
        let request = headers
            .iter()
            .fold(request, |request, header| request.insert_header(*header));
        call_service(&app, request.to_request()).await;
    };
    let (events, ()) = Noting::during(Level::DEBUG, || System::new().block_on(send()));
    support::kinds_and_reasons(&events)
}

#[test]
fn a_denied_request_is_one_event() {
    for (kind, method, headers) in [
        ("actual", "GET", &[ELSEWHERE][..]),
        ("preflight", "OPTIONS", &[ELSEWHERE, PUT]),
        ("preflight", "OPTIONS", &[APP, PATCH]),
    ] {
        let request = Request::new(method.as_bytes());
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(name.as_bytes(), value.as_bytes())
        });
        let reason = API.explain(&request).to_string();
        assert_eq!(logged(method, headers), [[kind.to_owned(), reason]]);
    }
}

#[test]
fn nothing_is_said_where_nothing_is_denied() {
    for (method, headers) in [("GET", &[][..]), ("GET", &[APP]), ("OPTIONS", &[APP, PUT])] {
        assert!(logged(method, headers).is_empty(), "{method} {headers:?}");
    }
}
