//! Responses that some CORS libraries handle wrongly, for the corpus.

use std::convert::Infallible;

use example_app::{CHUNKS, REPLIES, Reply};
use warp::http::{self, StatusCode};
use warp::path::FullPath;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply as _, reject};

pub(crate) fn routes() -> impl Filter<Extract = (Response,), Error = Rejection> + Clone {
    warp::get()
        .and(warp::path::full())
        .and_then(async |path: FullPath| {
            let known = REPLIES.iter().find(|reply| reply.path == path.as_str());
            match (path.as_str(), known) {
                ("/stream", _) => Ok(warp::reply::stream(stream()).into_response()),
                ("/fail", _) => Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
                ("/panic", _) => panic!("a handler that panics"),
                (_, Some(reply)) => Ok(response(reply)),
                (_, None) => Err(reject::not_found()),
            }
        })
}

fn response(reply: &'static Reply) -> Response {
    let mut response = http::Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(*name, *value);
    }
    response.body(reply.body.into()).expect("replies are valid")
}

fn stream() -> impl futures_util::Stream<Item = Result<&'static str, Infallible>> {
    futures_util::stream::iter(CHUNKS.map(Ok))
}
