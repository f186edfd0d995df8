//! Responses that some CORS libraries handle wrongly, for the corpus.

use example_app::{CHUNKS, REPLIES, Reply};
use poem::endpoint::make_sync;
use poem::error::InternalServerError;
use poem::http::StatusCode;
use poem::{Body, Response, Result, Route, get, handler};

pub(crate) fn routes(route: Route) -> Route {
    let route = route
        .at("/stream", get(stream))
        .at("/fail", get(fail))
        .at("/panic", get(panics));
    REPLIES.iter().fold(route, |route, reply| {
        route.at(reply.path, get(make_sync(|_| response(reply))))
    })
}

fn response(reply: &Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).expect("replies are valid");
    let mut response = Response::builder().status(status);
    for (name, value) in reply.headers {
        response = response.header(*name, *value);
    }
    response.body(reply.body)
}

#[handler]
fn stream() -> Body {
    let chunks = CHUNKS.map(Ok::<_, std::io::Error>);
    Body::from_bytes_stream(futures_util::stream::iter(chunks))
}

#[handler]
fn fail() -> Result<&'static str> {
    Err(InternalServerError(std::io::Error::other("failed")))
}

#[handler]
fn panics() -> &'static str {
    panic!("a handler that panics")
}
