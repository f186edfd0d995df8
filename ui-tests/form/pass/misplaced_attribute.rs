use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://example.com",
        #[cfg(debug_assertions)]
        "http://localhost:*",
    ],
);

fn main() {}
