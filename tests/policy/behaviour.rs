//! The table of `Policy::evaluate`, row by row, and what holds for every request.

use cors_runtime::{
    CorsRequest, Decision, Denial, LivePolicy, MatchedEntry, Policy, RequestKind, cors_policy,
};
use cors_support::decide::{decide, request};
use cors_support::reference_cases::CASES;
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

/// A policy need not be in a `static`, and a decision does not borrow from it.
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
    assert_eq!(decision.immediate_status(), None);
    assert_eq!(shown(&decision), ["allow-origin: *", "expose-headers: *"]);
}

#[test]
fn not_cors_under_any_other_policy() {
    for headers in [&[][..], &[METHOD]] {
        let decision = decide(&TRUSTED, "OPTIONS", headers);
        assert_eq!(decision.kind(), RequestKind::NotCors);
        assert!(!decision.is_origin_allowed());
        assert_eq!(decision.immediate_status(), None);
        assert_eq!(shown(&decision), ["vary: Origin"]);
    }
}

#[test]
fn actual_denied() {
    let decision = decide(&TRUSTED, "PUT", &[("Origin", "https://b.example")]);
    assert_eq!(decision.kind(), RequestKind::Actual);
    assert!(!decision.is_origin_allowed());
    assert_eq!(decision.immediate_status(), None);
    assert_eq!(shown(&decision), ["vary: Origin"]);
}

#[test]
fn actual_allowed() {
    let decision = decide(&TRUSTED, "PUT", &[("origin", "https://x.a.example")]);
    assert!(decision.is_origin_allowed());
    assert_eq!(decision.immediate_status(), None);
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
    assert_eq!(decision.immediate_status(), Some(403));
    assert_eq!(shown(&decision), ["vary: Origin"]);
}

#[test]
fn preflight_allowed() {
    // The browser compares the method, and its console names a missing one.
    for method in ["PUT", "DELETE"] {
        let method = ("Access-Control-Request-Method", method);
        let decision = decide(&TRUSTED, "OPTIONS", &[ORIGIN, method]);
        assert_eq!(decision.immediate_status(), Some(204));
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
        decide(&OK, "OPTIONS", &[ORIGIN, METHOD]).immediate_status(),
        Some(200)
    );
    let other = ("Origin", "https://b.example");
    assert_eq!(
        decide(&OK, "OPTIONS", &[other, METHOD]).immediate_status(),
        Some(403)
    );
}

#[test]
fn options_without_a_requested_method_reaches_the_application() {
    let decision = decide(&TRUSTED, "OPTIONS", &[ORIGIN]);
    assert_eq!(decision.kind(), RequestKind::Actual);
    assert_eq!(decision.immediate_status(), None);
}

/// A name that differs in one byte is that of another header, whatever its length and its last byte.
#[test]
fn headers_are_read_by_their_whole_names() {
    let empty = format!("{:?}", CorsRequest::new("OPTIONS"));
    for (name, value) in [
        (":authority", "a.example"),
        ("access-control-request-headers", "x-one"),
        ("access-control-request-method", "PUT"),
        ("host", "a.example"),
        ("origin", "https://a.example"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-site", "none"),
        ("upgrade", "websocket"),
    ] {
        let shown = |name: &[u8]| {
            let request = CorsRequest::new("OPTIONS").with_header(name, value);
            format!("{request:?}")
        };
        assert_ne!(shown(name.as_bytes()), empty, "{name}");
        assert_eq!(
            shown(name.to_uppercase().as_bytes()),
            shown(name.as_bytes())
        );
        for index in 0..name.len() {
            let mut other = name.as_bytes().to_vec();
            other[index] ^= 1;
            assert_eq!(shown(&other), empty, "{}", other.escape_ascii());
        }
    }
}

/// A list may have white space around its names, and empty elements.
#[test]
fn mirrored_lists_are_sent_back_as_they_are() {
    static MIRROR: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_headers = MirrorRequest
    );
    for (list, is_mirrored) in [
        ("x-one", true),
        ("x-one,x-two", true),
        ("x-one, x-two", true),
        (" x-one\t,,x-two ", true),
        ("x one", false),
        ("x-one, x two", false),
        ("x-one;x-two", false),
        ("x-one,\u{e9}", false),
    ] {
        let lines = [ORIGIN, METHOD, ("Access-Control-Request-Headers", list)];
        let shown = shown(&decide(&MIRROR, "OPTIONS", &lines));
        let expected = format!("allow-headers: {list}");
        assert_eq!(shown.contains(&expected), is_mirrored, "{list}: {shown:?}");
    }
}

