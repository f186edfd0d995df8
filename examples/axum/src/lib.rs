//! The routes of the application, which `tests/load`, `examples/tenants` and `examples/configured` also use.

pub mod edge_cases;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, AUTHORIZATION};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cors_runtime::Policy;
use cors_runtime::tower::CorsLayer;
use example_app::{LOCAL, MIRROR, OPEN, PLAIN, PUBLIC, RULES, WRITES};

/// Returns the routes under the policy of the whole application.
pub fn routes() -> Router {
    let plain = get(PLAIN)
        .post(PLAIN)
        .options((StatusCode::NO_CONTENT, [(ALLOW, "GET, POST, OPTIONS")]));
    Router::new()
        .route("/plain", plain)
        .route("/private", get("private\n").layer(from_fn(authenticate)))
        .merge(edge_cases::routes())
}

/// Adds the parts that have policies of their own. They are added after the layer of the application, so they
/// are outside, each with its own layer.
pub fn with_parts(app: Router) -> Router {
    app.nest("/public", part(&PUBLIC))
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
