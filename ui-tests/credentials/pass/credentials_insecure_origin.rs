use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        dangerously_allow(insecure_origin, "http://legacy.example.com"),
        regex("https://app\\.example\\.com"),
        "http://localhost:*",
    ],
    allow_credentials = true,
);

fn main() {}
