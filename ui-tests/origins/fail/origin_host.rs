use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://a%2eexample.com",
        "https://preview-{id}.example.com",
    ],
);

fn main() {}
