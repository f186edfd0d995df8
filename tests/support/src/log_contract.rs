//! What an adapter has to log about requests to the example application, and what it must not log.

use cors_runtime::CorsRequest;
use example_app::API;
use tracing::Level;

use crate::recording_subscriber::{Fields, Noting};

/// A header of a request.
pub type Line = (&'static str, &'static str);

/// The URI of requests. It is logged without its query, which may contain secrets.
pub const URI: &str = "/plain?token=secret";

const PATH: &str = "/plain";

const APP: Line = ("Origin", "https://app.example.com");
const ELSEWHERE: Line = ("Origin", "https://elsewhere.example");
const PUT: Line = ("Access-Control-Request-Method", "PUT");
const PATCH: Line = ("Access-Control-Request-Method", "PATCH");

/// The kinds, the paths and the reasons of the events while something is sent.
fn logged(send: impl FnOnce()) -> Vec<[String; 3]> {
    let (events, ()) = Noting::during(Level::DEBUG, send);
    let value = |event: &Fields, name| {
        let field = event.iter().find(|(field, _)| *field == name);
        field.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let said = events
        .iter()
        .map(|event| ["kind", "path", "reason"].map(|name| value(event, name)));
    said.collect()
}

/// `send` sends a request for [`URI`] with a method and headers to the application.
pub fn a_denied_request_is_one_event(send: impl Fn(&str, &[Line])) {
    for (kind, method, headers) in [
        ("actual", "GET", &[ELSEWHERE][..]),
        ("preflight", "OPTIONS", &[ELSEWHERE, PUT]),
        ("preflight", "OPTIONS", &[APP, PATCH]),
    ] {
        let request = CorsRequest::new(method).with_headers(headers.iter().copied());
        let reason = API.explain(&request).to_string();
        let logged = logged(|| send(method, headers));
        assert_eq!(logged, [[kind.to_owned(), PATH.to_owned(), reason]]);
    }
}

/// `send` sends a request with a method and headers to the application.
pub fn nothing_is_logged_without_denials(send: impl Fn(&str, &[Line])) {
    for (method, headers) in [("GET", &[][..]), ("GET", &[APP]), ("OPTIONS", &[APP, PUT])] {
        let logged = logged(|| send(method, headers));
        assert!(logged.is_empty(), "{method} {headers:?}");
    }
}
