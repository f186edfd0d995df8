//! Configurations that depend on the path, each with the policies of its paths: a layer for each router, or a
//! function that chooses.

use std::convert::Infallible;

use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, cors_policy};
use http::request::Parts;
use http::{Request, Response};
use tower::{Layer, ServiceExt, service_fn};

use super::{LIST, Ported, SESSIONS, listed, open, ported};

const EVIL: &str = "https://evil.example";
const APP: &str = "https://app.example.com";

static PUBLIC: Policy = cors_policy!(allow_origins = Any, allow_methods = [GET, POST]);

static CHAT: Policy = cors_policy!(
    allow_origins = ["http://localhost:3000", "http://localhost:8080"],
    allow_methods = [GET, POST],
    allow_headers = ["content-type"],
);

static NEGOTIATE: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [GET, POST],
    allow_headers = ["x-requested-with", "x-signalr-user-agent"],
    allow_credentials = true,
);

pub(super) fn all() -> Vec<Ported> {
    vec![
        // One route, or some nests, for everybody.
        open("m10", PUBLIC.clone()),
        open("z06", PUBLIC.clone()),
        // A chat.
        ported(
            "w06",
            CHAT.clone(),
            &["http://localhost:3000"],
            &["http://localhost:3001", EVIL],
        ),
        // The negotiation of SignalR.
        ported("g27", NEGOTIATE.clone(), &[APP], &[EVIL]),
        // A training log, with one variable for each of two scopes.
        ported(
            "k09",
            listed(&LIST, APP),
            &[APP],
            &["https://second.example", EVIL],
        ),
        ported(
            "k09",
            listed(&LIST, "https://second.example"),
            &["https://second.example"],
            &[APP, EVIL],
        ),
        // A daemon with the scopes of its users in a list, and a router for everybody.
        ported(
            "p05",
            listed(&LIST, "https://*.scope.example"),
            &["https://a.scope.example"],
            &["https://ascope.example"],
        ),
        open("p05", PUBLIC.clone()),
        // A gateway whose open data needs no list, and records of games with credentials on some paths.
        ported("p01", listed(&LIST, APP), &[APP], &[EVIL]),
        open("p01", PUBLIC.clone()),
        ported("p07", listed(&SESSIONS, APP), &[APP], &[EVIL]),
        ported("p07", listed(&LIST, APP), &[APP], &[EVIL]),
    ]
}

/// The function of the gateway gets the path of the request, and of its preflight.
#[tokio::test]
async fn a_function_chooses_between_open_data_and_a_list() {
    let configured = listed(&LIST, APP);
    let choose = move |parts: &Parts| match parts.uri.path().split('/').nth(1) {
        Some("open") => PUBLIC.clone(),
        _ => configured.clone(),
    };
    let application = |_| async { Ok::<_, Infallible>(Response::new(())) };
    let service = CorsLayer::choose(choose).layer(service_fn(application));
    for (path, origin, allowed) in [
        ("/open/data", EVIL, Some("*")),
        ("/data", EVIL, None),
        ("/data", APP, Some(APP)),
        ("/opened", EVIL, None),
    ] {
        for method in ["GET", "OPTIONS"] {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("origin", origin)
                .header("access-control-request-method", "POST");
            let response = service
                .clone()
                .oneshot(request.body(()).unwrap())
                .await
                .unwrap();
            let headers = response.headers();
            let sent = headers.get("access-control-allow-origin");
            assert_eq!(
                sent.map(|sent| sent.to_str().unwrap()),
                allowed,
                "{method} {path}"
            );
        }
    }
}
