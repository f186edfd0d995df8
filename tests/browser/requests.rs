//! What is sent.

use cors_runtime::testing::{Fetch, NetworkError, Page, Response};
use cors_runtime::{Policy, cors_policy};

use crate::{API, asked, asked_headers, fetch, header, lines, names, response};

#[test]
fn methods_are_normalized_as_far_as_the_standard_does() {
    for (typed, sent) in [
        ("get", "GET"),
        ("Post", "POST"),
        ("head", "HEAD"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("options", "OPTIONS"),
        ("patch", "patch"),
        ("PATCH", "PATCH"),
        ("Query", "Query"),
        ("purge", "purge"),
    ] {
        let plan = fetch().method(typed).requests().unwrap();
        assert_eq!(plan.request.method(), sent);
        let is_safelisted = ["GET", "HEAD", "POST"].contains(&sent);
        assert_eq!(plan.preflight.is_none(), is_safelisted, "{typed}");
    }
}

#[test]
fn mistakes_of_a_page_send_nothing() {
    let sent = |fetch: Fetch| {
        fetch
            .send(|_| -> Response { panic!("nothing is sent") })
            .unwrap_err()
    };
    for method in ["CONNECT", "trace", "Track", "", "A B", "G\u{c9}T"] {
        let error = sent(fetch().method(method));
        assert_eq!(error, NetworkError::InvalidMethod(method.to_owned()));
    }
    for (name, value) in [
        ("", "x"),
        ("a b", "x"),
        ("x-one", "a\nb"),
        ("x-one", "a\0b"),
    ] {
        let error = sent(header(name, value));
        assert_eq!(error, NetworkError::InvalidHeader(name.to_owned()));
    }
    // A replaced method is not a mistake; a header is added to previous ones, so a mistake remains.
    assert!(fetch().method("TRACE").method("GET").requests().is_ok());
    assert!(header("a b", "x").header("x-one", "x").requests().is_err());
    // The constructor of a request checks the method first.
    let error = sent(fetch().method("TRACE").header("a b", "x"));
    assert_eq!(error, NetworkError::InvalidMethod("TRACE".to_owned()));
}

#[test]
fn preflights_request_everything_that_needs_permission() {
    let fetch = fetch()
        .method("PUT")
        .header("X-Two", "2")
        .header("accept", "text/html")
        .header("Content-Type", "application/json")
        .header("x-two", "3")
        .header("Authorization", "x")
        .with_credentials();
    let plan = fetch.requests().unwrap();
    let preflight = plan.preflight.unwrap();
    assert_eq!((preflight.method(), preflight.url()), ("OPTIONS", API));
    assert_eq!(
        lines(preflight.headers().iter()),
        [
            "accept: */*",
            "access-control-request-method: PUT",
            "access-control-request-headers: authorization,content-type,x-two",
            "origin: https://a.example",
            "sec-fetch-dest: empty",
            "sec-fetch-mode: cors",
            "sec-fetch-site: cross-site",
        ]
    );
    assert_eq!((plan.request.method(), plan.request.url()), ("PUT", API));
    assert_eq!(
        lines(plan.request.headers().iter()),
        [
            "X-Two: 2",
            "accept: text/html",
            "Content-Type: application/json",
            "x-two: 3",
            "Authorization: x",
            "origin: https://a.example",
            "sec-fetch-dest: empty",
            "sec-fetch-mode: cors",
            "sec-fetch-site: cross-site",
        ]
    );
    // A method alone, and a listener alone.
    let delete = Page::opaque().fetch(API).method("DELETE");
    let preflight = delete.requests().unwrap().preflight.unwrap();
    assert_eq!(
        lines(preflight.headers().iter()),
        [
            "accept: */*",
            "access-control-request-method: DELETE",
            "origin: null",
            "sec-fetch-dest: empty",
            "sec-fetch-mode: cors",
            "sec-fetch-site: cross-site",
        ]
    );
    let upload = self::fetch().method("POST").with_upload_listener();
    assert_eq!(asked(&upload), Some(("POST".to_owned(), None)));
}

#[test]
fn the_own_origin_needs_no_permission() {
    let own = Page::new("https://api.example");
    let put = own
        .fetch_same_origin(API)
        .method("PUT")
        .header("x-one", "1")
        .with_credentials();
    let plan = put.requests().unwrap();
    assert!(plan.preflight.is_none() && put.is_same_origin());
    assert_eq!(
        plan.request.headers().get("origin").unwrap(),
        b"https://api.example"
    );
    let get = own
        .fetch_same_origin("https://api.example")
        .requests()
        .unwrap();
    assert_eq!(get.request.headers().get("origin"), None);
    let response = Response::new(500)
        .header("x-one", "1")
        .header("Set-Cookie", "a=1");
    let readable = put.check_response(&response).unwrap();
    assert_eq!(readable.status(), 500);
    assert_eq!(lines(readable.headers().iter()), ["x-one: 1"]);
    for other in [
        "https://api.example:8443/",
        "http://api.example/",
        "https://a.api.example#x",
    ] {
        assert!(!own.fetch(other).is_same_origin(), "{other}");
    }
    assert!(!Page::opaque().fetch(API).is_same_origin());
    // The origin of a URL ends where the path, the query or the fragment starts.
    for url in ["https://a", "https://a/", "https://a?q", "https://a#/"] {
        let own = Page::new("https://a");
        assert!(own.fetch_same_origin(url).is_same_origin(), "{url}");
    }
}

#[test]
#[should_panic(expected = "\"https://A.example\" is not a serialized origin")]
fn pages_have_serialized_origins() {
    let _ = Page::new("https://A.example");
}

/// Else a test passes whatever the policy.
#[test]
#[should_panic(expected = "\"https://api.example/\" has the origin of the page")]
fn pages_of_the_own_origin_are_no_mistake() {
    let _ = Page::new("https://api.example").fetch("https://api.example/");
}

#[test]
#[should_panic(expected = "does not have the origin of the page, `https://api.example`")]
fn pages_of_another_origin_are_no_mistake() {
    let _ = Page::new("https://api.example").fetch_same_origin("https://a.example/");
}

#[test]
#[should_panic(expected = "\"/items\" does not start with an origin")]
fn urls_are_absolute() {
    let _ = Page::opaque().fetch("/items");
}

#[test]
fn requests_and_responses_of_the_http_crate() {
    let put = fetch().method("PUT").header("X-One", "\u{e9}");
    let readable = put.send(|request| {
        let request: http::Request<Vec<u8>> = request.try_into().unwrap();
        assert_eq!(request.uri(), API);
        let response = http::Response::builder()
            .header("access-control-allow-origin", "*")
            .header("access-control-allow-methods", "PUT")
            .header("access-control-allow-headers", "x-one")
            .header("etag", "1")
            .header("pragma", "1");
        if request.method() == "PUT" {
            assert_eq!(request.headers()["x-one"], "\u{e9}");
        }
        response.status(201).body("created").unwrap()
    });
    let readable = readable.unwrap();
    assert_eq!((readable.status(), names(&readable)), (201, vec!["pragma"]));
    // A control character is a valid value for a page, and not for the `http` crate.
    let plan = header("x-one", "a\u{1}").requests().unwrap();
    assert!(http::Request::<Vec<u8>>::try_from(plan.request).is_err());
}

#[test]
fn bodies_are_sent_and_read() {
    let echo = |request: cors_runtime::testing::Request| {
        response(200, &["allow-origin: *", "allow-headers: content-type"])
            .body(request.body())
            .header(
                "content-type",
                request.headers().get("content-type").unwrap_or_default(),
            )
    };
    // A string is plain text, which needs no permission.
    let text = fetch().method("POST").body("a=1");
    assert_eq!(asked(&text), None);
    let readable = text.send(echo).unwrap();
    assert_eq!(readable.body(), b"a=1");
    assert_eq!(
        readable.header("content-type").unwrap(),
        b"text/plain;charset=UTF-8"
    );
    // JSON does.
    let json = fetch().method("POST").json(r#"{"a":1}"#);
    let permission = ("POST".to_owned(), Some("content-type".to_owned()));
    assert_eq!(asked(&json), Some(permission));
    assert_eq!(json.requests().unwrap().preflight.unwrap().body(), b"");
    let readable = json.send(echo).unwrap();
    assert_eq!(readable.body(), br#"{"a":1}"#);
    assert_eq!(
        readable.header("content-type").unwrap(),
        b"application/json"
    );
    // The type that the page sets counts.
    let form = fetch()
        .method("POST")
        .header("Content-Type", "a/b")
        .body("a");
    assert_eq!(asked_headers(&form), "content-type");
    for method in ["GET", "HEAD"] {
        let failure = NetworkError::InvalidBody(method.to_owned());
        assert_eq!(fetch().method(method).body("").requests(), Err(failure));
    }
    let request: http::Request<Vec<u8>> = text.requests().unwrap().request.try_into().unwrap();
    assert_eq!(request.body(), b"a=1");
    let (parts, ()) = http::Response::builder()
        .status(418)
        .body(())
        .unwrap()
        .into_parts();
    assert_eq!(
        Response::from(&parts).body("tea"),
        Response::new(418).body("tea")
    );
}

#[test]
fn vary_is_read_from_all_lines() {
    let varies = |lines: &[&str], name| {
        let response = Response::new(200);
        let lines = lines.iter();
        lines
            .fold(response, |response, line| response.header("Vary", line))
            .varies_on(name)
    };
    assert!(varies(&["Accept , ORIGIN"], "origin"));
    assert!(varies(&["accept", "", "origin"], "Origin"));
    assert!(varies(&["*"], "origin"));
    assert!(!varies(&[], "origin"));
    assert!(!varies(&["original, x-origin"], "origin"));
    // The response of `send_to` has it too.
    static LISTED: Policy = cors_policy!(allow_origins = ["https://a.example"]);
    static OPEN: Policy = cors_policy!(allow_origins = Any);
    let varies = |policy| {
        let readable = fetch().send_to(policy).unwrap();
        (
            readable.internal_response().varies_on("origin"),
            readable.header("vary"),
        )
    };
    assert_eq!(
        (varies(&LISTED), varies(&OPEN)),
        ((true, None), (false, None))
    );
}
