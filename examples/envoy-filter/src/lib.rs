//! A filter for Envoy that runs the policies themselves, as WebAssembly: for policies that no
//! configuration can express, such as those with predicates. For other policies, use
//! `cors_runtime::export::envoy`: its output is readable, needs no toolchain, and costs less.
//!
//! ```text
//! rustup target add wasm32-wasip1
//! cargo build -p example-envoy-filter --profile wasm --target wasm32-wasip1
//! ```
//!
//! It must be the first filter: responses of earlier filters have no CORS headers. With
//! `failure_policy: FAIL_RELOAD`, Envoy responds with 503 if a predicate panics, and starts the filter
//! again for later requests. With `FAIL_OPEN`, CORS headers of the application would reach the browser.

#[cfg(target_arch = "wasm32")]
mod filter;

use cors_runtime::{Origin, Policy, cors_policy};
use example_app::policy_for;

/// The policy for `/tenants`.
pub static TENANTS: Policy = cors_policy!(
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
    // For tests of what a panic causes.
    assert!(!cfg!(feature = "panics") || number != Some(13));
    origin.scheme() == "https" && number.is_some_and(|number| number % 7 == 0)
}

/// Returns the policy for `:path`, which contains the query. A path that is not UTF-8 has the
/// policy of the whole application.
#[must_use]
pub fn policy_at(path: &[u8]) -> &'static Policy {
    let path = path.split(|byte| *byte == b'?').next();
    let path = path.and_then(|path| str::from_utf8(path).ok());
    let path = path.unwrap_or_default();
    match path.split('/').nth(1) {
        Some("tenants") => &TENANTS,
        _ => policy_for(path),
    }
}
