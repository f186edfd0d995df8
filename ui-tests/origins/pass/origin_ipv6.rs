use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://[::1]:3000",
        "http://[::1]",
        "http://[fe80::1]",
    ],
);

fn main() {}
