//! The policies that are exported, each with the origins that requests are made from.

use cors_runtime::{Origins, Policy, PolicyTemplate, cors_policy};

/// A policy at a gateway.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The name of its files.
    pub name: &'static str,
    /// The policy.
    pub policy: &'static Policy,
    /// Origins that it is about, most of them allowed.
    pub origins: &'static [&'static str],
    /// Hosts that requests are for; none if the policy does not consider them.
    pub hosts: &'static [&'static str],
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

static GUARDED: Policy = cors_policy!(
    rule(
        allow_origins = [
            "https://app.example.com",
            "https://*.partner.example:*",
            "http://[::1]:5173",
        ],
        allow_methods = [PUT, "X-Y"],
        allow_credentials = true,
        expose_timing = true,
    ),
    rule(
        allow_origins = ["https://reader.example"],
        allow_methods = [GET],
        expose_headers = ["etag"],
    ),
    rule(allow_origins = Any, allow_methods = [GET, PATCH]),
    allow_hosts = [
        "api.example.com",
        "**.hosts.example:*",
        "[::1]:8080",
        "10.0.0.1",
    ],
    on_denied = RefuseWrites,
);

static STRICT: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com", "http://localhost:*"],
        allow_methods = Any,
    ),
    rule(
        allow_origins = ["https://*.example.com"],
        allow_methods = [PUT, DELETE],
        allow_headers = ["content-type"],
        expose_timing = true,
    ),
    allow_hosts = ["localhost:*", "*.api.example.com"],
    on_denied = Refuse,
    preflight_status = 204,
);

static HOSTS: Policy = cors_policy!(
    allow_origins = Any,
    expose_timing = true,
    allow_hosts = ["api.example.com", "pr-*.api.example.com:8443"],
);

static STATUS: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    preflight_status = 200,
);

/// For `on_denied`, a list of any origin is less than an entry.
static TEMPLATE: PolicyTemplate = cors_policy!(
    allow_origins = ["https://app.example.com", Configured],
    allow_methods = [PUT],
    on_denied = RefuseWrites,
);

/// Returns the policy of [`TEMPLATE`] with a list, which lives as long as the program.
fn configured(origins: &str) -> &'static Policy {
    let origins: Origins = match origins {
        "" => Origins::none(),
        origins => origins.parse().expect("a list"),
    };
    let policy = TEMPLATE.with_origins(&origins).expect("sound");
    Box::leak(Box::new(policy))
}

/// All policies, those of the application that the corpus is about first.
#[must_use]
pub fn sites() -> Vec<Site> {
    fn site(name: &'static str, policy: &'static Policy, origins: &'static [&'static str]) -> Site {
        Site {
            name,
            policy,
            origins,
            hosts: &[],
        }
    }
    let hosts = |name: &str| -> &'static [&'static str] {
        match name {
            "writes" | "open" | "listed" | "any" | "none" => {
                &["api.example.com", "api.example.com:8443", "[::1]:5173"]
            }
            "local" => &[
                "localhost:3000",
                "127.0.0.1",
                "v1.api.example.com",
                "app.example.com",
            ],
            "guarded" => &[
                "api.example.com",
                "a.hosts.example:81",
                "a.b.hosts.example",
                "[::1]:8080",
                "10.0.0.1",
            ],
            "strict" => &["localhost:3000", "v1.api.example.com", "app.example.com"],
            "hosts" => &["api.example.com", "pr-1.api.example.com:8443"],
            _ => &[],
        }
    };
    let sites = vec![
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
        site(
            "writes",
            &example_app::WRITES,
            &["https://app.example.com", "https://api.example.com"],
        ),
        site(
            "open",
            &example_app::OPEN,
            &["https://app.example.com", "http://api.example.com", "null"],
        ),
        site(
            "local",
            &example_app::LOCAL,
            &["https://app.example.com", "http://localhost:3000"],
        ),
        site(
            "guarded",
            &GUARDED,
            &[
                "https://app.example.com",
                "https://a.partner.example:444",
                "http://[::1]:5173",
                "https://reader.example",
                "https://api.example.com",
                "http://[::1]:8080",
                "null",
            ],
        ),
        site(
            "strict",
            &STRICT,
            &[
                "https://app.example.com",
                "http://localhost:3000",
                "https://v1.api.example.com",
                "https://a.example.com",
            ],
        ),
        site(
            "listed",
            configured("https://a.partner.example, https://*.tenants.example"),
            &[
                "https://app.example.com",
                "https://a.partner.example",
                "https://b.tenants.example",
                "https://api.example.com",
            ],
        ),
        site(
            "any",
            configured("*"),
            &[
                "https://app.example.com",
                "https://b.tenants.example",
                "null",
            ],
        ),
        site("none", configured(""), &["https://app.example.com"]),
        site("hosts", &HOSTS, &["https://app.example.com", "null"]),
    ];
    let with_hosts = |site: Site| Site {
        hosts: hosts(site.name),
        ..site
    };
    sites.into_iter().map(with_hosts).collect()
}
