use cors_runtime::{Policy, cors_policy};

static API: Policy = cors_policy!(
    allow_origins = "https://example.com",
    allow_methods = GET,
    allow_headers = [header::CONTENT_TYPE],
    allow_credentials,
    expose_headers: ["etag"],
    max_age = Duration::from_secs(7200),
    preflight_status = [200],
    assert_allowed = ["https://*.example.com"],
);

static PARTNERS: Policy = cors_policy!(allow_origins = PARTNER_ORIGINS);

static TENANTS: Policy = cors_policy!(
    allow_origins = [
        predicate(|origin| origin.as_str() == "https://tenant.example"),
        #[cfg]
        "https://example.com",
    ],
);

fn main() {}
