use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_hosts = ["https://api.example.com"],
);

fn main() {}