/// A request of the server's own page is not refused. `Sec-Fetch-Site` overrides the comparison with `Host`,
/// unless it is empty.
#[test]
fn the_site_of_a_request_is_its_only_value() {
    static WRITES: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        on_denied = RefuseWrites
    );
    for (sites, own, foreign) in [
        (&[][..], false, true),
        (&[""], false, true),
        (&["same-origin"], false, false),
        (&["none"], false, false),
        (&["same-site"], true, true),
        (&["cross-site"], true, true),
        (&["", ""], true, true),
        (&["", "same-origin"], true, true),
        (&["same-origin", ""], true, true),
        (&["same-origin", "same-origin"], true, true),
    ] {
        for (origin, is_refused) in [("https://b.example", own), ("https://c.example", foreign)] {
            let sites = sites.iter().map(|site| ("Sec-Fetch-Site", *site));
            let mut lines = vec![("Host", "b.example"), ("Origin", origin)];
            lines.extend(sites);
            let decision = decide(&WRITES, "POST", &lines);
            assert_eq!(decision.refusal().is_some(), is_refused, "{lines:?}");
        }
    }
}

/// The output of `Debug`, for logs and debuggers: the lines of a request and of a response, and policies.
#[test]
fn requests_decisions_and_policies_are_printed_for_debugging() {
    static MIRROR: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_headers = MirrorRequest
    );
    let names = "Access-Control-Request-Headers";
    let lines = [ORIGIN, METHOD, (names, "x-one"), (names, "x-two")];
    let bytes = |value: &str| format!("{:?}", value.as_bytes());
    let request = request(b"OPTIONS", &lines);
    let printed = format!("{request:?}");
    for (_, value) in lines {
        assert!(printed.contains(&bytes(value)), "{value}: {printed}");
    }
    let headers = format!("{:?}", MIRROR.evaluate(&request).headers());
    for value in ["x-one", "x-two"] {
        assert!(headers.contains(&bytes(value)), "{value}: {headers}");
    }
    let policy = format!("{BARE:?}");
    for part in [
        "origins: [\"https://a.example\"], access-control-allow-origin: \"https://a.example\"",
        "preflight_status: 204, on_denied: Continue, hosts: None, matcher: a literal",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    let live = format!("{:?}", LivePolicy::new(&BARE));
    assert!(live.contains(&policy), "{live}");
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
            assert_eq!(decision.immediate_status(), status);
            assert_eq!(shown(&decision), ["vary: Origin"]);

            // A policy whose responses are all the same does not consider the origin.
            assert!(PUBLIC.evaluate(&request).is_origin_allowed());
            assert_eq!(PUBLIC.evaluate(&request).vary(), None);
        }
    }
}

