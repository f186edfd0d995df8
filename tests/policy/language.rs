//! What the language means at run time: rules, conditions, the environment, regexes, predicates,
//! mirrored requests, opt-outs.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::get;
use cors_runtime::tower::CorsLayer;
use cors_runtime::{CorsRequest, MatchedEntry, Origin, Policy, cors_policy};
use cors_support::decide::decide;
use cors_support::net::{cors, expected, list, send, serve};

/// Public data, and more for the own front end.
static PUBLIC_AND_TRUSTED: Policy = cors_policy!(
    max_age = hours(2),
    allow_methods = [GET],
    rule(
        allow_origins = ["https://app.example.com"],
        allow_credentials = true,
        allow_methods = [GET, PUT],
    ),
    rule(
        allow_origins = ["https://*.partner.example"],
        expose_headers = ["etag"]
    ),
    rule(allow_origins = Any),
);

/// The headers of the answer to a preflight, without the prefix they share, and `vary`.
fn preflight(policy: &Policy, origin: &str, more: &[(&str, &str)]) -> Vec<String> {
    let headers = [&[("origin", origin)], more].concat();
    let decision = decide(policy, "OPTIONS", &headers);
    let headers = decision.headers().map(|(name, value)| {
        let name = name.strip_prefix("access-control-").unwrap();
        format!("{name}: {}", std::str::from_utf8(value).unwrap())
    });
    let vary = decision.vary().map(|vary| format!("vary: {vary}"));
    headers.chain(vary).collect()
}

const PUT: (&str, &str) = ("access-control-request-method", "PUT");

#[test]
fn the_first_rule_that_allows_an_origin_decides() {
    let policy = &PUBLIC_AND_TRUSTED;
    assert_eq!(
        preflight(policy, "https://app.example.com", &[PUT]),
        [
            "allow-origin: https://app.example.com",
            "allow-credentials: true",
            "allow-methods: GET, PUT",
            "max-age: 7200",
            "vary: Origin",
        ]
    );
    let others = [
        "allow-origin: *",
        "allow-methods: GET",
        "max-age: 7200",
        "vary: Origin",
    ];
    assert_eq!(preflight(policy, "https://evil.example", &[PUT]), others);
    assert_eq!(preflight(policy, "null", &[PUT]), others);
    let partner = decide(policy, "GET", &[("origin", "https://a.partner.example")]);
    let headers: Vec<_> = partner.headers().collect();
    assert_eq!(headers[0].1, b"https://a.partner.example");
    assert_eq!(headers[1], ("access-control-expose-headers", &b"etag"[..]));
}

#[test]
fn a_response_without_an_origin_is_for_nobody_where_trust_differs() {
    let decision = decide(&PUBLIC_AND_TRUSTED, "GET", &[]);
    assert!(!decision.is_origin_allowed());
    assert_eq!(decision.vary(), Some("Origin"));
}

#[test]
fn malformed_origins_are_denied_even_with_a_rule_for_any() {
    for origin in [
        "",
        "https://Evil.example",
        "https://a.example/",
        "a",
        "https://a.example:443",
    ] {
        assert!(
            !PUBLIC_AND_TRUSTED.allows_origin(origin.as_bytes()),
            "{origin}"
        );
        assert_eq!(
            preflight(&PUBLIC_AND_TRUSTED, origin, &[PUT]),
            ["vary: Origin"]
        );
    }
}

/// Nor can it be asserted to be allowed there.
#[test]
fn assertions_about_any_origin_hold() {
    static BESIDE: Policy = cors_policy!(
        rule(allow_origins = ["https://example.com"]),
        rule(allow_origins = Any),
        assert_allowed = ["null", "http://[::1]:8080", "https://a_b.example."],
        assert_denied = ["https://a!b.example"],
    );
    static ALONE: Policy = cors_policy!(
        rule(allow_origins = Any),
        assert_allowed = ["null", "https://a!b.example"],
    );
    for origin in ["null", "http://[::1]:8080", "https://a_b.example."] {
        assert!(BESIDE.allows_origin(origin.as_bytes()), "{origin}");
    }
    assert!(!BESIDE.allows_origin(b"https://a!b.example"));
    assert!(ALONE.allows_origin(b"https://a!b.example"));
}

#[test]
fn rules_work_over_real_http() {
    let app = Router::new()
        .route("/", get(|| async { "data" }))
        .layer(CorsLayer::new(&PUBLIC_AND_TRUSTED));
    let address = serve(app);
    let ask = |origin: &str| {
        let request = http::Request::get(format!("http://{address}/")).header("origin", origin);
        send(request.body(()).unwrap())
    };
    let trusted = ask("https://app.example.com");
    assert_eq!(
        cors(trusted.headers()),
        expected(&[
            ("allow-origin", "https://app.example.com"),
            ("allow-credentials", "true")
        ])
    );
    let anyone = ask("https://evil.example");
    assert_eq!(cors(anyone.headers()), expected(&[("allow-origin", "*")]));
    for response in [trusted, anyone] {
        assert_eq!(list(response.headers(), "vary"), ["Origin"]);
    }
}

