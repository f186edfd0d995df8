use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://a.example.com",
        "https://preview-*.example.com",
    ],
);

fn main() {}
