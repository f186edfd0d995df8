//! The policies that are exported, each with the origins that requests are made from.

use cors_runtime::{Policy, cors_policy};

/// A policy at a gateway.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The name of its files.
    pub name: &'static str,
    /// The policy.
    pub policy: &'static Policy,
    /// Origins that it is about, most of them allowed.
    pub origins: &'static [&'static str],
}

static FIRST: Policy = cors_policy!(
    allow_origins = [
        "https://example.com",
        "https://*.example.com",
        "https://**.example.org:*",
        regex("https://(shop|blog)[0-9]{1,3}\\.example\\.net"),
    ],
    allow_methods = [GET, PUT, DELETE, PATCH],
    allow_headers = ["authorization", "content-type", "x-request-id"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
);

static KINDS: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        "https://admin.example.com:8443",
        "https://pr-*.preview.example.com",
        "https://**.corp.example.net",
        "http://localhost:*",
        "http://[::1]:5173",
        "app://localhost",
        "https://example.com.",
        "https://a'b.example.com",
        dangerously_allow(null_origin, "null"),
    ],
    // Signs that configuration files have for themselves.
    allow_methods = [GET, "X%Y", "A'B"],
    allow_headers = ["x-%a", "x-`b`", "x-weird_name~1"],
    max_age = 7,
);

static THREE: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com", "https://*.trusted.example"],
        allow_credentials = true,
        allow_methods = [GET, PUT],
        expose_headers = ["etag"],
    ),
    rule(
        allow_origins = ["https://**.example", "https://**.example.com:*"],
        allow_methods = [GET],
        max_age = 60,
    ),
    rule(allow_origins = Any, expose_headers = ["x-request-id"]),
);

static LONG: Policy = cors_policy!(
    rule(
        allow_origins = ["https://c1.example.com:8443", "https://*.first.example"],
        allow_methods = [PUT],
    ),
    rule(
        allow_origins = [
            "https://c2.example.com:8443",
            "https://c3.example.com:8443",
            "https://c4.example.com:8443",
            "https://c5.example.com:8443",
            "https://c6.example.com:8443",
            "https://c7.example.com:8443",
            "https://c8.example.com:8443",
            "https://c9.example.com:8443",
            "https://c10.example.com:8443",
            "https://c11.example.com:8443",
            "https://c12.example.com:8443",
            "https://c13.example.com:8443",
            "https://c14.example.com:8443",
            "https://c15.example.com:8443",
            "https://c16.example.com:8443",
            "https://c17.example.com:8443",
            "https://c18.example.com:8443",
            "https://c19.example.com:8443",
            "https://c20.example.com:8443",
            "https://c21.example.com:8443",
            "https://c22.example.com:8443",
            "https://c23.example.com:8443",
            "https://c24.example.com:8443",
            "https://c25.example.com:8443",
            "https://c26.example.com:8443",
            "https://c27.example.com:8443",
            "https://c28.example.com:8443",
            "https://c29.example.com:8443",
            "https://c30.example.com:8443",
            "https://c31.example.com:8443",
            "https://c32.example.com:8443",
            "https://c33.example.com:8443",
            "https://c34.example.com:8443",
            "https://c35.example.com:8443",
            "https://c36.example.com:8443",
            "https://c37.example.com:8443",
            "https://c38.example.com:8443",
            "https://c39.example.com:8443",
            "https://c40.example.com:8443",
            "https://c41.example.com:8443",
            "https://*.example.net",
        ],
    ),
    rule(
        allow_origins = ["https://*.example.com:8443"],
        allow_methods = [DELETE]
    ),
);

static STATUS: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    preflight_status = 200,
);

/// All policies, those of the application that the corpus is about first.
#[must_use]
pub fn sites() -> Vec<Site> {
    const fn site(
        name: &'static str,
        policy: &'static Policy,
        origins: &'static [&'static str],
    ) -> Site {
        Site {
            name,
            policy,
            origins,
        }
    }
    vec![
        site(
            "api",
            &example_app::API,
            &[
                "https://app.example.com",
                "https://pr-7.preview.example.com",
                "http://localhost:5173",
            ],
        ),
        site(
            "public",
            &example_app::PUBLIC,
            &["https://app.example.com", "null"],
        ),
        site(
            "rules",
            &example_app::RULES,
            &[
                "https://app.example.com",
                "https://anybody.example",
                "http://[2001:db8::1]:81",
                "null",
            ],
        ),
        site(
            "first",
            &FIRST,
            &[
                "https://example.com",
                "https://a.example.com",
                "https://a.b.example.org:444",
                "https://shop12.example.net",
            ],
        ),
        site(
            "kinds",
            &KINDS,
            &[
                "https://app.example.com",
                "https://admin.example.com:8443",
                "https://pr-1.preview.example.com",
                "https://x.y.corp.example.net",
                "http://localhost:80",
                "http://[::1]:5173",
                "app://localhost",
                "https://example.com.",
                "https://a'b.example.com",
                "null",
            ],
        ),
        site(
            "three",
            &THREE,
            &[
                "https://app.example.com",
                "https://a.trusted.example",
                "https://a.b.example",
                "https://x.example.com:1",
                "http://[1:2:3::4]:8080",
                "ws://a",
                "null",
            ],
        ),
        site(
            "long",
            &LONG,
            &[
                "https://c1.example.com:8443",
                "https://c2.example.com:8443",
                "https://c41.example.com:8443",
                "https://c42.example.com:8443",
                "https://a.first.example",
                "https://a.example.net",
            ],
        ),
        site("status-200", &STATUS, &["https://app.example.com"]),
    ]
}
