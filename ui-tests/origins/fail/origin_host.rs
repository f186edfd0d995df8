use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://a%2eexample.com",
        "https://a^b.example.com",
    ],
);

fn main() {}
