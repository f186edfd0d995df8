use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_headers = ["content-type", "x-one"],
    expose_headers = ["etag", "vary"],
);

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_headers = [Any, "authorization"],
);

fn main() {}
