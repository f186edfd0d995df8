//! `Policy::explain`: never at odds with `evaluate`, and true in what it names.

mod advice;
mod agreement;
mod origins;
mod preflights;
mod refusals;
mod words;

use cors_runtime::{CorsRequest, Explanation, Origin, Policy, cors_policy};

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
);

static OPEN: Policy = cors_policy!(allow_origins = Any, allow_headers = [Any, "authorization"]);

static TRUSTED: Policy = cors_policy!(
    allow_origins = [
        "https://a.example",
        "https://*.a.example",
        "http://localhost:*"
    ],
    allow_methods = [GET, PUT, PATCH, "M-SEARCH"],
    allow_headers = ["content-type", "x-one"],
    allow_credentials = true,
);

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
);

static RULES: Policy = cors_policy!(
    rule(
        allow_origins = [
            "https://a.example",
            env("CORS_TEST_UNSET", default = "https://e.example")
        ],
        allow_methods = [PUT],
        allow_credentials = true,
    ),
    rule(
        allow_origins = [
            regex("https://(shop|blog)\\.b\\.example"),
            "https://*.a.example",
            regex("https://.*[0-9]\\.b\\.example"),
            predicate(is_tenant),
        ],
        allow_headers = ["x-one"],
    ),
    rule(
        allow_origins = [
            dangerously_allow(null_origin, "null"),
            regex("https://c[0-9]\\.example"),
            predicate(is_customer),
            predicate(is_partner)
        ]
    ),
);

static OPEN_END: Policy = cors_policy!(
    rule(
        allow_origins = ["https://a.example"],
        allow_credentials = true
    ),
    rule(allow_origins = Any, allow_methods = [PUT]),
);

static PATTERNS: Policy = cors_policy!(
    allow_origins = [
        dangerously_allow(unconfined_origin, "http://**"),
        "http://a.example.",
        "https://a*.*.a.example:*",
        "https://*b.a.example:*",
        "https://pr-*-of-*-x.b.example",
        "https://**.a.example",
        "https://*.a.example.",
        "http://[::1]:*",
        "capacitor://localhost",
    ],
);

const PATTERN_TEXTS: [&str; 9] = [
    "http://**",
    "http://a.example.",
    "https://a*.*.a.example:*",
    "https://*b.a.example:*",
    "https://pr-*-of-*-x.b.example",
    "https://**.a.example",
    "https://*.a.example.",
    "http://[::1]:*",
    "capacitor://localhost",
];

const ALL: [&Policy; 7] = [
    &PUBLIC, &OPEN, &TRUSTED, &MIRROR, &RULES, &OPEN_END, &PATTERNS,
];

pub(crate) fn is_customer(origin: &Origin<'_>) -> bool {
    origin.host() == "customer.example"
}

fn is_partner(origin: &Origin<'_>) -> bool {
    origin.host() == "partner.example"
}

fn is_tenant(origin: &Origin<'_>) -> bool {
    origin.host() == "tenant.example"
}

fn request<'r>(method: &'r str, headers: &[(&str, &'r str)]) -> CorsRequest<'r> {
    CorsRequest::new(method).with_headers(headers.iter().copied())
}

fn actual<'r>(policy: &'r Policy, origin: &'r str) -> Explanation<'r> {
    policy.explain(&request("GET", &[("origin", origin)]))
}

fn preflight<'r>(
    policy: &'r Policy,
    origin: &'r str,
    method: &'r str,
    lines: &[&'r str],
) -> Explanation<'r> {
    let mut request = request(
        "OPTIONS",
        &[
            ("origin", origin),
            ("access-control-request-method", method),
        ],
    );
    for line in lines {
        request = request.with_header(b"access-control-request-headers", line.as_bytes());
    }
    policy.explain(&request)
}
