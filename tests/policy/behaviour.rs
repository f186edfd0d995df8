//! The table of `Policy::evaluate`, row by row, and what holds for every request.

use cors_runtime::{CorsRequest, Decision, Denial, MatchedEntry, Policy, RequestKind, cors_policy};
use cors_support::decide::decide;
use cors_support::{gen_origins, property};
use proptest::prelude::*;

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = [Any, "authorization"],
    expose_headers = Any,
    max_age = 60,
);

static TRUSTED: Policy = cors_policy!(
    allow_origins = ["https://a.example", "https://*.a.example"],
    allow_methods = [GET, PUT],
    allow_headers = ["content-type"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = minutes(10),
);

static BARE: Policy = cors_policy!(allow_origins = ["https://a.example"]);

const ORIGIN: (&str, &str) = ("Origin", "https://a.example");
const METHOD: (&str, &str) = ("Access-Control-Request-Method", "PUT");

/// The headers of a decision without the prefix they share, and `vary`.
fn shown(decision: &Decision<'_>) -> Vec<String> {
    let headers = decision.headers().map(|(name, value)| {
        let name = name.strip_prefix("access-control-").unwrap();
        format!("{name}: {}", std::str::from_utf8(value).unwrap())
    });
    let vary = decision.vary().map(|vary| format!("vary: {vary}"));
    headers.chain(vary).collect()
}

#[test]
fn headers_are_counted_before_they_are_looked_at() {
    static MIRROR: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
    );
    let names = ("Access-Control-Request-Headers", "x-one");
    let cases = [
        (&BARE, &[METHOD][..], 0),
        (&BARE, &[ORIGIN], 1),
        (&TRUSTED, &[ORIGIN], 3),
        (&TRUSTED, &[ORIGIN, METHOD], 5),
        (&MIRROR, &[ORIGIN, METHOD, names, names], 4),
    ];
    for (policy, lines, count) in cases {
        let mut headers = decide(policy, "OPTIONS", lines).headers();
        for left in (0..count).rev() {
            assert_eq!(headers.size_hint(), (left + 1, Some(left + 1)));
            assert!(headers.next().is_some());
            assert_eq!(headers.len(), left);
        }
        assert_eq!((headers.next(), headers.next()), (None, None));
    }
}

/// A policy need not be in a `static`, and what it says about a request does not borrow that.
#[test]
fn a_policy_may_be_anywhere() {
    let policies = [
        cors_policy!(allow_origins = ["https://a.example"]),
        cors_policy!(allow_origins = ["https://b.example"]),
    ];
    let said = {
        let request = CorsRequest::new(b"GET").with_header(b"origin", b"https://b.example");
        policies
            .each_ref()
            .map(|policy| (policy.evaluate(&request), policy.explain(&request)))
    };
    let [(denied, why), (allowed, entry)] = said;
    assert_eq!(shown(&denied), ["vary: Origin"]);
    assert_eq!(
        why.denial(),
        Some(Denial::OriginNotAllowed(b"https://b.example"))
    );
    assert_eq!(
        shown(&allowed),
        ["allow-origin: https://b.example", "vary: Origin"]
    );
    assert_eq!(
        entry.entry(),
        Some(MatchedEntry::Origin("https://b.example"))
    );
}

#[test]
fn not_cors_under_a_policy_for_any_origin() {
    let decision = decide(&PUBLIC, "GET", &[]);
    assert_eq!(decision.kind(), RequestKind::NotCors);
    assert_eq!(decision.preflight_status(), None);
    assert_eq!(shown(&decision), ["allow-origin: *", "expose-headers: *"]);
}

#[test]
fn not_cors_under_any_other_policy() {
    for headers in [&[][..], &[METHOD]] {
        let decision = decide(&TRUSTED, "OPTIONS", headers);
        assert_eq!(decision.kind(), RequestKind::NotCors);
        assert!(!decision.is_origin_allowed());
        assert_eq!(decision.preflight_status(), None);
        assert_eq!(shown(&decision), ["vary: Origin"]);
    }
}

