//! A policy for each part of the application.

use cors_runtime::{Policy, cors_policy};

/// For the application as a whole.
pub static API: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        "https://*.preview.example.com",
        "http://localhost:*",
    ],
    allow_methods = [GET, PUT, DELETE, "PURGE"],
    allow_headers = ["authorization", "content-type"],
    expose_headers = ["etag", "x-request-id"],
    allow_credentials = true,
    max_age = hours(2),
);

/// For `/public`: anybody, without credentials.
pub static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [GET],
    expose_headers = ["etag"],
);

/// For `/mirror`: any method and header.
pub static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
);

/// For `/rules`: different trust for different origins.
pub static RULES: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com"],
        allow_credentials = true,
        allow_methods = [GET, PUT],
    ),
    rule(allow_origins = Any, allow_methods = [GET]),
);

/// For `/writes`: requests that may change something are refused, unless they are same-origin or allowed.
pub static WRITES: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [GET, PUT],
    expose_timing = true,
    on_denied = RefuseWrites,
);

/// For `/open`: as for `/writes`, and any page may use `PUT`.
pub static OPEN: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [GET, PUT],
    on_denied = RefuseWrites,
);

/// For `/local`: requests of pages that are not listed, and requests for hosts that are not listed, are refused.
pub static LOCAL: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [GET, PUT],
    expose_timing = true,
    on_denied = Refuse,
    allow_hosts = ["localhost:*", "127.0.0.1:*", "*.api.example.com"],
);

/// The policy for a path, where an example has to choose it by itself.
#[must_use]
pub fn policy_for(path: &str) -> &'static Policy {
    match path.split('/').nth(1) {
        Some("public") => &PUBLIC,
        Some("mirror") => &MIRROR,
        Some("rules") => &RULES,
        Some("writes") => &WRITES,
        Some("open") => &OPEN,
        Some("local") => &LOCAL,
        _ => &API,
    }
}
