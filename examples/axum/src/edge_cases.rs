//! Responses that some CORS libraries handle wrongly, for the corpus.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use example_app::{CHUNKS, REPLIES, Reply};

/// A route for each of them.
pub fn routes() -> Router {
    let routes = Router::new()
        .route("/stream", get(async || Body::from_stream(chunks())))
        .route("/fail", get(fail))
        .route("/panic", get(panics));
    REPLIES.iter().fold(routes, |routes, reply| {
        routes.route(reply.path, get(async || response(reply)))
    })
}

fn response(reply: &Reply) -> Response {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(*name, *value);
    }
    response.body(reply.body.into()).expect("replies are valid")
}

fn chunks() -> impl futures_util::Stream<Item = Result<&'static str, Infallible>> {
    futures_util::stream::iter(CHUNKS.map(Ok))
}

async fn fail() -> Result<&'static str, StatusCode> {
    Err(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn panics() -> &'static str {
    panic!("a handler that panics")
}
