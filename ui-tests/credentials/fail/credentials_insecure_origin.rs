use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "http://legacy.example.com",
        "http://192.168.1.5:3000",
        regex("https?://app\\.example\\.com"),
    ],
    allow_credentials = true,
);

fn main() {}
