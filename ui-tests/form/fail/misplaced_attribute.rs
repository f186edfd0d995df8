use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = [#[allow(unused)] "https://example.com"],
    #[cfg(debug_assertions)]
    allow_credentials = true,
    allow_methods = [GET, #[cfg(debug_assertions)] PUT],
);

fn main() {}
