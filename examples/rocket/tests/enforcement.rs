//! One decision for each request, and all requested headers.

use cors_runtime::Policy;
use cors_runtime::rocket::Cors;
use cors_support::enforcement_contract::{
    Received, Sent, a_predicate_is_called_once, requested_headers_are_sent_back,
};
use rocket::http::Header;
use rocket::local::blocking::Client;
use rocket::{get, options, put, routes};

#[get("/")]
fn get() -> &'static str {
    "get"
}

#[put("/")]
fn put() -> &'static str {
    "put"
}

#[options("/")]
fn options() -> &'static str {
    "options"
}

/// A blocking client calls the application on its own thread.
fn send(policy: &'static Policy, sent: &Sent) -> Received {
    let rocket = rocket::build()
        .mount("/", routes![get, put, options])
        .attach(Cors::new(policy).expose_explanation(sent.is_explained));
    let client = Client::untracked(rocket).unwrap();
    let mut request = client.req(sent.method.parse().unwrap(), "/");
    for (name, value) in &sent.headers {
        request.add_header(Header::new(*name, value.clone()));
    }
    let response = request.dispatch();
    let lines = response.headers().iter();
    Received {
        status: response.status().code,
        headers: lines
            .map(|line| {
                (
                    line.name.as_str().to_ascii_lowercase(),
                    line.value.into_owned(),
                )
            })
            .collect(),
    }
}

#[test]
fn the_fairing_calls_a_predicate_once() {
    a_predicate_is_called_once(send);
}

#[test]
fn the_fairing_sends_requested_headers_back() {
    requested_headers_are_sent_back(500, send);
}
