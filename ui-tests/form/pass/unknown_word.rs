use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_headers = ["content-type"],
    max_age = hours(2),
);

fn main() {}
