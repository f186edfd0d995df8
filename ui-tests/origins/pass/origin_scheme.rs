use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        "https://example.com",
    ],
);

fn main() {}
