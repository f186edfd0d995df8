use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://*.example.com",
        "https://*.you.github.io",
        "https://*.acme.example",
        regex(r"https?://[a-z0-9-]+\.example\.org"),
        dangerously_allow(unconfined_origin, "https://*-team.vercel.app"),
    ],
);

fn main() {}
