//! Layers with a policy that is replaced while they are in use.

use std::convert::Infallible;

use axum::Router;
use axum::routing::get;
use cors_runtime::tower::{CorsLayer, ExplainLayer};
use cors_runtime::{LivePolicy, Policy, PolicyConfig, cors_policy};
use cors_support::live_contract;
use cors_support::net::serve;
use http::{Request, Response};
use tower::{Layer, Service, ServiceExt, service_fn};

static COMPILED: Policy = cors_policy!(allow_origins = ["https://compiled.example"]);

fn loaded() -> Policy {
    let config = PolicyConfig::new().with("allow_origins", ["https://loaded.example"]);
    Policy::from_config(&config).unwrap()
}

type Next = tower::util::BoxCloneService<Request<()>, Response<()>, Infallible>;

/// Sends a request, and returns whether its origin is allowed, and the explanation.
async fn send(service: &mut Next, origin: &str) -> (bool, String) {
    let request = Request::get("/").header("origin", origin).body(()).unwrap();
    let response = service.ready().await.unwrap().call(request).await.unwrap();
    let explanation = response.headers()["x-cors-explanation"].to_str().unwrap();
    (
        response
            .headers()
            .contains_key("access-control-allow-origin"),
        explanation.to_owned(),
    )
}

#[tokio::test]
async fn every_clone_of_a_service_gets_the_new_policy() {
    let live = LivePolicy::new(&COMPILED);
    let inner = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    let service = ExplainLayer::new(&live).layer(CorsLayer::new(live.clone()).layer(inner));
    let mut services = [Next::new(service.clone()), Next::new(service)];
    for (policy, allowed, denied) in [
        (None, "https://compiled.example", "https://loaded.example"),
        (
            Some(loaded()),
            "https://loaded.example",
            "https://compiled.example",
        ),
        (
            Some(COMPILED.clone()),
            "https://compiled.example",
            "https://loaded.example",
        ),
    ] {
        if let Some(policy) = policy {
            live.replace(policy);
        }
        for service in &mut services {
            let (is_allowed, explanation) = send(service, allowed).await;
            assert!(
                is_allowed && !explanation.contains("not allowed"),
                "{explanation}"
            );
            let (is_allowed, explanation) = send(service, denied).await;
            assert!(
                !is_allowed && explanation.contains("is not allowed"),
                "{explanation}"
            );
        }
    }
}

#[test]
fn a_replaced_policy_reaches_every_connection() {
    let live = live_contract::first();
    let app = Router::new()
        .route("/", get(|| async { "hello" }).post(|| async { "created" }))
        .layer(CorsLayer::new(&live));
    live_contract::every_response_is_of_one_policy(serve(app), &live);
}

/// The headers of a response are those of the policy that decided about its request.
#[tokio::test]
async fn a_response_keeps_the_policy_of_its_request() {
    let live = LivePolicy::new(loaded());
    let replaced = live.clone();
    let inner = service_fn(move |_: Request<()>| {
        replaced.replace(&COMPILED);
        std::future::ready(Ok::<_, Infallible>(Response::new(())))
    });
    let request = Request::get("/").header("origin", "https://loaded.example");
    let response = CorsLayer::new(&live).layer(inner);
    let response = response.oneshot(request.body(()).unwrap()).await.unwrap();
    let allowed = &response.headers()["access-control-allow-origin"];
    assert_eq!(allowed, "https://loaded.example");
    assert!(!live.load().allows_origin("https://loaded.example"));
}
