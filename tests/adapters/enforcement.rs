//! One decision for each request, and all requested headers, however a policy is called.

use std::task::{Context, Poll, Waker};

use cors_runtime::tower::{CorsLayer, ExplainLayer};
use cors_runtime::{CorsRequest, Origins, Policy, PolicyConfig, PolicyTemplate, cors_policy};
use cors_support::enforcement_contract::{
    Received, Sent, a_predicate_is_called_once, requested_headers_are_sent_back,
};
use http::{HeaderMap, HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};

fn request(sent: &Sent) -> Request<()> {
    let mut request = Request::builder()
        .method(sent.method)
        .uri("/")
        .body(())
        .unwrap();
    for (name, value) in &sent.headers {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers_mut().append(*name, value);
    }
    request
}

fn lines(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = headers.iter();
    lines
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

/// Through the layers of tower.
fn layer(policy: &'static Policy, sent: &Sent) -> Received {
    let service = service_fn(|_| std::future::ready(Ok::<_, ()>(Response::new(()))));
    let mut enforced = CorsLayer::new(policy).layer(service);
    let response = match sent.is_explained {
        true => poll(
            ExplainLayer::new(policy)
                .layer(enforced)
                .call(request(sent)),
        ),
        false => poll(enforced.call(request(sent))),
    };
    Received {
        status: response.status().as_u16(),
        headers: lines(response.headers()),
    }
}

fn poll(future: impl Future<Output = Result<Response<()>, ()>>) -> Response<()> {
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        Poll::Ready(Ok(response)) => response,
        _ => panic!("nothing to wait for"),
    }
}

/// Through the types of the `http` crate.
fn types(policy: &'static Policy, sent: &Sent) -> Received {
    let decision = policy.evaluate_http(&request(sent));
    let response = decision.immediate_response::<()>().unwrap_or_else(|| {
        let mut response = Response::new(());
        decision.apply_to(response.headers_mut());
        response
    });
    Received {
        status: response.status().as_u16(),
        headers: lines(response.headers()),
    }
}

/// Without a framework.
fn bytes(policy: &'static Policy, sent: &Sent) -> Received {
    let request = sent
        .headers
        .iter()
        .fold(CorsRequest::new(sent.method), |request, (name, value)| {
            request.with_header(name, value)
        });
    let decision = policy.evaluate(&request);
    let headers = decision.headers();
    assert_eq!(headers.len(), headers.clone().count());
    Received {
        status: decision.immediate_status().unwrap_or(200),
        headers: headers
            .map(|(name, value)| (name.to_owned(), String::from_utf8(value.to_vec()).unwrap()))
            .collect(),
    }
}

#[test]
fn the_layer_calls_a_predicate_once() {
    a_predicate_is_called_once(layer);
}

#[test]
fn the_layer_sends_requested_headers_back() {
    requested_headers_are_sent_back(500, layer);
    requested_headers_are_sent_back(500, types);
    requested_headers_are_sent_back(8, bytes);
}

/// A layer that explains another policy does not decide for this one: neither another constant, nor one
/// with another list or configuration.
#[test]
fn only_the_same_policy_is_decided_once() {
    static ENFORCED: Policy = cors_policy!(allow_origins = ["https://a.example"]);
    static OTHER: Policy = cors_policy!(allow_origins = ["https://b.example"]);
    static TEMPLATE: PolicyTemplate = cors_policy!(allow_origins = [Configured]);
    let service = service_fn(|_| std::future::ready(Ok::<_, ()>(Response::new(()))));
    let sent = |origin: &str| Sent {
        method: "GET",
        headers: vec![("origin", origin.to_owned())],
        is_explained: true,
    };
    let with_list = |origin: &str| {
        let origins: Origins = origin.parse().unwrap();
        TEMPLATE.with_origins(&origins).unwrap()
    };
    let loaded = |origin: &str| {
        let config = PolicyConfig::new().with("allow_origins", [origin]);
        Policy::from_config(&config).unwrap()
    };
    let pairs = [
        [ENFORCED.clone(), OTHER.clone()],
        [
            with_list("https://a.example"),
            with_list("https://b.example"),
        ],
        [loaded("https://a.example"), loaded("https://b.example")],
        [loaded("https://a.example"), with_list("https://b.example")],
    ];
    for [enforced, other] in pairs {
        let enforced = CorsLayer::new(&enforced).layer(service);
        let mut explained = ExplainLayer::new(&other).layer(enforced);
        for (origin, is_allowed) in [("https://a.example", true), ("https://b.example", false)] {
            let response = poll(explained.call(request(&sent(origin))));
            let is_sent = response
                .headers()
                .contains_key("access-control-allow-origin");
            assert_eq!(is_sent, is_allowed, "{other} around {origin}");
        }
    }
}
