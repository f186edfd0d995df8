//! A policy in axum: a layer around all routes, and other policies for parts of the application.
//!
//! ```text
//! cargo run -p example-axum
//! ```

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, AUTHORIZATION};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cors_runtime::Policy;
use cors_runtime::tower::CorsLayer;
use example_app::{API, LOCAL, MIRROR, OPEN, PLAIN, PUBLIC, RULES, WRITES, announce, port};
use example_axum::edge_cases;
use tokio::net::TcpListener;

fn app() -> Router {
    let plain = get(PLAIN)
        .post(PLAIN)
        .options((StatusCode::NO_CONTENT, [(ALLOW, "GET, POST, OPTIONS")]));
    Router::new()
        .route("/plain", plain)
        .route("/private", get("private\n").layer(from_fn(authenticate)))
        .merge(edge_cases::routes())
        // The one line. It is after all routes, including those that need authentication.
        .layer(CorsLayer::new(&API))
        // Added later, so it is outside, with its own layer.
        .nest("/public", part(&PUBLIC))
        .nest("/mirror", part(&MIRROR))
        .nest("/rules", part(&RULES))
        .nest("/writes", part(&WRITES))
        .nest("/open", part(&OPEN))
        .nest("/local", part(&LOCAL))
}

fn part(policy: &'static Policy) -> Router {
    Router::new()
        .route("/plain", get(PLAIN).post(PLAIN).put(PLAIN))
        .layer(CorsLayer::new(policy))
}

async fn authenticate(request: Request, next: Next) -> Response {
    match request.headers().contains_key(AUTHORIZATION) {
        true => next.run(request).await,
        false => (StatusCode::UNAUTHORIZED, "who are you?\n").into_response(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    axum::serve(listener, app()).await
}
