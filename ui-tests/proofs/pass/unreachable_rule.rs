use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    rule(allow_origins = ["https://app.example.com"], allow_credentials = true),
    rule(allow_origins = ["https://*.example.com"]),
    rule(allow_origins = Any),
);

fn main() {}
