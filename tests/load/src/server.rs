//! The axum example, with its layers or without.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::ALLOW;
use axum::routing::get;
use cors_runtime::Policy;
use cors_runtime::tower::CorsLayer;
use example_app::{API, MIRROR, PLAIN, PUBLIC, announce, port};
use example_axum::edge_cases;
use tokio::net::TcpListener;

fn app(is_layered: bool) -> Router {
    let behind = |policy: &'static Policy, routes: Router| match is_layered {
        true => routes.layer(CorsLayer::new(policy)),
        false => routes,
    };
    let plain = get(PLAIN)
        .post(PLAIN)
        .options((StatusCode::NO_CONTENT, [(ALLOW, "GET, POST, OPTIONS")]));
    let routes = Router::new()
        .route("/plain", plain)
        .merge(edge_cases::routes());
    let part = || Router::new().route("/plain", get(PLAIN));
    behind(&API, routes)
        .nest("/public", behind(&PUBLIC, part()))
        .nest("/mirror", behind(&MIRROR, part()))
}

/// Serves it until the process is stopped.
///
/// # Errors
///
/// If it cannot listen.
pub fn serve(is_layered: bool) -> std::io::Result<()> {
    // Of the handlers that are there to panic, nothing is printed.
    std::panic::set_hook(Box::new(|_| {}));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port())).await?;
        announce(listener.local_addr()?);
        axum::serve(listener, app(is_layered)).await
    })
}
