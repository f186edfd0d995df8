use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        regex("https://(?:a{1000}){1000}\\.example\\.com"),
    ],
);

fn main() {}
