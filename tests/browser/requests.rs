//! What is sent.

use cors_runtime::testing::{Fetch, NetworkError, Page, Response};

use crate::{API, asked, fetch, header, lines, names};

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
    // A method that is replaced is no mistake; a header adds to those before it, and stays one.
    assert!(fetch().method("TRACE").method("GET").requests().is_ok());
    assert!(header("a b", "x").header("x-one", "x").requests().is_err());
    // As the constructor of a request looks at the method first.
    let error = sent(fetch().method("TRACE").header("a b", "x"));
    assert_eq!(error, NetworkError::InvalidMethod("TRACE".to_owned()));
}

#[test]
fn a_preflight_asks_for_all_that_needs_permission() {
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
            "origin: null"
        ]
    );
    let upload = self::fetch().method("POST").with_upload_listener();
    assert_eq!(asked(&upload), Some(("POST".to_owned(), None)));
}

#[test]
fn the_own_origin_needs_no_permission() {
    let own = Page::new("https://api.example");
    let put = own
        .fetch(API)
        .method("PUT")
        .header("x-one", "1")
        .with_credentials();
    let plan = put.requests().unwrap();
    assert!(plan.preflight.is_none() && put.is_same_origin());
    assert_eq!(
        plan.request.headers().get("origin").unwrap(),
        b"https://api.example"
    );
    let get = own.fetch("https://api.example").requests().unwrap();
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
        assert!(Page::new("https://a").fetch(url).is_same_origin(), "{url}");
    }
}

#[test]
#[should_panic(expected = "\"https://A.example\" is no serialized origin")]
fn pages_have_serialized_origins() {
    let _ = Page::new("https://A.example");
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
        let request = http::Request::try_from(request).unwrap();
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
    assert!(http::Request::try_from(plan.request).is_err());
}
