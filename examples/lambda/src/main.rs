//! A policy on AWS Lambda, behind API Gateway or a function URL.
//!
//! ```text
//! cargo lambda watch -p example-lambda    # cargo-lambda serves it on this machine
//! ```

use std::convert::Infallible;

use cors_runtime::tower::CorsLayer;
use example_app::{announce_to, policy_for, route};
use lambda_http::http::header::AUTHORIZATION;
use lambda_http::tower::{Layer, ServiceExt};
use lambda_http::{Body, Error, Request, Response, service_fn};

async fn application(request: Request) -> Result<Response<Body>, Infallible> {
    let is_authorized = request.headers().contains_key(AUTHORIZATION);
    let path = request.uri().path();
    let reply = route(request.method().as_str(), path, is_authorized);
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(reply.body.into()).expect("replies are valid"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        announce_to("http://127.0.0.1:9000");
        println!("\nThere are no events. Start it with: cargo lambda watch -p example-lambda");
        return Ok(());
    }
    // With one policy for all, this is `CorsLayer::new(&API).layer(service_fn(application))`.
    lambda_http::run(service_fn(|request: Request| {
        let cors = CorsLayer::new(policy_for(request.uri().path()));
        cors.layer(service_fn(application)).oneshot(request)
    }))
    .await
}
