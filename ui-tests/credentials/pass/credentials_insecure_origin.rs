use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        dangerously_allow(insecure_origin, "http://legacy.example.com"),
        #[cfg(debug_assertions)]
        dangerously_allow(insecure_origin, "http://192.168.1.5:3000"),
        regex("https://app\\.example\\.com"),
        "http://localhost:*",
    ],
    allow_credentials = true,
);

fn main() {}
