use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://192.168.0.1",
    ],
);

fn main() {}
