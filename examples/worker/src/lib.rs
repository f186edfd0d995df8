//! A policy in a Cloudflare Worker, in front of an application. Preflights never reach the
//! application.
//!
//! ```text
//! rustup target add wasm32-unknown-unknown
//! cargo build -p example-worker --profile wasm --target wasm32-unknown-unknown
//! ```
//!
//! Cloudflare's `worker-build` turns the result into a Worker, and `wrangler` deploys it. The
//! application is the service binding `APPLICATION`.

use example_app::policy_for;
use http::{Response, StatusCode};
use worker::{Body, Context, Env, HttpRequest, event};

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _: Context) -> worker::Result<Response<Body>> {
    let cors = policy_for(request.uri().path()).evaluate_http(&request);
    if let Some(response) = cors.immediate_response() {
        return Ok(response.map(|()| Body::empty()));
    }
    // A page can only read an error that has the headers too.
    let response = forward(request, &env).await;
    let mut response = response.unwrap_or_else(|_| bad_gateway());
    cors.apply_to(response.headers_mut());
    Ok(response)
}

/// Forwards the request. The Worker passes redirects on, because the mode of a request that arrives
/// is `manual`. A new request needs `RequestRedirect::Manual`: its mode is `follow`, and a page of an
/// allowed origin could read the response of any server that the application redirects to.
async fn forward(request: HttpRequest, env: &Env) -> worker::Result<Response<Body>> {
    let application = env.service("APPLICATION")?;
    application.fetch_request(request).await
}

fn bad_gateway() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}
