use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://**.example.com"],
    assert_allowed = ["https://app.example.com", "https://a.b.example.com"],
);

fn main() {}
