//! A policy in axum: a layer around all routes, and other policies for parts of the application.
//!
//! ```text
//! cargo run -p example-axum
//! ```

use axum::Router;
use cors_runtime::tower::CorsLayer;
use example_app::{API, announce, port};
use example_axum::{routes, with_parts};
use tokio::net::TcpListener;

fn app() -> Router {
    // The one line. It is after all routes, including those that need authentication.
    with_parts(routes().layer(CorsLayer::new(&API)))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    axum::serve(listener, app()).await
}
