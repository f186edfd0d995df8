//! A policy for each request, in the layer and with the types of the `http` crate.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use cors_runtime::tower::{CorsLayer, ExplainLayer};
use cors_runtime::{Policy, cors_policy};
use cors_support::choose_contract::{self, DENIED, choose, each_host_has_its_policy, policy_for};
use cors_support::net::serve;
use cors_support::recording_subscriber::Noting;
use http::HeaderMap;
use http::request::Parts;
use tower::{Layer, Service, service_fn};
use tracing::Level;

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get("host")?.to_str().ok()
}

fn choose_for(parts: &Parts) -> Policy {
    choose(host(&parts.headers))
}

#[test]
fn the_layer_enforces_what_is_chosen() {
    let app = Router::new()
        .route("/", get(|| async { "hello" }))
        .layer(CorsLayer::choose(choose_for))
        .layer(ExplainLayer::choose(choose_for));
    // Once for each of the two layers.
    each_host_has_its_policy(serve(app), Some(2));
}

/// Frameworks without a layer of their own choose a policy in this way.
#[test]
fn a_function_chooses_for_the_types_of_http() {
    async fn enforce(request: Request, next: Next) -> Response {
        let policy = policy_for(host(request.headers()));
        let explanation = policy.explain(&(&request).into()).to_string();
        let decision = policy.evaluate_http(&request);
        let mut response = match decision.immediate_response() {
            Some(response) => response,
            None => next.run(request).await,
        };
        decision.apply_to(response.headers_mut());
        let headers = response.headers_mut();
        headers.insert("x-cors-explanation", explanation.parse().unwrap());
        response
    }
    let app = Router::new()
        .route("/", get(|| async { "hello" }))
        .layer(from_fn(enforce));
    each_host_has_its_policy(serve(app), None);
}

fn call(layer: &CorsLayer, headers: &[(&str, &str)]) -> HeaderMap {
    let request = headers
        .iter()
        .fold(http::Request::builder(), |request, (name, value)| {
            request.header(*name, *value)
        });
    let service = |_: http::Request<()>| std::future::ready(Ok::<_, ()>(http::Response::new(())));
    let mut service = layer.layer(service_fn(service));
    let future = service.call(request.body(()).unwrap());
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        Poll::Ready(Ok(response)) => response.headers().clone(),
        _ => panic!("nothing to wait for"),
    }
}

#[test]
fn the_log_has_the_reason_of_the_chosen_policy() {
    let layer = CorsLayer::choose(|parts| policy_for(host(&parts.headers)));
    let (events, _) = Noting::during(Level::DEBUG, || call(&layer, &DENIED));
    let reason = ("reason", choose_contract::reason_for_tenant());
    assert_eq!(events.len(), 1);
    assert!(events[0].contains(&reason), "{events:?}");
}

static API: Policy = cors_policy!(allow_origins = ["https://a.example"]);
static PUBLIC: Policy = cors_policy!(allow_origins = Any);

/// The type of a layer does not depend on whether it chooses, and its function can return every
/// type that adapters accept.
#[test]
fn a_layer_that_chooses_has_the_type_of_one_that_does_not() {
    let layers = [
        CorsLayer::new(&API),
        CorsLayer::choose(|_| &API),
        CorsLayer::choose(|_| API.clone()),
        CorsLayer::choose(|parts| match parts.uri.path() {
            "/public" => &PUBLIC,
            _ => &API,
        }),
    ];
    for layer in &layers {
        let headers = call(layer, &[("origin", "https://a.example")]);
        assert_eq!(headers["access-control-allow-origin"], "https://a.example");
        assert_eq!(headers["vary"], "Origin");
    }
    let shown = layers.map(|layer| format!("{layer:?}"));
    assert!(shown[0].contains("Policy {"), "{}", shown[0]);
    assert!(shown[1].contains("chosen for each request"), "{}", shown[1]);
}

#[test]
fn a_function_that_panicked_is_called_again() {
    let layer = CorsLayer::choose(|parts| {
        assert!(!parts.headers.contains_key("x-panic"), "as the test wants");
        &API
    });
    let panicked = catch_unwind(AssertUnwindSafe(|| call(&layer, &[("x-panic", "")])));
    assert!(panicked.is_err());
    let headers = call(&layer, &[("origin", "https://a.example")]);
    assert_eq!(headers["access-control-allow-origin"], "https://a.example");
}
