use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://example.com/app",
        "https://example.org?page=1",
        "https://example.net#top",
    ],
);

fn main() {}
