//! A policy in Salvo: a handler around the whole service.
//!
//! ```text
//! cargo run -p example-salvo
//! ```

mod edge_cases;

use example_app::{PLAIN, announce, policy_for, port};
use salvo::conn::Acceptor;
use salvo::http::StatusCode;
use salvo::http::header::{ALLOW, AUTHORIZATION, HeaderValue};
use salvo::prelude::*;

/// A hoop of the service. A hoop of a router only runs for paths and methods that have a route, so a
/// preflight would get 405.
#[handler]
async fn enforce(
    request: &mut Request,
    depot: &mut Depot,
    response: &mut Response,
    flow: &mut FlowCtrl,
) {
    let policy = policy_for(request.uri().path());
    let cors = policy.evaluate_parts(request.method(), request.uri(), request.headers());
    match cors.immediate_status() {
        Some(status) => {
            response.status_code(status);
            flow.skip_rest();
        }
        None => {
            flow.call_next(request, depot, response).await;
        }
    }
    cors.apply_to(response.headers_mut());
}

fn app() -> Service {
    let plain_alone = |path| Router::with_path(path).get(plain);
    let guarded = |path| plain_alone(path).post(plain).put(plain);
    let router = Router::new()
        .push(
            Router::with_path("plain")
                .get(plain)
                .post(plain)
                .options(describe),
        )
        .push(Router::with_path("private").hoop(authenticate).get(private))
        .push(plain_alone("public/plain"))
        .push(plain_alone("mirror/plain"))
        .push(plain_alone("rules/plain"))
        .push(guarded("writes/plain"))
        .push(guarded("open/plain"))
        .push(guarded("local/plain"));
    Service::new(edge_cases::routes(router)).hoop(enforce)
}

#[handler]
async fn plain() -> &'static str {
    PLAIN
}

#[handler]
async fn describe(response: &mut Response) {
    response.status_code(StatusCode::NO_CONTENT);
    let methods = HeaderValue::from_static("GET, POST, OPTIONS");
    response.headers_mut().insert(ALLOW, methods);
}

#[handler]
async fn private() -> &'static str {
    "private\n"
}

#[handler]
async fn authenticate(request: &mut Request, response: &mut Response, flow: &mut FlowCtrl) {
    if !request.headers().contains_key(AUTHORIZATION) {
        response.render(StatusError::unauthorized());
        flow.skip_rest();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let acceptor = TcpListener::new(("127.0.0.1", port())).bind().await;
    let address = acceptor.holdings()[0].local_addr.clone().into_std();
    announce(address.expect("a TCP listener"));
    Server::new(acceptor).serve(app()).await;
}
