//! A policy in hyper alone, without tower.
//!
//! ```text
//! cargo run -p example-hyper
//! ```

use std::convert::Infallible;

use example_app::{announce, policy_for, port, route};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::AUTHORIZATION;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;

async fn serve(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let cors = policy_for(request.uri().path()).evaluate_http(&request);
    if let Some(response) = cors.immediate_response() {
        return Ok(response);
    }
    let mut response = application(&request);
    cors.apply_to(response.headers_mut());
    Ok(response)
}

fn application(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let is_authorized = request.headers().contains_key(AUTHORIZATION);
    let reply = route(
        request.method().as_str(),
        request.uri().path(),
        is_authorized,
    );
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(*name, *value);
    }
    // In HTTP/2, hyper does not remove the body of a response to HEAD.
    let body = match *request.method() {
        Method::HEAD => "",
        _ => reply.body,
    };
    response.body(body.into()).expect("replies are valid")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(async {
            let server = auto::Builder::new(TokioExecutor::new());
            let connection = server.serve_connection(TokioIo::new(stream), service_fn(serve));
            if let Err(error) = connection.await {
                eprintln!("a connection failed: {error}");
            }
        });
    }
}
