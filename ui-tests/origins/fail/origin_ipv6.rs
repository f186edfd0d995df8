use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://[0:0:0:0:0:0:0:1]:3000",
        "http://::1",
        "http://[fe80::1%eth0]",
    ],
);

fn main() {}
