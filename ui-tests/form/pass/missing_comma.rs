use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com", "https://example.org"],
    allow_methods = [GET, PUT],
    max_age = hours(2),
);

fn main() {}
