use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_hosts = ["api.example.com/v1", "::1", "my server"],
);

fn main() {}
