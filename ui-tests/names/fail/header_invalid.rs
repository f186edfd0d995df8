use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_headers = ["content-type, x-one", "x-two|x-three", "x-amz-meta-*"],
    expose_headers = ["etag, vary", "x-ratelimit-*"],
);

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_headers = ["*", "authorization"],
);

fn main() {}
