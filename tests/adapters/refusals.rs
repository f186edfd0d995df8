//! What adapters refuse: without calling the application, with a reason that replaces the empty body.

use std::cell::Cell;
use std::convert::Infallible;
use std::task::{Context, Poll, Waker};

use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, Refusal, cors_policy};
use http::{Request, Response};
use tower::{Layer, Service, service_fn};

static WRITES: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    on_denied = RefuseWrites,
);

static LOCAL: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    on_denied = Refuse,
    allow_hosts = ["localhost:*"],
    expose_timing = true,
);

/// Sends a request to a layer. Returns the response, and whether the application was called.
fn send(policy: &'static Policy, request: &Request<()>) -> (Response<String>, bool) {
    let called = Cell::new(false);
    let service = service_fn(|_: Request<()>| {
        called.set(true);
        let mut response = Response::new("from the application".to_owned());
        let timing = http::HeaderValue::from_static("*");
        response.headers_mut().insert("timing-allow-origin", timing);
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let future = CorsLayer::new(policy).layer(service).call(request.clone());
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Ok(response)) = std::pin::pin!(future).as_mut().poll(&mut context) else {
        panic!("nothing to wait for");
    };
    (response, called.get())
}

fn post(uri: &str, origin: &str) -> Request<()> {
    let request = Request::post(uri).header("host", "localhost:3000");
    request.header("origin", origin).body(()).unwrap()
}

#[test]
fn a_refused_request_does_not_reach_the_application() {
    for (policy, request, refusal, status, text) in [
        (
            &WRITES,
            post("/", "https://evil.example"),
            Refusal::WriteNotAllowed,
            403,
            "the request may change something, and comes from a page that may not send it",
        ),
        (
            &LOCAL,
            post("/", "https://evil.example"),
            Refusal::WriteNotAllowed,
            403,
            "the request may change something, and comes from a page that may not send it",
        ),
        // The target of the request, as in HTTP/2, counts more than `Host`.
        (
            &LOCAL,
            post("http://evil.example/", "https://app.example.com"),
            Refusal::HostNotAllowed,
            421,
            "the request is for a host that is not allowed",
        ),
        (
            &LOCAL,
            Request::get("http://localhost/")
                .header("origin", "https://evil.example")
                .body(())
                .unwrap(),
            Refusal::ReadNotAllowed,
            403,
            "the request comes from a page that is not allowed",
        ),
    ] {
        let (response, is_called) = send(policy, &request);
        assert!(!is_called);
        assert_eq!(response.status(), status);
        assert_eq!(response.extensions().get(), Some(&refusal));
        assert_eq!(response.body(), "");
        assert!(!response.headers().contains_key("timing-allow-origin"));
        let decision = policy.evaluate_http(&request);
        assert_eq!(decision.refusal(), Some(refusal));
        assert_eq!(refusal.to_string(), text);
        assert!(!decision.is_origin_allowed());
        let immediate = decision.immediate_response::<String>().unwrap();
        assert_eq!(immediate.status(), status);
        assert_eq!(immediate.headers(), response.headers());
        assert_eq!(immediate.extensions().get(), Some(&refusal));
    }
}

#[test]
fn other_requests_have_no_refusal() {
    for (policy, request) in [
        (&WRITES, post("/", "https://app.example.com")),
        (&WRITES, post("/", "http://localhost:3000")),
        (&LOCAL, post("/", "https://app.example.com")),
    ] {
        let (response, is_called) = send(policy, &request);
        assert!(is_called);
        assert_eq!(response.status(), 200);
        assert_eq!(response.extensions().get::<Refusal>(), None);
    }
}

/// The policy replaces what the application has, but only if it has `expose_timing`.
#[test]
fn timings_are_for_allowed_origins() {
    let timing_of = |policy, request: &Request<()>| {
        let (response, _) = send(policy, request);
        let lines = response.headers().get_all("timing-allow-origin").iter();
        lines
            .map(|line| line.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let timing = |policy, origin: &str| timing_of(policy, &post("/", origin));
    assert_eq!(
        timing(&LOCAL, "https://app.example.com"),
        ["https://app.example.com"]
    );
    assert_eq!(timing(&LOCAL, "http://localhost:3000"), [""; 0]);
    assert_eq!(timing(&WRITES, "https://app.example.com"), ["*"]);
    // Another rule has it, for other origins.
    static RULES: Policy = cors_policy!(
        rule(
            allow_origins = ["https://a.example", "https://b.example"],
            expose_timing = true,
        ),
        rule(allow_origins = ["https://c.example", "https://d.example"]),
    );
    assert_eq!(timing(&RULES, "https://b.example"), ["https://b.example"]);
    assert_eq!(timing(&RULES, "https://d.example"), [""; 0]);
    // A preflight has no timing that a page can read.
    let preflight = Request::options("/")
        .header("host", "localhost:3000")
        .header("origin", "https://app.example.com")
        .header("access-control-request-method", "PUT");
    assert_eq!(timing_of(&LOCAL, &preflight.body(()).unwrap()), [""; 0]);
}
