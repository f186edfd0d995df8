use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_methods = [GET],
    allow_headers = ["content-type"],
    allow_credentials = true,
    expose_headers = ["etag"],
    max_age = 7200,
    preflight_status = 200,
);

static TENANTS: Policy = cors_policy!(
    allow_origins = [
        predicate(is_tenant),
        #[cfg(debug_assertions)]
        "https://example.com",
    ],
);

fn is_tenant(origin: &cors_runtime::Origin<'_>) -> bool {
    origin.as_str() == "https://tenant.example"
}

fn main() {}
