use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_headers = ["if-none-match"],
    expose_headers = ["etag"],
);

fn main() {}
