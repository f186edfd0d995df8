//! The policies that are tried out.

use cors_runtime::{Policy, cors_policy};

/// For an application, with credentials.
static APP: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        "https://app.example.com:8443",
        "https://admin.example.com",
        "https://**.preview.example.com",
        "https://pr-*.stage.example.com",
        "https://my_app.example.com",
        "https://xn--bcher-kva.example.com",
        "https://app.example.com.",
        "https://10.0.0.1",
        regex("https://(shop|blog)[0-9]{1,3}\\.example\\.com"),
        "http://localhost:*",
        "http://[::1]:5173",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    ],
    allow_methods = [DELETE, OPTIONS, PATCH, PUT, "PURGE"],
    allow_headers = ["authorization", "content-type", "if-none-match", "x-one"],
    expose_headers = ["etag", "x-total"],
    allow_credentials = true,
    max_age = minutes(10),
);

/// For everybody.
static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
    expose_headers = Any,
);

/// For everybody who signs requests.
static SIGNED: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = [PUT],
    allow_headers = [Any, "authorization"],
    preflight_status = 200,
);

/// For what no page needs permission for.
static BARE: Policy = cors_policy!(allow_origins = ["https://app.example.com"]);

/// For sandboxed frames as well, and whatever they do.
static MIRROR: Policy = cors_policy!(
    allow_origins = [
        "https://app.example.com",
        dangerously_allow(null_origin, "null"),
    ],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    expose_headers = ["x-total"],
    allow_credentials = true,
);

/// Trust of two degrees.
static RULES: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com"],
        allow_credentials = true,
        allow_methods = [PUT],
        expose_headers = ["x-secret"],
    ),
    rule(
        allow_origins = Any,
        allow_headers = ["x-one"],
        expose_headers = ["x-total"],
    ),
);

/// Kept for three seconds.
static BRIEF: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [PUT, DELETE],
    max_age = 3,
);

/// Not kept at all.
static FORGOTTEN: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_methods = [PUT],
    max_age = 0,
);

/// All policies by name. Those of the example are the ones that the corpus is about.
#[must_use]
pub fn policies() -> [(&'static str, &'static Policy); 15] {
    [
        ("app", &APP),
        ("public", &PUBLIC),
        ("signed", &SIGNED),
        ("bare", &BARE),
        ("mirror", &MIRROR),
        ("rules", &RULES),
        ("brief", &BRIEF),
        ("forgotten", &FORGOTTEN),
        ("example-api", &example_app::API),
        ("example-public", &example_app::PUBLIC),
        ("example-mirror", &example_app::MIRROR),
        ("example-rules", &example_app::RULES),
        ("example-writes", &example_app::WRITES),
        ("example-open", &example_app::OPEN),
        ("example-local", &example_app::LOCAL),
    ]
}

pub(crate) fn find(name: &str) -> Option<&'static Policy> {
    let mut policies = policies().into_iter();
    let (_, policy) = policies.find(|(known, _)| *known == name)?;
    Some(policy)
}
