use super::*;

fn check(result: Result<String, Diagnostic>) -> Option<Check> {
    result.err().map(|problem| problem.check)
}

#[test]
fn names_are_lowered() {
    assert_eq!(request("X-Pingother").as_deref(), Ok("x-pingother"));
    assert_eq!(response("ETag").as_deref(), Ok("etag"));
}

#[test]
fn names_that_scripts_may_set_are_allowed() {
    for name in [
        "authorization",
        "content-type",
        "user-agent",
        "if-none-match",
        "x-http-method-override",
        "second",
        "proxy",
        "access-control-request-private-network",
    ] {
        assert_eq!(request(name).as_deref(), Ok(name));
    }
}

#[test]
fn every_forbidden_request_header_is_refused() {
    for name in fetch::FORBIDDEN_REQUEST_HEADERS
        .iter()
        .chain(&["Sec-Fetch-Site", "Proxy-Authorization"])
    {
        assert_eq!(
            check(request(name)),
            Some(Check::RequestHeaderForbidden),
            "{name}"
        );
    }
}

#[test]
fn response_headers_are_no_request_headers() {
    for name in RESPONSE_ONLY {
        assert_eq!(
            check(request(name)),
            Some(Check::RequestHeaderResponseOnly),
            "{name}"
        );
        // What is offered is allowed.
        let is_offered = request(name).unwrap_err().helps()[0].contains("expose_headers");
        assert!(!is_offered || response(name).is_ok(), "{name}");
    }
    assert_eq!(
        check(request("Set-Cookie2")),
        Some(Check::RequestHeaderResponseOnly)
    );
}

#[test]
fn request_headers_are_no_response_headers() {
    for name in REQUEST_ONLY {
        assert_eq!(
            check(response(name)),
            Some(Check::ExposedHeaderRequestOnly),
            "{name}"
        );
    }
    for name in ["Set-Cookie", "set-cookie2"] {
        assert_eq!(
            check(response(name)),
            Some(Check::ExposedHeaderForbidden),
            "{name}"
        );
    }
}

#[test]
fn several_names_are_taken_apart() {
    for (text, entries) in [
        (
            "Content-Type, authorization",
            Some(r#""content-type", "authorization""#),
        ),
        ("content-type x-one", Some(r#""content-type", "x-one""#)),
        ("Content Type", Some(r#""content-type""#)),
        ("x-one: 1;", Some(r#""x-one""#)),
        ("content-type, cookie", None),
        ("é", None),
        ("", None),
    ] {
        assert_eq!(meant(text, request).as_deref(), entries, "{text}");
    }
}

#[test]
fn a_name_is_a_token() {
    for name in ["", "*", "a b", "etag:", "etag, vary", "é"] {
        assert_eq!(check(request(name)), Some(Check::HeaderInvalid), "{name}");
        assert_eq!(check(response(name)), Some(Check::HeaderInvalid), "{name}");
    }
}
