//! The corpus finds the mistakes that CORS implementations make: each is made here on purpose, in
//! the reference, and must be found where it shows.

mod consequences;
mod mistakes;
#[path = "../reference/mod.rs"]
mod reference;

use conformance::{Request, Response, faults};
use reference::answer as right;

fn has(request: &Request, header: &str) -> bool {
    request.headers.iter().any(|(name, _)| name == header)
}

fn is_preflight(request: &Request) -> bool {
    request.method == "OPTIONS"
        && has(request, "Origin")
        && has(request, "Access-Control-Request-Method")
}

fn remove(response: &mut Response, header: &str) {
    response.headers.retain(|(name, _)| name != header);
}

fn add(response: &mut Response, name: &str, value: &[u8]) {
    response.headers.push((name.to_owned(), value.to_vec()));
}

/// The request with another `Origin`, for implementations that take it for an allowed one.
fn with_origin(request: &Request, change: impl Fn(&str) -> String) -> Request {
    let mut request = request.clone();
    for (name, value) in &mut request.headers {
        if name == "Origin" {
            *value = change(&String::from_utf8_lossy(value)).into_bytes();
        }
    }
    request
}

/// Where the corpus finds fault with an implementation.
#[track_caller]
fn found(broken: impl Fn(&Request) -> Response, case: &str) {
    let faults = faults("", |_, request| Some(broken(request)));
    let is_meant = |fault: &String| {
        fault
            .strip_prefix(case)
            .is_some_and(|rest| rest.starts_with(": "))
    };
    assert!(
        faults.iter().any(is_meant),
        "{case} should have failed: {faults:#?}"
    );
}

/// [`found`] for what is done to a response that was right.
#[track_caller]
fn found_after(change: impl Fn(&Request, &mut Response), case: &str) {
    found(
        |request| {
            let mut response = right(request);
            change(request, &mut response);
            response
        },
        case,
    );
}

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const CREDENTIALS: &str = "access-control-allow-credentials";

#[test]
fn nothing_is_found_where_nothing_is_broken() {
    assert_eq!(faults("", |_, request| Some(right(request))), [""; 0]);
}
