use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://127.1",
        "http://1.2.3.256",
    ],
);

fn main() {}
