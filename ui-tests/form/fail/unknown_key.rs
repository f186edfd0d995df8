use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    max_aeg = hours(2),
    timeout = 5,
    supports_credentials = true,
    allow_private_network = true,
    rules(allow_origins = Any),
);

fn main() {}
