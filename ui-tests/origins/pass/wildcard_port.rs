use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://preview.example.com:*",
        regex("http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?"),
    ],
);

fn main() {}
