use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    preflight_status = 200,
    rule(allow_origins = ["https://example.com"]),
);

fn main() {}
