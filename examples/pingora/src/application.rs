//! The application behind the proxy; it does not handle CORS.

use async_trait::async_trait;
use example_app::route;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{Method, Response};
use pingora::apps::http_app::ServeHttp;
use pingora::protocols::http::ServerSession;

pub(crate) struct Application;

#[async_trait]
impl ServeHttp for Application {
    async fn response(&self, session: &mut ServerSession) -> Response<Vec<u8>> {
        let request = session.req_header();
        let is_authorized = request.headers.contains_key(AUTHORIZATION);
        let reply = route(request.method.as_str(), request.uri.path(), is_authorized);
        let mut response = Response::builder().status(reply.status);
        for (name, value) in reply.headers {
            response = response.header(*name, *value);
        }
        if !matches!(reply.status, 204 | 304) {
            response = response.header(CONTENT_LENGTH, reply.body.len());
        }
        let body = match request.method {
            Method::HEAD => "",
            _ => reply.body,
        };
        response.body(body.into()).expect("replies are valid")
    }
}
