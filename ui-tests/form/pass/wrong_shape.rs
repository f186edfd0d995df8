use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_methods = [GET],
    allow_headers = ["content-type"],
    allow_credentials = true,
    max_age = hours(2),
    preflight_status = 200,
);

fn main() {}
