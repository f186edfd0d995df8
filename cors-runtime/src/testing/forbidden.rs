//! Headers that pages cannot set.

use super::list::normalized;
use super::method;

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub(super) fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    const FORBIDDEN: [&str; 21] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    const OVERRIDES: [&str; 3] = [
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
    ];
    let is_one_of = |names: &[&str]| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    let starts_with = |prefix: &str| {
        let start = name.as_bytes().get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    is_one_of(&FORBIDDEN)
        || starts_with("proxy-")
        || starts_with("sec-")
        || is_one_of(&OVERRIDES) && names_forbidden_method(value)
}

/// Whether one of the methods in a list is forbidden.
fn names_forbidden_method(value: &[u8]) -> bool {
    value
        .split(|byte| *byte == b',')
        .filter_map(|method| core::str::from_utf8(normalized(method)).ok())
        .any(method::is_forbidden)
}

/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>
pub(super) fn is_forbidden_response_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("set-cookie") || name.eq_ignore_ascii_case("set-cookie2")
}
