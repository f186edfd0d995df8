use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://*.com",
        "https://*.github.io",
        "https://*-team.vercel.app",
        "https://*example.com",
        "https://example.*",
        regex("https://.*example.net"),
        regex(r"https?://.*\.example.com"),
        regex(r"https://[a-z]+\.com"),
        regex("https://app.example\\.org"),
        regex("https://[a-z]+-team\\.vercel\\.app"),
        "https://*.amazonaws.com",
        "https://app.*.amazonaws.com",
        regex(r"https://s3[a-z0-9-]*\.amazonaws\.com"),
        "https://*.nip.io",
        "https://*.z13.web.core.windows.net",
        "https://*.some-new-tld",
        regex(r"[a-gi-z][a-z-]*://example\.com"),
        regex(r"https://shop\.example\.(com|net|org|io|de|fr|at|ch|it|es|nl|be|pl|cz|se|fi|dk|no)"),
        regex(r"https://192\.168\.0\.[0-9]+"),
        "moz-extension://*",
        "app://*",
    ],
);

fn main() {}
