use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_hosts = ["api.example.com:443", "localhost:80"],
);

fn main() {}
