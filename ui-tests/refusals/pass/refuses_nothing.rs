use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [GET, HEAD],
    on_denied = RefuseWrites,
);

fn main() {}