#[test]
fn conditions_are_those_of_the_compiler() {
    static CONDITIONAL: Policy = cors_policy!(
        allow_origins = [
            "https://example.com",
            #[cfg(test)]
            "https://test.example",
            #[cfg(not(test))]
            "https://production.example",
            #[cfg(test)]
            "http://localhost:*",
            #[cfg(not(test))]
            "https://*.production.example",
            #[cfg(debug_assertions)]
            regex("https://debug[0-9]\\.example\\.net"),
            #[cfg(not(debug_assertions))]
            regex("https://release[0-9]\\.example\\.net"),
            #[cfg(all(test, any()))]
            predicate(never_called),
            // Entries under different conditions are not duplicates.
            #[cfg(unix)]
            "https://same.example",
            #[cfg(not(windows))]
            "https://same.example",
        ],
    );
    let allowed = |origin: &str| CONDITIONAL.allows_origin(origin.as_bytes());
    assert!(allowed("https://example.com"));
    assert!(allowed("https://test.example"));
    assert!(allowed("http://localhost:5173"));
    assert!(allowed("https://same.example"));
    assert!(!allowed("https://production.example"));
    assert!(!allowed("https://a.production.example"));
    assert_eq!(
        allowed("https://debug1.example.net"),
        cfg!(debug_assertions)
    );
    assert_eq!(
        allowed("https://release1.example.net"),
        !cfg!(debug_assertions)
    );
    let request = CorsRequest::new(b"GET").with_header(b"origin", b"https://debug1.example.net");
    let regex = MatchedEntry::Regex(r#"regex("https://debug[0-9]\\.example\\.net")"#);
    assert_eq!(
        CONDITIONAL.explain(&request).entry(),
        cfg!(debug_assertions).then_some(regex)
    );
    assert!(
        !CONDITIONAL.to_string().contains("production"),
        "{CONDITIONAL}"
    );
}

#[cfg(any())]
fn never_called(_: &Origin<'_>) -> bool {
    true
}

#[test]
fn the_environment_gives_entries() {
    // Nobody sets these.
    static FROM_ENVIRONMENT: Policy = cors_policy!(
        allow_origins = [
            env(
                "CORS_TEST_ORIGINS",
                default = "https://a.example, https://*.b.example,"
            ),
            env("CORS_TEST_UNSET", default = "https://c.example"),
        ],
    );
    for (origin, is_allowed) in [
        ("https://a.example", true),
        ("https://x.b.example", true),
        ("https://c.example", true),
        ("https://b.example", false),
    ] {
        assert_eq!(
            FROM_ENVIRONMENT.allows_origin(origin.as_bytes()),
            is_allowed,
            "{origin}"
        );
    }
}

#[test]
fn a_policy_may_be_a_constant() {
    const REGEX: Policy = cors_policy!(
        allow_origins = [
            "https://*.example.com",
            regex("https://a[0-9]\\.example\\.net")
        ],
    );
    const RULES: &[Policy] = &[REGEX, REGEX];
    assert!(RULES[1].allows_origin(b"https://a1.example.net"));
}

#[test]
fn a_regex_matches_whole_serialized_origins() {
    static REGEX: Policy = cors_policy!(
        allow_origins = [
            regex("https://(shop|blog)[0-9]{1,3}\\.example\\.net"),
            regex(r"(?i)HTTPS://.*\.example\.org(:\d+)?"),
        ],
    );
    for (origin, is_allowed) in [
        ("https://shop1.example.net", true),
        ("https://blog999.example.net", true),
        ("https://shop.example.net", false),
        ("https://shop1.example.net.evil.net", false),
        ("https://a.b.example.org:8443", true),
        ("https://a.example.org", true),
        // The default port and leading zeros are not serializations.
        ("https://a.example.org:443", false),
        ("https://a.example.org:08443", false),
        ("HTTPS://A.EXAMPLE.ORG", false),
        ("https://.example.org", false),
        ("https://evil.net/.example.org", false),
        ("https://me@a.example.org", false),
    ] {
        assert_eq!(
            REGEX.allows_origin(origin.as_bytes()),
            is_allowed,
            "{origin}"
        );
    }
}

#[test]
fn predicates_get_valid_origins_that_nothing_else_accepts() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    fn is_tenant(origin: &Origin<'_>) -> bool {
        ASKED.fetch_add(1, Ordering::Relaxed);
        origin.scheme() == "https" && origin.host().starts_with("tenant") && origin.port().is_none()
    }
    fn is_local(origin: &Origin<'_>) -> bool {
        origin.host() == "localhost"
    }
    static TENANTS: Policy = cors_policy!(
        rule(
            allow_origins = [
                "https://example.com",
                dangerously_allow(credentialed_predicate, predicate(is_tenant)),
            ],
            allow_credentials = true,
        ),
        rule(allow_origins = [predicate(is_local)]),
    );
    assert!(TENANTS.allows_origin(b"https://example.com"));
    for invalid in [
        "null",
        "",
        "https://Tenant.example",
        "https://tenant.example/",
        "tenant",
    ] {
        assert!(!TENANTS.allows_origin(invalid.as_bytes()));
    }
    assert_eq!(ASKED.load(Ordering::Relaxed), 0);
    assert!(TENANTS.allows_origin(b"https://tenant1.example"));
    assert!(!TENANTS.allows_origin(b"https://tenant1.example:8443"));
    assert_eq!(ASKED.load(Ordering::Relaxed), 2);
    // Rules apply in order: the second only gets what the first denies.
    let local = decide(&TENANTS, "GET", &[("origin", "http://localhost:1")]);
    assert!(
        local
            .headers()
            .all(|(name, _)| name != "access-control-allow-credentials")
    );
    assert!(local.is_origin_allowed());
}

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://example.com"],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
);

