//! Headers that pages cannot set.

use super::list::normalized;
use cors_origin::fetch;

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub(super) fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    const OVERRIDES: [&str; 3] = [
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
    ];
    let is_override = || {
        OVERRIDES
            .iter()
            .any(|listed| listed.eq_ignore_ascii_case(name))
    };
    fetch::is_forbidden_request_header(name.as_bytes())
        || is_override() && names_forbidden_method(value)
}

/// Whether one of the methods in a list is forbidden.
fn names_forbidden_method(value: &[u8]) -> bool {
    value
        .split(|byte| *byte == b',')
        .any(|method| fetch::is_forbidden_method(normalized(method)))
}
