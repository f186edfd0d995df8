use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://xn--bcher-kva.example",
        "https://wide.example",
    ],
);

fn main() {}