#[test]
fn actual_denied() {
    let decision = decide(&TRUSTED, "PUT", &[("Origin", "https://b.example")]);
    assert_eq!(decision.kind(), RequestKind::Actual);
    assert!(!decision.is_origin_allowed());
    assert_eq!(decision.preflight_status(), None);
    assert_eq!(shown(&decision), ["vary: Origin"]);
}

#[test]
fn actual_allowed() {
    let decision = decide(&TRUSTED, "PUT", &[("origin", "https://x.a.example")]);
    assert!(decision.is_origin_allowed());
    assert_eq!(decision.preflight_status(), None);
    assert_eq!(
        shown(&decision),
        [
            "allow-origin: https://x.a.example",
            "allow-credentials: true",
            "expose-headers: etag",
            "vary: Origin"
        ]
    );
    assert_eq!(
        shown(&decide(&BARE, "GET", &[ORIGIN])),
        ["allow-origin: https://a.example", "vary: Origin"]
    );
    assert_eq!(
        shown(&decide(&PUBLIC, "GET", &[ORIGIN])),
        ["allow-origin: *", "expose-headers: *"]
    );
}

#[test]
fn preflight_denied() {
    let decision = decide(&TRUSTED, "OPTIONS", &[("Origin", "null"), METHOD]);
    assert_eq!(decision.kind(), RequestKind::Preflight);
    assert_eq!(decision.preflight_status(), Some(403));
    assert_eq!(shown(&decision), ["vary: Origin"]);
}

#[test]
fn preflight_allowed() {
    // A method that is not listed is the browser's business, which says so precisely.
    for method in ["PUT", "DELETE"] {
        let method = ("Access-Control-Request-Method", method);
        let decision = decide(&TRUSTED, "OPTIONS", &[ORIGIN, method]);
        assert_eq!(decision.preflight_status(), Some(204));
        assert_eq!(
            shown(&decision),
            [
                "allow-origin: https://a.example",
                "allow-credentials: true",
                "allow-methods: GET, PUT",
                "allow-headers: content-type",
                "max-age: 600",
                "vary: Origin"
            ]
        );
    }
    assert_eq!(
        shown(&decide(&PUBLIC, "OPTIONS", &[ORIGIN, METHOD])),
        [
            "allow-origin: *",
            "allow-methods: *",
            "allow-headers: *, authorization",
            "max-age: 60"
        ]
    );
    assert_eq!(
        shown(&decide(&BARE, "OPTIONS", &[ORIGIN, METHOD])),
        [
            "allow-origin: https://a.example",
            // Without a list, browsers would take any method of a request whose upload is listened
            // to as allowed.
            "allow-methods: GET, HEAD, POST",
            "vary: Origin"
        ]
    );
}

#[test]
fn preflight_status_is_the_policy_s() {
    static OK: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        preflight_status = 200
    );
    assert_eq!(
        decide(&OK, "OPTIONS", &[ORIGIN, METHOD]).preflight_status(),
        Some(200)
    );
    let other = ("Origin", "https://b.example");
    assert_eq!(
        decide(&OK, "OPTIONS", &[other, METHOD]).preflight_status(),
        Some(403)
    );
}

#[test]
fn options_without_a_requested_method_reaches_the_application() {
    let decision = decide(&TRUSTED, "OPTIONS", &[ORIGIN]);
    assert_eq!(decision.kind(), RequestKind::Actual);
    assert_eq!(decision.preflight_status(), None);
}

#[test]
fn methods_are_case_sensitive() {
    let decision = decide(&TRUSTED, "options", &[ORIGIN, METHOD]);
    assert_eq!(decision.kind(), RequestKind::Actual);
}

