//! A policy without any framework: bytes in, bytes out.
//!
//! ```text
//! cargo run -p example-minimal
//! ```

use cors_runtime::{CorsRequest, Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://foo.example", "https://*.foo.example"],
    allow_methods = [GET, PUT],
    allow_headers = ["content-type"],
    allow_credentials = true,
    max_age = hours(2),
);

fn main() {
    let request = CorsRequest::new("OPTIONS")
        .with_header("Origin", "https://app.foo.example")
        .with_header("Access-Control-Request-Method", "PUT");
    let decision = API.evaluate(&request);

    // Respond to a preflight immediately; let the application handle everything else.
    if let Some(status) = decision.immediate_status() {
        println!("HTTP/1.1 {status}");
    }
    for (name, value) in decision.headers() {
        println!("{name}: {}", value.escape_ascii());
    }
    if let Some(vary) = decision.vary() {
        println!("vary: {vary}");
    }
}
