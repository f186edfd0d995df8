//! What the fairing of Rocket logs, and when it logs nothing.

#[path = "../../../tests/support/events.rs"]
mod support;

use app::API;
use cors_runtime::Request;
use cors_runtime::rocket::Cors;
use rocket::http::{Header, Method};
use rocket::local::blocking::Client;
use rocket::{get, routes};
use support::Noting;
use tracing::Level;

const APP: (&str, &str) = ("Origin", "https://app.example.com");
const ELSEWHERE: (&str, &str) = ("Origin", "https://elsewhere.example");
const PUT: (&str, &str) = ("Access-Control-Request-Method", "PUT");
const PATCH: (&str, &str) = ("Access-Control-Request-Method", "PATCH");

#[get("/")]
fn plain() -> &'static str {
    "plain"
}

/// The kinds and the reasons of the events about a request.
fn logged(method: Method, headers: &[(&'static str, &'static str)]) -> Vec<[String; 2]> {
    let rocket = rocket::build()
        .mount("/", routes![plain])
        .attach(Cors::new(&API));
    let client = Client::untracked(rocket).unwrap();
    let mut request = client.req(method, "/");
    for (name, value) in headers {
        request.add_header(Header::new(*name, *value));
    }
    // A blocking client asks the application on the thread that it is called on.
    let (events, _) = Noting::during(Level::DEBUG, || request.dispatch());
    support::kinds_and_reasons(&events)
}

#[test]
fn a_denied_request_is_one_event() {
    for (kind, method, headers) in [
        ("actual", Method::Get, &[ELSEWHERE][..]),
        ("preflight", Method::Options, &[ELSEWHERE, PUT]),
        ("preflight", Method::Options, &[APP, PATCH]),
    ] {
        let request = Request::new(method.as_str().as_bytes());
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(name.as_bytes(), value.as_bytes())
        });
        let reason = API.explain(&request).to_string();
        assert_eq!(logged(method, headers), [[kind.to_owned(), reason]]);
    }
}

#[test]
fn nothing_is_said_where_nothing_is_denied() {
    for (method, headers) in [
        (Method::Get, &[][..]),
        (Method::Get, &[APP]),
        (Method::Options, &[APP, PUT]),
    ] {
        assert!(logged(method, headers).is_empty(), "{method} {headers:?}");
    }
}
