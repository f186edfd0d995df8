//! Responses that some CORS libraries handle wrongly, for the corpus.

use std::convert::Infallible;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, Responder, error, get, web};
use example_app::{CHUNKS, REPLIES, Reply};

pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service((stream, fail, panics));
    for reply in REPLIES {
        config.route(reply.path, web::get().to(async || response(reply)));
    }
}

fn response(reply: &'static Reply) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).expect("replies are valid");
    let mut response = HttpResponse::build(status);
    for header in reply.headers {
        response.append_header(*header);
    }
    response.body(reply.body)
}

#[get("/stream")]
async fn stream() -> impl Responder {
    let chunks = CHUNKS.map(|chunk| Ok::<_, Infallible>(Bytes::from_static(chunk.as_bytes())));
    HttpResponse::Ok().streaming(futures_util::stream::iter(chunks))
}

#[get("/fail")]
async fn fail() -> Result<&'static str, actix_web::Error> {
    Err(error::ErrorInternalServerError("failed\n"))
}

#[get("/panic")]
async fn panics() -> &'static str {
    panic!("a handler that panics")
}
