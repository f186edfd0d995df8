//! A filter for Envoy that runs the policy itself, as WebAssembly: for policies that no
//! configuration can express, such as those with predicates. For other policies, use
//! `cors_runtime::export::envoy`: its output is readable, needs no toolchain, and costs less.
//!
//! ```text
//! rustup target add wasm32-wasip1
//! cargo build -p example-envoy-filter --release --target wasm32-wasip1
//! ```
//!
//! It has to be the first filter: responses of earlier filters have no CORS headers. With
//! `failure_policy: FAIL_RELOAD`, Envoy responds with 503 if the filter stops, and starts it again for the
//! next request.

#[cfg(target_arch = "wasm32")]
mod filter;

use cors_runtime::{Origin, Policy, cors_policy};

/// The policy of the application behind Envoy.
pub static API: Policy = cors_policy!(
    rule(
        allow_origins = [
            "https://app.example.com",
            "https://*.preview.example.com",
            dangerously_allow(credentialed_predicate, predicate(is_tenant)),
        ],
        allow_methods = [GET, PUT, DELETE],
        allow_headers = ["authorization", "content-type"],
        expose_headers = ["etag"],
        allow_credentials = true,
        max_age = hours(2),
    ),
    rule(
        allow_origins = ["https://partner.example"],
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
    ),
);

/// Tenants have numbers. No pattern can express that a number is divisible by seven.
fn is_tenant(origin: &Origin<'_>) -> bool {
    let number = origin.host().strip_suffix(".tenants.example");
    let number = number.and_then(|number| number.parse::<u32>().ok());
    origin.scheme() == "https" && number.is_some_and(|number| number % 7 == 0)
}