/// Header lines of any names and values.
fn arbitrary_lines() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof![
        4 => prop::sample::select(vec![
            "origin", "Origin", "access-control-request-method", "Access-Control-Request-Headers",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let value = prop_oneof![origin(), prop::collection::vec(any::<u8>(), 0..64)];
    prop::collection::vec((name, value), 0..6)
}

/// An origin, allowed in about half of the cases, or nearly one.
fn origin() -> impl Strategy<Value = Vec<u8>> {
    let origins = ["https://a.example", "https://*.a.example"].map(str::to_owned);
    prop_oneof![
        Just(b"https://a.example".to_vec()),
        "https://[a-z]{1,8}\\.a\\.example".prop_map(String::into_bytes),
        Just(b"https://b.example".to_vec()),
        gen_origins::origins(origins.to_vec()).prop_map(|origin| origin.0),
    ]
}

/// The headers that matter for a policy, each present or not: what browsers send, or nearly.
#[derive(Debug, Clone)]
struct Asked {
    origin: Option<Vec<u8>>,
    method: Option<Vec<u8>>,
    headers: Option<Vec<u8>>,
}

fn asked() -> impl Strategy<Value = Asked> {
    let method = prop_oneof![
        4 => prop::sample::select(vec!["GET", "PUT", "PATCH", "M-SEARCH"]).prop_map(|name| name.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    let headers = prop_oneof![
        4 => "(content-type|x-one|authorization|x-[a-z]{1,3})(,(content-type|x-[a-z]))?".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..16),
    ];
    let origin = prop::option::weighted(0.9, origin());
    (
        origin,
        prop::option::weighted(0.7, method),
        prop::option::of(headers),
    )
        .prop_map(|(origin, method, headers)| Asked {
            origin,
            method,
            headers,
        })
}

impl Asked {
    /// The names as `Vary` has them.
    fn lines(&self) -> [(&'static str, Option<&[u8]>); 3] {
        [
            ("Origin", self.origin.as_deref()),
            ("Access-Control-Request-Method", self.method.as_deref()),
            ("Access-Control-Request-Headers", self.headers.as_deref()),
        ]
    }

    fn request<'r>(&'r self, method: &'r [u8]) -> CorsRequest<'r> {
        let lines = self.lines();
        lines.iter().fold(
            CorsRequest::new(method),
            |request, (name, value)| match value {
                Some(value) => request.with_header(name, *value),
                None => request,
            },
        )
    }
}

/// Whatever comes in: no panic; what is echoed is the origin's own bytes and is allowed; a
/// denied response has no CORS header; only preflights have a status.
#[test]
fn any_bytes_are_answered() {
    let method = prop_oneof![
        3 => Just(b"OPTIONS".to_vec()),
        1 => Just(b"PUT".to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    let lines = prop_oneof![
        1 => arbitrary_lines(),
        3 => asked().prop_map(|asked| {
            let lines = asked.lines();
            let lines = lines.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.as_ref()?.to_vec())));
            lines.collect()
        }),
    ];
    property::check(5_000, (method, lines), |(method, lines), branches| {
        let request = request(method.as_ref(), &lines);
        for policy in [&PUBLIC, &TRUSTED, &BARE] {
            let decision = policy.evaluate(&request);
            let headers: Vec<_> = decision.headers().collect();
            prop_assert_eq!(decision.is_origin_allowed(), !headers.is_empty());
            prop_assert_eq!(
                decision.immediate_status().is_some(),
                decision.kind() == RequestKind::Preflight
            );
            prop_assert_eq!(decision.vary().is_none(), std::ptr::eq(policy, &PUBLIC));
            let origins: Vec<_> = lines
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case("origin"))
                .collect();
            if let [(_, origin)] = origins[..] {
                prop_assert_eq!(policy.allows_origin(origin), decision.is_origin_allowed());
            }
            if let Some((name, value)) = headers.first() {
                prop_assert_eq!(*name, "access-control-allow-origin");
                let is_echo = lines
                    .iter()
                    .any(|(name, sent)| name.eq_ignore_ascii_case("origin") && sent == value);
                prop_assert!(*value == b"*" || is_echo && policy.allows_origin(value));
                prop_assert!(
                    *value != b"*"
                        || headers
                            .iter()
                            .all(|(name, _)| !name.ends_with("credentials"))
                );
            }
        }
        let decision = TRUSTED.evaluate(&request);
        let (kind, is_allowed) = (decision.kind(), decision.is_origin_allowed());
        branches.note(
            "an allowed preflight",
            kind == RequestKind::Preflight && is_allowed,
        );
        branches.note(
            "a denied preflight",
            kind == RequestKind::Preflight && !is_allowed,
        );
        branches.note(
            "an allowed request",
            kind == RequestKind::Actual && is_allowed,
        );
        branches.note(
            "a denied request",
            kind == RequestKind::Actual && !is_allowed,
        );
        branches.note("not CORS", kind == RequestKind::NotCors);
        Ok(())
    });
}

/// Two requests that differ only in headers that `Vary` does not name get the same headers, so
/// that no cache can mix responses up.
#[test]
fn vary_names_all_that_a_response_depends_on() {
    let method = prop::sample::select(vec!["GET", "PUT", "OPTIONS"]);
    let kept = prop::array::uniform3(any::<bool>());
    property::check(
        5_000,
        (method, asked(), asked(), kept),
        |(method, asked, mut other, kept), branches| {
            let keep =
                |kept: bool, from: &Option<Vec<u8>>, to: &mut Option<Vec<u8>>, is_kind: bool| {
                    // Caches contain no preflights, so the kind of the request does not matter.
                    if kept || is_kind && (from.is_some() != to.is_some()) {
                        to.clone_from(from);
                    }
                };
            let is_options = method == "OPTIONS";
            keep(kept[0], &asked.origin, &mut other.origin, is_options);
            keep(kept[1], &asked.method, &mut other.method, is_options);
            keep(kept[2], &asked.headers, &mut other.headers, false);
            let lines = asked.lines().into_iter().zip(other.lines());
            let differ: Vec<&str> = lines
                .filter(|(one, other)| one != other)
                .map(|((name, _), _)| name)
                .collect();
            for case in CASES {
                let requests = [&asked, &other].map(|asked| asked.request(method.as_bytes()));
                let [first, second] = requests
                    .each_ref()
                    .map(|request| case.policy.evaluate(request));
                let named = first.vary().unwrap_or_default();
                let is_named = differ
                    .iter()
                    .any(|name| named.split(", ").any(|listed| listed == *name));
                let [one, two] = [&first, &second].map(|decision| {
                    let headers: Vec<_> = decision.headers().collect();
                    (headers, decision.vary(), decision.immediate_status())
                });
                prop_assert!(
                    is_named || one == two,
                    "{} {:?} {:?}",
                    case.policy,
                    one,
                    two
                );
                let is_preflight = first.kind() == RequestKind::Preflight;
                branches.note(
                    "a response that is allowed",
                    first.is_origin_allowed() && !is_preflight,
                );
                branches.note(
                    "a preflight that is allowed",
                    first.is_origin_allowed() && is_preflight,
                );
                branches.note("what is not named differs", !differ.is_empty() && !is_named);
                branches.note("what is named differs", is_named);
                branches.note("responses differ", one != two);
            }
            Ok(())
        },
    );
}
