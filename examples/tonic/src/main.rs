//! A policy in tonic, for gRPC-Web: pages call a gRPC service through `fetch`.
//!
//! ```text
//! cargo run -p example-tonic
//! ```

use std::error::Error;

use cors_runtime::tower::CorsLayer;
use cors_runtime::{Policy, cors_policy};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_web::GrpcWebLayer;

/// The policy of the service. The status of a call is in headers or in trailers. tonic-web sends
/// trailers in the body, but the policy must expose the headers.
static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [POST],
    allow_headers = ["content-type", "grpc-timeout", "x-grpc-web", "x-user-agent"],
    expose_headers = ["grpc-status", "grpc-message", "grpc-status-details-bin"],
    max_age = hours(2),
);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    announce(&format!("http://{}", listener.local_addr()?));
    let (_, health) = tonic_health::server::health_reporter();
    Server::builder()
        .accept_http1(true) // gRPC-Web comes over HTTP/1.1 as well
        .layer(CorsLayer::new(&API)) // the first layer is the outermost
        .layer(GrpcWebLayer::new())
        .add_service(health)
        .serve_with_incoming(TcpIncoming::from(listener))
        .await?;
    Ok(())
}

fn announce(base: &str) {
    let call = format!("{base}/grpc.health.v1.Health/Check -H 'Origin: https://app.example.com'");
    let web = "-H 'Content-Type: application/grpc-web-text' -H 'X-Grpc-Web: 1'";
    println!("The policy:\n\n{API}");
    println!("Listening on {base} for requests. Try, in another terminal:\n");
    println!("curl -i -X OPTIONS {call} -H 'Access-Control-Request-Method: POST'");
    println!("curl -i {call} {web} -d AAAAAAA=");
    println!("curl -i {call} {web} -d AAAAAAMKAXg=");
}
