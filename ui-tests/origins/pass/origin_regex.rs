use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://*.example.com",
        regex("https://(shop|blog)\\.example\\.org"),
    ],
);

fn main() {}
