use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:08443",
    ],
);

fn main() {}
