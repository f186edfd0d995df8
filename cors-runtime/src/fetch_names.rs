//! What the Fetch standard keeps from pages, whatever a server allows.
//!
//! The macro refuses to allow these, and the model of a browser does not send them: this file stands
//! in one crate and is linked into the other, so that they cannot disagree.

/// [Forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method), in any case.
pub(crate) const METHODS: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// [Forbidden request-headers](https://fetch.spec.whatwg.org/#forbidden-request-header), whatever
/// their value. (`X-HTTP-Method` and its like are forbidden for some values only.)
pub(crate) const REQUEST_HEADERS: &[&str] = &[
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
pub(crate) const REQUEST_HEADER_PREFIXES: &[&str] = &["proxy-", "sec-"];

/// [Forbidden response-header names](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
pub(crate) const RESPONSE_HEADERS: &[&str] = &["set-cookie", "set-cookie2"];