#[test]
fn a_mirrored_request_is_sent_back_and_named_in_vary() {
    let headers = ("access-control-request-headers", "x-one,authorization");
    assert_eq!(
        preflight(&MIRROR, "https://example.com", &[PUT, headers]),
        [
            "allow-origin: https://example.com",
            "allow-credentials: true",
            "allow-methods: PUT",
            "allow-headers: x-one,authorization",
            "vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        ]
    );
    let (one, two) = (
        ("access-control-request-headers", "X-One, X-Two"),
        ("Access-Control-Request-Headers", "x-three"),
    );
    let answer = preflight(&MIRROR, "https://example.com", &[PUT, one, two]);
    assert_eq!(
        answer[3..5],
        ["allow-headers: X-One, X-Two", "allow-headers: x-three"]
    );
    // An actual response does not depend on it.
    let actual = decide(&MIRROR, "PUT", &[("origin", "https://example.com")]);
    assert_eq!(actual.vary(), Some("Origin"));
    assert_eq!(
        preflight(&MIRROR, "https://evil.example", &[PUT]),
        ["vary: Origin"]
    );
}

#[test]
fn only_valid_bytes_are_mirrored() {
    let origin = "https://example.com";
    for method in ["", "PUT\r\nx: y", "A B", "PÜT", "PUT, GET"] {
        let answer = preflight(
            &MIRROR,
            origin,
            &[("access-control-request-method", method)],
        );
        assert!(
            answer.iter().all(|line| !line.starts_with("allow-methods")),
            "{answer:?}"
        );
    }
    for headers in ["", "x\r\nset-cookie: a=1", "x;y", "x\0", "é"] {
        let headers = ("access-control-request-headers", headers);
        let answer = preflight(&MIRROR, origin, &[PUT, headers]);
        assert!(
            answer.iter().all(|line| !line.starts_with("allow-headers")),
            "{answer:?}"
        );
    }
    let nine = [("access-control-request-headers", "x"); 9];
    let answer = preflight(&MIRROR, origin, &[&[PUT][..], &nine].concat());
    assert!(
        answer.iter().all(|line| !line.starts_with("allow-headers")),
        "{answer:?}"
    );
    let twice = preflight(&MIRROR, origin, &[PUT, PUT]);
    assert!(
        twice.iter().all(|line| !line.starts_with("allow-methods")),
        "{twice:?}"
    );
}

#[test]
fn a_mirror_works_through_the_http_adapter() {
    static PUBLIC_MIRROR: Policy = cors_policy!(allow_origins = Any, allow_headers = MirrorRequest);
    let request = http::Request::options("/")
        .header("origin", "https://example.com")
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "x-one")
        .header("access-control-request-headers", "x-two")
        .body(())
        .unwrap();
    let response = PUBLIC_MIRROR
        .evaluate_http(&request)
        .immediate_response::<()>()
        .unwrap();
    assert_eq!(
        list(response.headers(), "access-control-allow-headers"),
        ["x-one", "x-two"]
    );
    assert_eq!(
        list(response.headers(), "vary"),
        ["Access-Control-Request-Headers"]
    );
    let response = MIRROR
        .evaluate_http(&request)
        .immediate_response::<()>()
        .unwrap();
    assert_eq!(response.headers()["access-control-allow-methods"], "PUT");
}

