use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://**.example.com"],
    assert_denied = ["https://example.com", "https://internal.example.com", "https://evilexample.com"],
);

fn main() {}
