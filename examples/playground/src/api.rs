//! The API that the policy is for.

use axum::Router;
use axum::http::Method;
use axum::routing::any;
use cors_runtime::tower::CorsLayer;

use crate::current::State;

/// The path that pages call.
pub(crate) const PATH: &str = "/items";

/// Responds to every method in the same way. The first policy exposes one of the two headers.
pub(crate) fn app(state: &State) -> Router {
    let items = async |method: Method| {
        let headers = [("x-request-id", "7"), ("x-internal", "8")];
        (headers, format!("{method} has reached the API\n"))
    };
    Router::new()
        .route(PATH, any(items))
        .layer(CorsLayer::new(state.live()))
}
