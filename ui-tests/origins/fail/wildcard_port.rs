use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://preview.example.com:80*",
        regex("http://(localhost|127\\.0\\.0\\.1):*"),
    ],
);

fn main() {}
