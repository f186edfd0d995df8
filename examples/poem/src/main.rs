//! A policy in poem. poem's tower adapter has its own type of requests, so this is a middleware of a few
//! lines around the `http` adapter.
//!
//! ```text
//! cargo run -p example-poem
//! ```

mod edge_cases;

use cors_runtime::Policy;
use example_app::{API, LOCAL, MIRROR, OPEN, PLAIN, PUBLIC, RULES, WRITES, announce, port};
use poem::http::StatusCode;
use poem::http::header::AUTHORIZATION;
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response, Result, Route, Server, get, handler,
};

/// Enforces a policy around an endpoint.
async fn enforce(
    policy: &'static Policy,
    endpoint: impl Endpoint,
    request: Request,
) -> Result<Response> {
    let cors = policy.evaluate_parts(request.method(), request.uri(), request.headers());
    let mut response = match cors.immediate_status() {
        Some(status) => status.into(),
        // Errors are responses too, including the one for a missing route.
        None => endpoint.get_response(request).await,
    };
    cors.apply_to(response.headers_mut());
    Ok(response)
}

fn app() -> impl IntoEndpoint {
    let part = |policy| {
        let route = Route::new().at("/plain", get(plain).post(plain).put(plain));
        route.around(move |endpoint, request| enforce(policy, endpoint, request))
    };
    let rest = Route::new()
        .at("/plain", get(plain).post(plain).options(describe))
        .at("/private", get(private).around(authenticate));
    let rest =
        edge_cases::routes(rest).around(|endpoint, request| enforce(&API, endpoint, request));
    Route::new()
        .nest("/", rest)
        .nest("/public", part(&PUBLIC))
        .nest("/mirror", part(&MIRROR))
        .nest("/rules", part(&RULES))
        .nest("/writes", part(&WRITES))
        .nest("/open", part(&OPEN))
        .nest("/local", part(&LOCAL))
}

#[handler]
fn plain() -> &'static str {
    PLAIN
}

#[handler]
fn describe() -> Response {
    let response = Response::builder().status(StatusCode::NO_CONTENT);
    response.header("allow", "GET, POST, OPTIONS").finish()
}

#[handler]
fn private() -> &'static str {
    "private\n"
}

async fn authenticate(endpoint: impl Endpoint, request: Request) -> Result<Response> {
    match request.headers().contains_key(AUTHORIZATION) {
        true => Ok(endpoint.get_response(request).await),
        false => Err(StatusCode::UNAUTHORIZED.into()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port()));
    let acceptor = listener.into_acceptor().await?;
    let address = acceptor.local_addr().remove(0);
    announce(*address.as_socket_addr().expect("a TCP listener"));
    Server::new_with_acceptor(acceptor).run(app()).await
}
