use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://example.com",
        env("CORS_UI_TEST_UNSET", default = "https://partner.example"),
    ],
);

fn main() {}
