//! The policy of the quickstart, at the gateway in front of it.

pub mod verify;

use cors_runtime::{Policy, cors_policy};

/// The policy of `examples/quickstart`.
pub static API: Policy = cors_policy!(
    allow_origins = ["https://foo.example", "https://*.foo.example"],
    allow_methods = [POST, GET, OPTIONS],
    allow_headers = ["x-pingother", "content-type"],
    allow_credentials = true,
    max_age = days(1),
);
