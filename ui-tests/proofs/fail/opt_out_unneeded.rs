use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        dangerously_allow(insecure_origin, "https://example.com"),
        dangerously_allow(unconfined_origin, "https://*.example.com"),
    ],
    allow_credentials = true,
);

fn main() {}
