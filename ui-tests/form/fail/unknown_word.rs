use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [Everybody, regexp("https://a"), dangerously_allow(insecure, "http://a.example")],
    allow_headers = [content],
    max_age = hour(2),
);

fn main() {}
