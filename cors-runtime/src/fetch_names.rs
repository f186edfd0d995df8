//! Names that the Fetch standard treats in a way of their own: what it keeps from pages, whatever a
//! server allows, and what needs no permission.
//!
//! The macro refuses to allow the former, the model of a browser does not send them, and explanations
//! do not offer them: this file stands in one crate and is linked into the other, so that they cannot
//! disagree.

/// [Methods](https://fetch.spec.whatwg.org/#cors-safelisted-method) that need no permission.
pub(crate) const SAFELISTED_METHODS: [&str; 3] = ["GET", "HEAD", "POST"];

/// [Forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method), in any case.
const FORBIDDEN_METHODS: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// [Forbidden request-headers](https://fetch.spec.whatwg.org/#forbidden-request-header), whatever
/// their value. (`X-HTTP-Method` and its like are forbidden for some values only.)
pub(crate) const FORBIDDEN_REQUEST_HEADERS: &[&str] = &[
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

/// Prefixes of forbidden request-headers.
const FORBIDDEN_REQUEST_HEADER_PREFIXES: &[&str] = &["proxy-", "sec-"];

/// [Forbidden response-header names](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
const FORBIDDEN_RESPONSE_HEADERS: &[&str] = &["set-cookie", "set-cookie2"];

pub(crate) fn is_forbidden_method(method: &[u8]) -> bool {
    is_one_of(FORBIDDEN_METHODS, method)
}

pub(crate) fn is_forbidden_request_header(name: &[u8]) -> bool {
    let starts_with = |prefix: &&str| {
        let start = name.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    is_one_of(FORBIDDEN_REQUEST_HEADERS, name)
        || FORBIDDEN_REQUEST_HEADER_PREFIXES.iter().any(starts_with)
}

pub(crate) fn is_forbidden_response_header(name: &[u8]) -> bool {
    is_one_of(FORBIDDEN_RESPONSE_HEADERS, name)
}

/// All are compared without regard to case.
fn is_one_of(listed: &[&str], name: &[u8]) -> bool {
    let mut listed = listed.iter();
    listed.any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
}
