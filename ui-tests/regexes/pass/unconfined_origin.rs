use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://*.example.com",
        "https://*.you.github.io",
        "https://*.acme.example",
        "https://*.ec2.amazonaws.com",
        regex(r"https://(one|two)\.s3\.amazonaws\.com"),
        regex(r"https?://[a-z0-9-]+\.example\.org"),
        dangerously_allow(unconfined_origin, "https://*-team.vercel.app"),
    ],
);

fn main() {}
