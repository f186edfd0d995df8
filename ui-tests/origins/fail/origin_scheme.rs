use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "*://example.com",
        "htps://app.example.com",
        "ht_tp://example.com",
    ],
);

fn main() {}
