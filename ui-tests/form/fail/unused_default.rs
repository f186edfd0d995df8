use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    max_age = hours(2),
    rule(allow_origins = ["https://example.com"], max_age = hours(1)),
    rule(allow_origins = Any, max_age = minutes(1)),
);

fn main() {}
