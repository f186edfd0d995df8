use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://a.example.com",
        "https://a_b.example.com",
    ],
);

fn main() {}
