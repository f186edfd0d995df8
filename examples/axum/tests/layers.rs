//! The layer together with others, in the order that its documentation recommends.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::routing::get;
use cors_runtime::tower::CorsLayer;
use example_app::API;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

const ORIGIN: &str = "https://app.example.com";
const TEXT: &str = "text that is long enough to be compressed, since it is not short";

async fn send(app: Router, request: axum::http::request::Builder) -> Response<Body> {
    let request = request.header("origin", ORIGIN).body(Body::empty());
    app.oneshot(request.unwrap()).await.unwrap()
}

fn line<'r>(response: &'r Response<Body>, header: &str) -> Option<&'r str> {
    response
        .headers()
        .get(header)
        .map(|value| value.to_str().unwrap())
}

/// Both add to `Vary`, in either order.
#[tokio::test]
async fn compression_may_be_around_or_within() {
    let routes = || Router::new().route("/", get(TEXT));
    let within = routes()
        .layer(CompressionLayer::new())
        .layer(CorsLayer::new(&API));
    let around = routes()
        .layer(CorsLayer::new(&API))
        .layer(CompressionLayer::new());
    for app in [within, around] {
        let response = send(app, Request::get("/").header("accept-encoding", "gzip")).await;
        assert_eq!(line(&response, "content-encoding"), Some("gzip"));
        assert_eq!(line(&response, "access-control-allow-origin"), Some(ORIGIN));
        let lines = response.headers().get_all("vary").iter();
        let mut vary: Vec<_> = lines
            .flat_map(|line| line.to_str().unwrap().split(", "))
            .map(str::to_lowercase)
            .collect();
        vary.sort();
        assert_eq!(vary, ["accept-encoding", "origin"]);
    }
}

#[tokio::test]
async fn a_panic_that_is_made_a_response_within_gets_the_headers() {
    async fn panics() {
        panic!("a handler that panics")
    }
    let app = Router::new()
        .route("/", get(panics))
        .layer(CatchPanicLayer::new())
        .layer(CorsLayer::new(&API));
    let response = send(app, Request::get("/")).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(line(&response, "access-control-allow-origin"), Some(ORIGIN));
}

#[tokio::test]
async fn a_timeout_has_the_headers_if_it_is_within() {
    let timeout = || {
        let status = StatusCode::REQUEST_TIMEOUT;
        TimeoutLayer::with_status_code(status, Duration::from_millis(1))
    };
    let routes = || Router::new().route("/", get(std::future::pending::<()>));
    let within = routes().layer(timeout()).layer(CorsLayer::new(&API));
    let around = routes().layer(CorsLayer::new(&API)).layer(timeout());
    for (app, allowed) in [(within, Some(ORIGIN)), (around, None)] {
        let response = send(app, Request::get("/")).await;
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
        assert_eq!(line(&response, "access-control-allow-origin"), allowed);
    }
}

/// The documentation warns of this: a `route_layer` only runs for the paths of a router, or for the methods of a
/// method router.
#[tokio::test]
async fn a_route_layer_misses_paths_or_preflights() {
    let cors = || CorsLayer::new(&API);
    let layer = Router::new().route("/", get(TEXT)).layer(cors());
    let of_router = Router::new().route("/", get(TEXT)).route_layer(cors());
    let of_methods = Router::new().route("/", get(TEXT).route_layer(cors()));
    for (app, path, status) in [
        (&layer, "/", StatusCode::NO_CONTENT),
        (&layer, "/nowhere", StatusCode::NO_CONTENT),
        (&of_router, "/", StatusCode::NO_CONTENT),
        (&of_router, "/nowhere", StatusCode::NOT_FOUND),
        (&of_methods, "/", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let preflight = Request::options(path).header("access-control-request-method", "PUT");
        let response = send(app.clone(), preflight).await;
        assert_eq!(response.status(), status);
        let is_covered = status == StatusCode::NO_CONTENT;
        let allowed = line(&response, "access-control-allow-origin");
        assert_eq!(allowed, is_covered.then_some(ORIGIN));
    }
}

/// Of two layers the outer decides, and answers once.
#[tokio::test]
async fn the_outer_of_two_layers_decides() {
    let app = Router::new()
        .route("/", get(TEXT))
        .layer(CorsLayer::new(&example_app::PUBLIC))
        .layer(CorsLayer::new(&API));
    let response = send(app, Request::get("/")).await;
    let origins: Vec<_> = response
        .headers()
        .get_all("access-control-allow-origin")
        .iter()
        .collect();
    assert_eq!(origins, [ORIGIN]);
}
