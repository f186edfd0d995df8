//! The endpoints that the script of the page calls. They return JSON.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::StringRejection;
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::task;

use crate::FIRST;
use crate::compile::{self, Compiler, MAX_TEXT_LEN, Message};
use crate::current::{Current, State};
use crate::drawing;
use crate::matrix;
use crate::visit;

/// The addresses of the API, and of the pages with two origins.
pub(crate) struct Places {
    pub(crate) api: String,
    pub(crate) visitors: [String; 2],
}

pub(crate) fn app(places: Arc<Places>, state: State) -> Router {
    let compiler = Compiler::new();
    let shown = {
        let (places, state) = (Arc::clone(&places), state.clone());
        async move || json(&policy(&places, &state.current()))
    };
    let sent = {
        let (places, state) = (Arc::clone(&places), state.clone());
        async move |text: Result<String, StringRejection>| {
            let (text, messages) = match text {
                Ok(text) => {
                    let messages = replace(text.clone(), &compiler, &state).await;
                    (text, messages)
                }
                Err(rejection) => {
                    let message = Message::about_text(&unreadable(&rejection));
                    (String::new(), vec![message])
                }
            };
            json(&json!({
                "mistakes": messages.len(),
                "messages": compile::shown(&messages, &text),
                "policy": policy(&places, &state.current()),
            }))
        }
    };
    let asked = state.clone();
    Router::new()
        .route("/policy", get(shown).post(sent))
        .route(
            "/origin",
            get(async move |RawQuery(query)| json(&origin(query, &asked.current()))),
        )
        .route(
            "/matrix",
            get(async move |RawQuery(query)| rows(places, query, state.current()).await),
        )
        .layer(DefaultBodyLimit::max(MAX_TEXT_LEN))
}

/// The message for a text that cannot be read.
fn unreadable(rejection: &StringRejection) -> String {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let limit = MAX_TEXT_LEN >> 10;
            format!("the text is longer than {limit} KiB\nhelp: compile it with `cargo build`")
        }
        _ => rejection.body_text(),
    }
}

/// Replaces the policy, unless the text has mistakes.
async fn replace(text: String, compiler: &Compiler, state: &State) -> Vec<Message> {
    match compiler.compile(text.clone()).await {
        Ok(compiled) => {
            state.replace(text, compiled);
            Vec::new()
        }
        Err(messages) => messages,
    }
}

/// The policy, its rules in words, and the choices in the form.
fn policy(places: &Places, current: &Current) -> Value {
    let visitors = places.visitors.iter().map(|origin| {
        let is_allowed = current.policy.allows_origin(origin.as_bytes());
        json!({ "origin": origin, "allowed": is_allowed })
    });
    json!({
        "version": current.version,
        "text": current.text,
        "first": FIRST,
        "words": current.policy.to_string(),
        "drawing": drawing::svg(&current.graph),
        "api": places.api,
        "visitors": visitors.collect::<Vec<_>>(),
        "origins": current.origins,
        "methods": current.methods,
        "headers": current.headers,
    })
}

/// The entry that accepts an origin, or that it nearly matches.
fn origin(query: Option<String>, current: &Current) -> Value {
    let (origin, _) = matrix::ask(&query.unwrap_or_default(), current);
    json!({
        "version": current.version,
        "allowed": current.policy.allows_origin(origin.as_bytes()),
        "explanation": visit::explain(&current.policy, &origin),
        "ways": drawing::walks(&current.graph, &origin),
    })
}

async fn rows(places: Arc<Places>, query: Option<String>, current: Arc<Current>) -> Response {
    let rows = task::spawn_blocking(move || {
        let (origin, ask) = matrix::ask(&query.unwrap_or_default(), &current);
        matrix::rows(&places.api, &origin, &ask, &current)
    });
    match rows.await.map_err(io::Error::other).and_then(|rows| rows) {
        Ok(rows) => json(&rows),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

fn json(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
