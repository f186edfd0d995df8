//! Headers that pages cannot set.

use super::list::normalized;
use super::method;
use crate::forbidden_names;

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub(super) fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    const OVERRIDES: [&str; 3] = [
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
    ];
    let starts_with = |prefix: &&str| {
        let start = name.as_bytes().get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    is_one_of(forbidden_names::REQUEST_HEADERS, name)
        || forbidden_names::REQUEST_HEADER_PREFIXES
            .iter()
            .any(starts_with)
        || is_one_of(&OVERRIDES, name) && names_forbidden_method(value)
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
    is_one_of(forbidden_names::RESPONSE_HEADERS, name)
}

/// Names are compared without regard to case.
fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|listed| listed.eq_ignore_ascii_case(name))
}
