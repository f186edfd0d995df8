use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        regex("https://(?:a{1000}){1000}\\.example\\.com"),
    ],
);

static TOGETHER: Policy = cors_policy!(
    allow_origins = [
        regex("https://[a-z]{3000}\\.example\\.com"),
        regex("https://[a-z]{3000}\\.example\\.net"),
        regex("https://[a-z]{3000}\\.example\\.org"),
    ],
);

fn main() {}
