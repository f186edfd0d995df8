use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        regex("https://a{1,20}\\.example\\.com"),
    ],
);

static TOGETHER: Policy = cors_policy!(
    allow_origins = [
        "https://*.example.com",
        "https://*.example.net",
        regex("https://[a-z]{1,20}\\.example\\.org"),
    ],
);

fn main() {}
