//! What the fairing of Rocket logs, and when it logs nothing.

use cors_runtime::rocket::Cors;
use cors_support::log_contract::{self, Line};
use example_app::API;
use rocket::http::Header;
use rocket::local::blocking::Client;
use rocket::{get, routes};

#[get("/plain")]
fn plain() -> &'static str {
    "plain"
}

/// A blocking client calls the application on its own thread.
fn send(method: &str, headers: &[Line]) {
    let rocket = rocket::build()
        .mount("/", routes![plain])
        .attach(Cors::new(&API));
    let client = Client::untracked(rocket).unwrap();
    let mut request = client.req(method.parse().unwrap(), log_contract::URI);
    for (name, value) in headers {
        request.add_header(Header::new(*name, *value));
    }
    request.dispatch();
}

#[test]
fn a_denied_request_is_one_event() {
    log_contract::a_denied_request_is_one_event(send);
}

#[test]
fn nothing_is_logged_without_denials() {
    log_contract::nothing_is_logged_without_denials(send);
}
