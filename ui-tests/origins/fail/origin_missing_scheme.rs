use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "example.com",
        "localhost:3000",
    ],
);

fn main() {}