#[test]
fn an_unusable_origin_is_denied_and_nothing_else_changes() {
    let long = format!("https://{}.a.example", "a".repeat(65_536));
    let unusable: [&[&[u8]]; 7] = [
        &[b""],
        &[b"null"],
        &[long.as_bytes()],
        &[b"https://\xff.a.example"],
        &[b"https://a.example\0"],
        &[b"https://a.example", b"https://a.example"],
        &[b"https://a.example, https://a.example"],
    ];
    for origins in unusable {
        for (method, status) in [("GET", None), ("OPTIONS", Some(403))] {
            let mut request = CorsRequest::new(method.as_bytes())
                .with_header(b"access-control-request-method", b"PUT");
            for origin in origins {
                request = request.with_header(b"origin", origin);
            }
            let decision = TRUSTED.evaluate(&request);
            assert_ne!(decision.kind(), RequestKind::NotCors);
            assert!(!decision.is_origin_allowed());
            assert_eq!(decision.preflight_status(), status);
            assert_eq!(shown(&decision), ["vary: Origin"]);

            // Who answers everybody alike does not look at the origin.
            assert!(PUBLIC.evaluate(&request).is_origin_allowed());
            assert_eq!(PUBLIC.evaluate(&request).vary(), None);
        }
    }
}

/// Header lines of a request: names that matter (and some that do not), values of any bytes.
fn lines() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof![
        4 => prop::sample::select(vec![
            "origin", "Origin", "access-control-request-method", "Access-Control-Request-Headers",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let origins = vec![
        "https://a.example".to_owned(),
        "https://*.a.example".to_owned(),
    ];
    let value = prop_oneof![
        gen_origins::origins(origins).prop_map(|origin| origin.0),
        prop::collection::vec(any::<u8>(), 0..64)
    ];
    prop::collection::vec((name, value), 0..6)
}

proptest! {
    #![proptest_config(property::cases(5_000))]

    /// Whatever comes in: no panic; what is echoed is the origin's own bytes and is allowed; a
    /// denied response has no CORS header; only preflights have a status.
    #[test]
    fn any_bytes_are_answered(
        method in prop_oneof![Just(b"OPTIONS".to_vec()), prop::collection::vec(any::<u8>(), 0..8)],
        lines in lines(),
    ) {
        let request = lines.iter().fold(CorsRequest::new(&method), |request, (name, value)| {
            request.with_header(name.as_bytes(), value)
        });
        for policy in [&PUBLIC, &TRUSTED, &BARE] {
            let decision = policy.evaluate(&request);
            let headers: Vec<_> = decision.headers().collect();
            prop_assert_eq!(decision.is_origin_allowed(), !headers.is_empty());
            prop_assert_eq!(decision.preflight_status().is_some(), decision.kind() == RequestKind::Preflight);
            prop_assert_eq!(decision.vary().is_none(), std::ptr::eq(policy, &PUBLIC));
            let origins: Vec<_> = lines.iter().filter(|(name, _)| name.eq_ignore_ascii_case("origin")).collect();
            if let [(_, origin)] = origins[..] {
                prop_assert_eq!(policy.allows_origin(origin), decision.is_origin_allowed());
            }
            if let Some((name, value)) = headers.first() {
                prop_assert_eq!(*name, "access-control-allow-origin");
                let is_echo = lines.iter().any(|(name, sent)| name.eq_ignore_ascii_case("origin") && sent == value);
                prop_assert!(*value == b"*" || is_echo && policy.allows_origin(value));
                prop_assert!(*value != b"*" || headers.iter().all(|(name, _)| !name.ends_with("credentials")));
            }
        }
    }

    /// Two requests that differ only in headers that `Vary` does not name get the same headers, so
    /// that no cache can mix responses up.
    #[test]
    fn vary_names_all_that_a_response_depends_on(
        origin in prop::option::of(gen_origins::origins(vec!["https://*.a.example".to_owned()])),
        other in prop::option::of(gen_origins::origins(vec!["https://*.a.example".to_owned()])),
    ) {
        for policy in [&PUBLIC, &TRUSTED, &BARE] {
            let [first, second] = [&origin, &other].map(|origin| {
                let request = match origin {
                    Some(origin) => CorsRequest::new(b"GET").with_header(b"origin", origin),
                    None => CorsRequest::new(b"GET"),
                };
                policy.evaluate(&request)
            });
            prop_assert_eq!(first.vary(), second.vary());
            if first.vary().is_none() {
                prop_assert_eq!(first.headers().collect::<Vec<_>>(), second.headers().collect::<Vec<_>>());
            }
        }
    }
}
