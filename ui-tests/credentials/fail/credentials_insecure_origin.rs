use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://legacy.example.com",
        regex("https?://app\\.example\\.com"),
    ],
    allow_credentials = true,
);

fn main() {}
