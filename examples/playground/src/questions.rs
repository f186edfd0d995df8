//! The endpoints of the page's script, with JSON.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cors_runtime::export;
use serde_json::{Value, json};
use tokio::task;

use crate::drawing;
use crate::matrix::{self, HEADERS, METHODS, ORIGINS};
use crate::policy::API;
use crate::visit;

/// Where everything is: the API, and the pages of an allowed and of a denied origin.
pub(crate) struct Places {
    pub(crate) api: String,
    pub(crate) visitors: [String; 2],
}

pub(crate) fn app(places: Arc<Places>) -> Router {
    let start = Arc::clone(&places);
    Router::new()
        .route("/policy", get(async move || json(&policy(&start))))
        .route("/origin", get(async |RawQuery(query)| json(&origin(query))))
        .route(
            "/matrix",
            get(async move |RawQuery(query)| rows(places, query).await),
        )
}

/// The policy, its rules in words, and what can be chosen.
fn policy(places: &Places) -> Value {
    let names = HEADERS.iter().map(|(name, value)| json!([name, value]));
    json!({
        "source": include_str!("policy.rs"),
        "words": API.to_string(),
        "drawing": drawing::svg(&export::graph(&API)),
        "api": places.api,
        "visitors": places.visitors,
        "origins": ORIGINS,
        "methods": METHODS,
        "headers": names.collect::<Vec<_>>(),
    })
}

/// Which entry accepts an origin, or what it nearly is.
fn origin(query: Option<String>) -> Value {
    let (origin, _) = matrix::ask(&query.unwrap_or_default());
    json!({
        "allowed": API.allows_origin(origin.as_bytes()),
        "explanation": visit::explain(&origin),
        "ways": drawing::walks(&origin),
    })
}

async fn rows(places: Arc<Places>, query: Option<String>) -> Response {
    let rows = task::spawn_blocking(move || {
        let (origin, ask) = matrix::ask(&query.unwrap_or_default());
        matrix::rows(&places.api, &origin, &ask)
    });
    match rows.await.map_err(io::Error::other).and_then(|rows| rows) {
        Ok(rows) => json(&rows),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

fn json(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
