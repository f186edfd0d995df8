use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com", dangerously_allow(file_origin, "file://")],
);

fn main() {}
