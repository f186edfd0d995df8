use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        regex("https://(shop|blog\\.example\\.com"),
        regex("https://\\p{L}+\\.example\\.com"),
    ],
);

fn main() {}
