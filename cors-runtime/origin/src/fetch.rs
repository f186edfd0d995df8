//! Methods and headers with special treatment in the Fetch standard: those that pages may never
//! send, and those that are always allowed; the default lifetime of a preflight response; and the
//! grammar of names.

/// [Methods](https://fetch.spec.whatwg.org/#cors-safelisted-method) that need no permission.
pub const SAFELISTED_METHODS: [&str; 3] = ["GET", "HEAD", "POST"];

/// [`SAFELISTED_METHODS`] as the value of a header.
pub const SAFELISTED_METHOD_LIST: &str = "GET, HEAD, POST";

/// Methods that browsers convert [to upper
/// case](https://fetch.spec.whatwg.org/#concept-method-normalize).
pub const NORMALIZED_METHODS: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

/// [Forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method), in any case.
const FORBIDDEN_METHODS: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// [Forbidden request-headers](https://fetch.spec.whatwg.org/#forbidden-request-header), whatever
/// their value. (`X-HTTP-Method` and similar ones are only forbidden for some values.)
pub const FORBIDDEN_REQUEST_HEADERS: &[&str] = &[
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

/// Names of headers that only occur in responses.
/// <https://fetch.spec.whatwg.org/#http-responses>,
/// <https://www.rfc-editor.org/rfc/rfc9110#section-10.2>,
/// <https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses>
pub const RESPONSE_HEADERS: &[&str] = &[
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "etag",
    "grpc-message",
    "grpc-status",
    "grpc-status-details-bin",
    "location",
    "retry-after",
    "server",
    "server-timing",
    "set-cookie2",
    "strict-transport-security",
    "timing-allow-origin",
    "vary",
    "www-authenticate",
];

/// The [header](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name) that `*` does
/// not cover.
const NON_WILDCARD_REQUEST_HEADER: &str = "authorization";

/// Seconds for which browsers cache a preflight if no
/// [`max-age`](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0) is sent.
pub const DEFAULT_MAX_AGE: u32 = 5;

/// Returns whether a preflight can succeed with a
/// [status](https://fetch.spec.whatwg.org/#ok-status).
pub fn is_ok_status(status: u16) -> bool {
    (200..=299).contains(&status)
}

/// Returns whether `*` does not cover a request header. Names are compared case-insensitively.
pub fn is_non_wildcard_request_header(name: &[u8]) -> bool {
    is_one_of(&[NON_WILDCARD_REQUEST_HEADER], name)
}

/// Returns whether a method is [forbidden](https://fetch.spec.whatwg.org/#forbidden-method), in any
/// case.
pub fn is_forbidden_method(method: &[u8]) -> bool {
    is_one_of(FORBIDDEN_METHODS, method)
}

/// Returns whether a header is a [forbidden
/// request-header](https://fetch.spec.whatwg.org/#forbidden-request-header) whatever its value.
pub fn is_forbidden_request_header(name: &[u8]) -> bool {
    let starts_with = |prefix: &&str| {
        let start = name.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    is_one_of(FORBIDDEN_REQUEST_HEADERS, name)
        || FORBIDDEN_REQUEST_HEADER_PREFIXES.iter().any(starts_with)
}

/// Returns whether a name is a [forbidden response-header
/// name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
pub fn is_forbidden_response_header(name: &[u8]) -> bool {
    is_one_of(FORBIDDEN_RESPONSE_HEADERS, name)
}

/// Returns whether a header only occurs in responses.
pub fn is_response_header(name: &[u8]) -> bool {
    is_one_of(RESPONSE_HEADERS, name)
}

/// Compares names case-insensitively.
fn is_one_of(listed: &[&str], name: &[u8]) -> bool {
    let mut listed = listed.iter();
    listed.any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
}

/// Returns whether `text` is a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2): one
/// or more `tchar`.
pub fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| is_tchar(*byte))
}

/// Returns whether `line` is a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) of tokens, or one
/// of its lines, which may be empty.
pub fn is_token_list(line: &[u8]) -> bool {
    const SPACE: u8 = 1;
    const INVALID: u8 = 2;
    // For each byte, a table costs less than comparisons.
    const CLASSES: [u8; 256] = {
        let mut classes = [INVALID; 256];
        let mut byte = u8::MAX;
        loop {
            if is_tchar(byte) || byte == b',' {
                classes[byte as usize] = 0;
            } else if matches!(byte, b' ' | b'\t') {
                classes[byte as usize] = SPACE;
            }
            match byte.checked_sub(1) {
                Some(next) => byte = next,
                None => break classes,
            }
        }
    };
    let class = |byte: &u8| CLASSES[usize::from(*byte)];
    match line.iter().fold(0, |seen, byte| seen | class(byte)) {
        0 => true,
        // Not within an element. Browsers send none at all.
        SPACE => list_elements(line).all(is_token),
        _ => false,
    }
}

/// Returns the elements of a [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1), or of one
/// of its lines, without white space and empty elements.
pub fn list_elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let elements = line.split(|byte| *byte == b',').map(trim_whitespace);
    elements.filter(|element| !element.is_empty())
}

/// Removes [optional white space](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3).
fn trim_whitespace(mut element: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = element {
        element = rest;
    }
    element
}

/// Returns whether the name of a method or a header looks like a pattern, even if it is a token. Browsers
/// [compare names](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0) as a whole.
pub fn is_like_a_pattern(name: &[u8]) -> bool {
    name.iter().any(|byte| b"*|^$".contains(byte))
}

/// Returns whether a byte is a [`tchar`](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
pub const fn is_tchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_list_of_tokens_if_all_elements_are_tokens() {
        const BYTES: &[u8] = b"aZ0~-, \t:;\x00\r\x7f\x80\xff";
        let is_list = |line: &[u8]| list_elements(line).all(is_token);
        for byte in 0..=u8::MAX {
            assert_eq!(is_token_list(&[byte]), is_list(&[byte]), "{byte}");
        }
        let count = BYTES.len();
        for index in 0..count.pow(4) {
            let place = |place: u32| BYTES[index / count.pow(place) % count];
            let line = [place(0), place(1), place(2), place(3)];
            assert_eq!(is_token_list(&line), is_list(&line), "{line:?}");
        }
        assert!(is_token_list(b""));
    }
}
