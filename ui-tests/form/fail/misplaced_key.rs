use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    rule(
        allow_origins = ["https://example.com"],
        preflight_status = 200,
    ),
);

fn main() {}