#[test]
fn dangerously_allow_permits_each_risk() {
    static RISKY: Policy = cors_policy!(
        allow_origins = [
            "https://example.com",
            dangerously_allow(null_origin, "null"),
            dangerously_allow(insecure_origin, "http://legacy.example.com"),
            dangerously_allow(unconfined_origin, "https://*-team.vercel.app"),
            dangerously_allow(
                insecure_origin,
                dangerously_allow(unconfined_origin, "http://*.pages.dev")
            ),
        ],
        allow_credentials = true,
    );
    for origin in [
        "null",
        "http://legacy.example.com",
        "https://a-team.vercel.app",
        "http://a.pages.dev",
    ] {
        assert!(RISKY.allows_origin(origin.as_bytes()), "{origin}");
    }
}

#[test]
fn unusual_origins_are_allowed() {
    static UNUSUAL: Policy = cors_policy!(
        allow_origins = [
            "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
            "capacitor://localhost",
            "app://.",
            "safari-web-extension://B8A66D3E-0A9F-4F7B-8F5D-2C6E2D0F9A11",
            r"https://under_score.example.com",
            r#"https://xn--bcher-kva.example"#,
            "http://[::ffff:102:304]:8080",
            "http://127.0.0.1",
            "https://example.com.",
            "https://*.svc.cluster.local:*", // a namespace of one's own
        ],
        allow_methods = [QUERY, "M-SEARCH", "PURGE",],
        assert_allowed = ["https://a.svc.cluster.local:8443"],
        assert_denied = ["https://example.com", "null", "app://..", "app://a"],
    );
    assert!(UNUSUAL.allows_origin(b"http://[::ffff:102:304]:8080"));
    assert!(UNUSUAL.allows_origin(b"https://example.com."));
    assert!(UNUSUAL.allows_origin(b"app://."));
    assert!(!UNUSUAL.allows_origin(b"safari-web-extension://b8a66d3e-0a9f-4f7b-8f5d-2c6e2d0f9a11"));
}

/// Every name of this machine that browsers know, and nothing that leaves it.
#[test]
fn loopback_is_this_machine() {
    static LOCAL: Policy = cors_policy!(
        allow_origins = ["https://example.com", Loopback],
        allow_credentials = true,
    );
    for scheme in ["http", "https"] {
        for host in [
            "localhost",
            "app.localhost",
            "a.b.localhost",
            "127.0.0.1",
            "[::1]",
        ] {
            for port in ["", ":1", ":3000", ":65535"] {
                let origin = format!("{scheme}://{host}{port}");
                assert!(LOCAL.allows_origin(&origin), "{origin}");
            }
        }
    }
    for origin in [
        "http://localhost.example.com",
        "http://localhost:80",
        "http://127.0.0.2",
        "http://192.168.0.1",
        "http://[::2]",
        "http://evillocalhost",
        "ws://localhost",
        "null",
    ] {
        assert!(!LOCAL.allows_origin(origin), "{origin}");
    }
}

#[test]
fn local_files_are_allowed_by_an_opt_out_or_by_any() {
    static FILES: Policy =
        cors_policy!(allow_origins = [dangerously_allow(file_origin, "file://"), "app://a"]);
    static ANY: Policy = cors_policy!(
        rule(allow_origins = ["https://example.com"]),
        rule(allow_origins = Any),
    );
    for policy in [&FILES, &ANY] {
        assert!(policy.allows_origin("file://"));
        for origin in ["file:///", "file:///home", "file:", "FILE://"] {
            assert!(!policy.allows_origin(origin), "{origin}");
        }
    }
}

fn is_dot(origin: &Origin<'_>) -> bool {
    origin.host() == "."
}

/// Hosts that an app chose are valid in every kind of entry.
#[test]
fn hosts_of_apps_are_opaque() {
    static POLICIES: [Policy; 4] = [
        cors_policy!(allow_origins = ["app://."]),
        cors_policy!(allow_origins = [regex(r"app://\.")]),
        cors_policy!(allow_origins = [predicate(is_dot)]),
        cors_policy!(
            rule(allow_origins = ["https://example.com"]),
            rule(allow_origins = Any),
        ),
    ];
    for policy in &POLICIES {
        assert!(policy.allows_origin(b"app://."), "{policy:?}");
        for origin in ["https://.", "app://", "app://./", "app:// .", "app://<"] {
            assert!(!policy.allows_origin(origin), "{origin} {policy:?}");
        }
    }
    let any = &POLICIES[3];
    for (origin, is_allowed) in [
        ("app://Main_Window!", true),
        ("app://%41:1", true),
        ("https://Example.com", false),
        ("wss://Example.com", false),
        ("app://a/", false),
        ("app://a\\", false),
        ("app://a\"", false),
        ("app://a@b", false),
        ("App://a", false),
    ] {
        assert_eq!(any.allows_origin(origin), is_allowed, "{origin}");
    }
}
