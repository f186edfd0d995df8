use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        "https://*.example.com",
        regex("https://[a-z]+\\.example\\.com"),
    ],
);

fn main() {}
