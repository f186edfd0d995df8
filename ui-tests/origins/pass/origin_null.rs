use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [dangerously_allow(null_origin, "null")],
);

fn main() {}
