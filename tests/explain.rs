//! `Policy::explain`: never at odds with `evaluate`, and true in what it names.

mod support;

use cors_runtime::{
    Decision, Denial, Entry, Explanation, Kind, Origin, Policy, Request, cors_policy,
};
use proptest::prelude::*;
use support::{hostile, naive};

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
            predicate(is_tenant),
        ],
        allow_headers = ["x-one"],
    ),
    rule(
        allow_origins = [
            dangerously_allow(null_origin, "null"),
            regex("https://c[0-9]\\.example")
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

fn is_tenant(origin: &Origin<'_>) -> bool {
    origin.host() == "tenant.example"
}

fn request<'r>(method: &'r str, headers: &[(&str, &'r str)]) -> Request<'r> {
    headers
        .iter()
        .fold(Request::new(method.as_bytes()), |request, (name, value)| {
            request.header(name.as_bytes(), value.as_bytes())
        })
}

fn actual<'r>(policy: &'static Policy, origin: &'r str) -> Explanation<'r> {
    policy.explain(&request("GET", &[("origin", origin)]))
}

fn preflight<'r>(
    policy: &'static Policy,
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
        request = request.header(b"access-control-request-headers", line.as_bytes());
    }
    policy.explain(&request)
}

#[test]
fn the_rule_and_the_entry_are_named() {
    let cases = [
        (&PUBLIC, "https://x.example", 0, Entry::Any),
        (
            &TRUSTED,
            "https://x.a.example",
            0,
            Entry::Listed("https://*.a.example"),
        ),
        (
            &TRUSTED,
            "http://localhost:5173",
            0,
            Entry::Listed("http://localhost:*"),
        ),
        (
            &RULES,
            "https://a.example",
            0,
            Entry::Listed("https://a.example"),
        ),
        (
            &RULES,
            "https://e.example",
            0,
            Entry::Listed("https://e.example"),
        ),
        (
            &RULES,
            "https://x.a.example",
            1,
            Entry::Listed("https://*.a.example"),
        ),
        // A regex and a predicate: either may be it.
        (&RULES, "https://shop.b.example", 1, Entry::Unnamed),
        (&RULES, "https://tenant.example", 1, Entry::Unnamed),
        (&RULES, "null", 2, Entry::Listed("null")),
        (
            &RULES,
            "https://c1.example",
            2,
            Entry::Listed(r#"regex("https://c[0-9]\\.example")"#),
        ),
        (&OPEN_END, "https://x.example", 1, Entry::Any),
    ];
    for (policy, origin, rule, entry) in cases {
        let explanation = actual(policy, origin);
        assert!(explanation.is_allowed(), "{origin}");
        assert_eq!(explanation.rule(), Some(rule), "{origin}");
        assert_eq!(explanation.entry(), Some(entry), "{origin}");
        let preflight = preflight(policy, origin, "GET", &[]);
        assert_eq!(
            (preflight.rule(), preflight.entry()),
            (Some(rule), Some(entry))
        );
    }
    assert_eq!(actual(&TRUSTED, "https://b.example").rule(), None);
    assert_eq!(actual(&TRUSTED, "https://b.example").entry(), None);
}

#[test]
fn the_origin_is_denied() {
    let denial = |origin| actual(&TRUSTED, origin).denial();
    for unlisted in [
        "null",
        "https://b.example",
        "https://a.example:8443",
        "http://a.example",
    ] {
        assert_eq!(
            denial(unlisted),
            Some(Denial::UnlistedOrigin(unlisted.as_bytes()))
        );
    }
    for malformed in [
        "",
        "a.example",
        "https://A.example",
        "https://a.example/",
        "https://a.example:443",
    ] {
        assert_eq!(
            denial(malformed),
            Some(Denial::MalformedOrigin(malformed.as_bytes()))
        );
    }
    let twice = request("GET", &[("origin", "https://a.example"); 2]);
    assert_eq!(
        TRUSTED.explain(&twice).denial(),
        Some(Denial::RepeatedOrigin)
    );
    assert_eq!(
        TRUSTED.explain(&request("GET", &[])).denial(),
        Some(Denial::NoOrigin)
    );
    assert_eq!(TRUSTED.explain(&request("GET", &[])).kind(), Kind::NotCors);
    assert!(PUBLIC.explain(&request("GET", &[])).is_allowed());
    // The origin comes first.
    let denied = preflight(&TRUSTED, "https://b.example", "DELETE", &["x-two"]);
    assert!(denied.denial().unwrap().is_of_origin());
}

#[test]
fn the_method_is_compared_as_browsers_do() {
    let denial = |policy, method| preflight(policy, "https://a.example", method, &[]).denial();
    for allowed in ["GET", "HEAD", "POST", "PUT", "PATCH", "M-SEARCH"] {
        assert_eq!(denial(&TRUSTED, allowed), None, "{allowed}");
    }
    for unlisted in ["DELETE", "patch", "put", "get", "m-search", "PUT2", "*"] {
        assert_eq!(
            denial(&TRUSTED, unlisted),
            Some(Denial::UnlistedMethod(unlisted.as_bytes()))
        );
    }
    for malformed in ["", "PUT, GET", "PUT ", "P\u{dc}T"] {
        for policy in [&TRUSTED, &PUBLIC, &MIRROR] {
            assert_eq!(
                denial(policy, malformed),
                Some(Denial::MalformedMethod(malformed.as_bytes()))
            );
        }
    }
    for any in ["DELETE", "patch", "*"] {
        assert_eq!(denial(&PUBLIC, any), None);
        assert_eq!(denial(&MIRROR, any), None);
        assert!(denial(&OPEN, any).is_some());
    }
    let asked = ("access-control-request-method", "PUT");
    let twice = request("OPTIONS", &[("origin", "https://a.example"), asked, asked]);
    assert_eq!(
        TRUSTED.explain(&twice).denial(),
        Some(Denial::RepeatedMethod)
    );
}

#[test]
fn the_headers_are_read_as_a_list() {
    let denial = |policy, lines: &[&'static str]| {
        preflight(policy, "https://a.example", "PUT", lines).denial()
    };
    for allowed in [
        &[][..],
        &[""],
        &["content-type"],
        &["x-one,content-type"],
        &["X-ONE , Content-Type"],
        &[",, content-type\t,,"],
        &["content-type", "", "x-one"],
    ] {
        assert_eq!(denial(&TRUSTED, allowed), None, "{allowed:?}");
    }
    for (lines, name) in [
        (&["x-two"][..], "x-two"),
        (&["content-type,X-Two,x-three"], "X-Two"),
        (&["content-type", "x-one, authorization"], "authorization"),
        (&["content-typ"], "content-typ"),
        (&["*"], "*"),
    ] {
        assert_eq!(
            denial(&TRUSTED, lines),
            Some(Denial::UnlistedHeader(name.as_bytes()))
        );
    }
    for (line, name) in [
        ("x-one;", "x-one;"),
        ("x one", "x one"),
        ("a,\u{e9}", "\u{e9}"),
        ("x\r", "x\r"),
    ] {
        for policy in [&PUBLIC, &MIRROR] {
            assert_eq!(
                denial(policy, &[line]),
                Some(Denial::MalformedHeader(name.as_bytes()))
            );
        }
    }
    // `*` covers all but one, and that one too if it is listed.
    assert_eq!(denial(&PUBLIC, &["x-any"]), None);
    assert_eq!(
        denial(&PUBLIC, &["Authorization"]),
        Some(Denial::UnlistedHeader(b"Authorization"))
    );
    // `*` in the list of a rule with other methods than PUT.
    let open =
        |lines: &[&'static str]| preflight(&OPEN, "https://a.example", "POST", lines).denial();
    assert_eq!(open(&["x-any,authorization,*"]), None);
}

#[test]
fn what_is_mirrored_is_allowed_and_nothing_else_is() {
    let denial =
        |lines: &[&'static str]| preflight(&MIRROR, "https://a.example", "PURGE", lines).denial();
    assert_eq!(denial(&["x-one, authorization", "x-two"]), None);
    assert_eq!(
        denial(&["x-one", "x;two"]),
        Some(Denial::MalformedHeader(b"x;two"))
    );
    assert_eq!(
        denial(&["x-one", ""]),
        Some(Denial::UnlistedHeader(b"x-one"))
    );
    assert_eq!(denial(&[""]), None);
}

#[test]
fn a_list_without_end_is_read_in_part() {
    let long = "x-one,".repeat(100_000);
    let ending = format!("{}x-two,{}", "x-one,".repeat(600), "x-one,".repeat(100_000));
    let name = format!("x-one,{}", "x".repeat(100_000));
    let denial =
        |line: &str| match preflight(&TRUSTED, "https://a.example", "PUT", &[line]).denial() {
            Some(Denial::UnreadHeaders) => "unread",
            Some(Denial::UnlistedHeader(b"x-two")) => "x-two",
            other => panic!("{other:?}"),
        };
    assert_eq!(denial(&long), "unread");
    assert_eq!(denial(&ending), "x-two");
    assert_eq!(denial(&name), "unread");
    assert_eq!(
        preflight(&TRUSTED, "https://a.example", "PUT", &["x-one"; 5]).denial(),
        Some(Denial::UnreadHeaders)
    );
    let at_the_limit = "x-one,".repeat(682) + "x-o";
    assert_eq!(at_the_limit.len(), 4095);
    assert!(matches!(
        preflight(&TRUSTED, "https://a.example", "PUT", &[&at_the_limit]).denial(),
        Some(Denial::UnlistedHeader(b"x-o"))
    ));
}

#[test]
fn explanations_in_plain_words() {
    let two = [
        actual(&RULES, "https://x.a.example"),
        preflight(&RULES, "https://a.example", "PATCH", &[]),
    ];
    let cases = [
        (
            two[0],
            "pages of `https://x.a.example` may read the response, without credentials; \
                  `https://*.a.example` allows it (rule 2)",
        ),
        (
            two[1],
            "method `PATCH` is not allowed, so browsers do not send the request; to allow \
                  it, add `PATCH` to `allow_methods` (rule 1)",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-one"]),
            "pages of `https://a.example` may send `PUT` with the headers that they ask for; \
          `https://a.example` allows it",
        ),
        (
            actual(&PUBLIC, "https://x.example"),
            "pages of any origin may read the response, without credentials",
        ),
        (
            PUBLIC.explain(&request("GET", &[])),
            "pages of any origin may read the response, without credentials",
        ),
        (
            actual(&RULES, "https://tenant.example"),
            "pages of `https://tenant.example` may read the response, without credentials; a regex \
          or a predicate allows it (rule 2)",
        ),
        (
            TRUSTED.explain(&request("GET", &[])),
            "the request has no `Origin`, so it is of the same origin or of no browser, and needs no \
          permission",
        ),
        (
            TRUSTED.explain(&request("GET", &[("origin", "null"); 2])),
            "`Origin` is given more than once, so no browser sent the request",
        ),
        (
            actual(&TRUSTED, "https://b.example"),
            "origin `https://b.example` is not allowed, so browsers keep the response from its \
          pages; to allow it, add `\"https://b.example\"` to `allow_origins`",
        ),
        (
            preflight(&TRUSTED, "https://b.example", "PUT", &[]),
            "origin `https://b.example` is not allowed, so browsers do not send the request; to \
          allow it, add `\"https://b.example\"` to `allow_origins`",
        ),
        (
            actual(&TRUSTED, "null"),
            "origin `null` is not allowed, so browsers keep the response from its pages; sandboxed \
          frames, local files and redirected requests have it, whoever wrote them: serve the page \
          over HTTP, from an origin of its own",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "patch", &[]),
            "method `patch` is not allowed, while `PATCH` is, so browsers do not send the request; \
          methods are case-sensitive: write `PATCH` in the page",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "X-NEW", &[]),
            "method `X-NEW` is not allowed, so browsers do not send the request; to allow it, add \
          `\"X-NEW\"` to `allow_methods`",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "P T", &[]),
            "`P T` is no method, so no browser sent the request",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-two"]),
            "request header `x-two` is not allowed, so browsers do not send the request; to allow \
          it, add `\"x-two\"` to `allow_headers`",
        ),
        (
            preflight(&PUBLIC, "https://a.example", "PUT", &["authorization"]),
            "request header `authorization` is not allowed, so browsers do not send the request; `*` \
          does not cover it: write `allow_headers = [Any, \"authorization\"]`",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x two"]),
            "`x two` is no name of a header, so no browser sent the request",
        ),
        (
            preflight(&MIRROR, "https://a.example", "PUT", &["x", ""]),
            "request header `x` is not allowed, so browsers do not send the request; a line of \
          `Access-Control-Request-Headers` is empty",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-one"; 5]),
            "`Access-Control-Request-Headers` asks for more than is looked at; what was looked at is \
          allowed",
        ),
    ];
    for (explanation, sentence) in cases {
        assert_eq!(explanation.to_string(), sentence);
    }
}

#[test]
fn what_is_nearly_an_entry_is_named() {
    let cases = [
        ("http://a.example", "`https://a.example` has another scheme"),
        (
            "https://a.example:8443",
            "`https://a.example` has another port",
        ),
        (
            "https://localhost:1",
            "`http://localhost:*` has another scheme",
        ),
        (
            "https://x.y.a.example",
            "`https://*.a.example` is for one label, and `**` would be for more",
        ),
    ];
    for (origin, near) in cases {
        let sentence = actual(&TRUSTED, origin).to_string();
        assert!(sentence.contains(&format!("; {near}; ")), "{sentence}");
    }
    static SUBDOMAINS: Policy =
        cors_policy!(allow_origins = ["https://*.a.example", "https://**.b.example:1"]);
    for (origin, near) in [
        (
            "https://a.example",
            "`https://*.a.example` is for subdomains, not for the domain itself",
        ),
        (
            "https://b.example:1",
            "`https://**.b.example:1` is for subdomains, not for the domain itself",
        ),
    ] {
        let sentence = actual(&SUBDOMAINS, origin).to_string();
        assert!(sentence.contains(near), "{sentence}");
    }
    for far in [
        "https://evila.example",
        "http://a.example",
        "http://a.example:1",
        "https://example",
        "http://[::1]",
    ] {
        let sentence = actual(&SUBDOMAINS, far).to_string();
        assert_eq!(sentence.matches(';').count(), 1, "{sentence}");
    }
}

#[test]
fn what_is_no_origin_is_told_why() {
    let long = format!("https://{}", "a".repeat(400));
    let cases = [
        ("", "is empty"),
        (&long, "is longer than any origin"),
        ("https://b\u{fc}cher.example", "is not in ASCII"),
        (
            "https://a.example, https://b.example",
            "has a comma or white space",
        ),
        ("a.example", "has no scheme"),
        ("https://a.example/", "has a path or a slash at its end"),
        ("https://me@a.example", "has user info"),
        ("https://A.example", "has uppercase letters"),
        (
            "https://a.example:443",
            "has a port that browsers leave out or do not know",
        ),
        (
            "https://a.example:99999",
            "has a port that browsers leave out or do not know",
        ),
        (
            "https://a..example",
            "has a scheme or a host that no page has",
        ),
    ];
    for (origin, fault) in cases {
        let sentence = actual(&TRUSTED, origin).to_string();
        assert!(sentence.contains(&format!("` {fault}")), "{sentence}");
        assert!(
            sentence.ends_with(", so no browser sent the request"),
            "{sentence}"
        );
    }
}

/// What the browser makes of a decision about a preflight, tried out naively.
fn browser_accepts(decision: &Decision<'_>, lines: &[(String, Vec<u8>)]) -> bool {
    let sent = |wanted: &str| -> Vec<String> {
        let lines = lines
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        lines
            .map(|(_, value)| value.iter().map(|byte| char::from(*byte)).collect())
            .collect()
    };
    let got = |wanted: &str| -> Vec<String> {
        let headers = decision.headers().filter(|(name, _)| *name == wanted);
        headers
            .flat_map(|(_, value)| value.split(|byte| *byte == b','))
            .map(|name| {
                name.iter()
                    .map(|byte| char::from(*byte))
                    .collect::<String>()
            })
            .map(|name| name.trim_matches([' ', '\t']).to_owned())
            .collect()
    };
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte))
    };
    let sends_credentials = !got("access-control-allow-credentials").is_empty();
    let is_covered = |list: &[String]| !sends_credentials && list.iter().any(|name| name == "*");
    let (methods, headers) = (
        got("access-control-allow-methods"),
        got("access-control-allow-headers"),
    );
    let asked = sent("access-control-request-method");
    let [method] = asked.as_slice() else {
        return false;
    };
    let method_passes = is_token(method)
        && (["GET", "HEAD", "POST"].contains(&method.as_str())
            || methods.contains(method)
            || is_covered(&methods));
    let asked = sent("access-control-request-headers");
    let few = asked.len() <= 4 && asked.iter().map(|line| line.len() + 1).sum::<usize>() <= 4096;
    let names = asked.iter().flat_map(|line| line.split(','));
    let mut names = names
        .map(|name| name.trim_matches([' ', '\t']))
        .filter(|name| !name.is_empty());
    decision.is_allowed()
        && method_passes
        && few
        && names.all(|name| {
            let is_listed = headers
                .iter()
                .any(|listed| listed.eq_ignore_ascii_case(name));
            is_token(name)
                && (is_listed
                    || is_covered(&headers) && !name.eq_ignore_ascii_case("authorization"))
        })
}

fn origins() -> impl Strategy<Value = Vec<u8>> {
    let entries = [
        "https://a.example",
        "https://*.a.example",
        "https://c*.example",
        "null",
    ];
    hostile::origins(entries.map(str::to_owned).to_vec())
}

/// Values of `Access-Control-Request-Headers`: lists that are nearly right, and any bytes.
fn header_lists() -> impl Strategy<Value = Vec<u8>> {
    let names = vec![
        "x-one",
        "X-One",
        "content-type",
        "authorization",
        "x-two",
        "*",
        "",
        "x y",
        "é",
        "a\r",
    ];
    let separators = vec![",", ", ", " ,\t", ",,", ";"];
    let item = (
        prop::sample::select(names),
        prop::sample::select(separators),
    );
    prop_oneof![
        8 => prop::collection::vec(item, 0..5).prop_map(|items| {
            items.iter().map(|(name, separator)| format!("{name}{separator}")).collect::<String>().into_bytes()
        }),
        2 => prop::sample::select(vec!["x-one", "content-type", ""]).prop_map(|name| name.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..64),
        1 => (600..800usize).prop_map(|count| b"x-one,".repeat(count)),
    ]
}

fn methods() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => prop::sample::select(vec!["GET", "POST", "PUT", "PATCH", "patch", "DELETE", "*", "", "PUT "])
            .prop_map(|method| method.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

/// Header lines, mostly one of each.
fn lines() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let count = |usual: usize| prop_oneof![12 => Just(usual), 1 => 0..6usize];
    let named = |name: &'static str, values: Vec<Vec<u8>>| {
        values
            .into_iter()
            .map(move |value| (name.to_owned(), value))
            .collect::<Vec<_>>()
    };
    (
        count(1).prop_flat_map(|count| prop::collection::vec(origins(), count)),
        count(1).prop_flat_map(|count| prop::collection::vec(methods(), count)),
        (0..6usize).prop_flat_map(|count| prop::collection::vec(header_lists(), count)),
    )
        .prop_map(move |(origins, methods, lists)| {
            [
                named("Origin", origins),
                named("access-control-request-method", methods),
                named("Access-Control-Request-Headers", lists),
            ]
            .concat()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in: the origin is denied if and only if `evaluate` denies it, and the request
    /// is allowed if and only if a browser accepts what `evaluate` answers. The sentence is one line
    /// of ASCII, of a length that does not depend on the request's.
    #[test]
    fn explanations_agree_with_decisions(
        method in prop_oneof![4 => Just(b"OPTIONS".to_vec()), 1 => Just(b"GET".to_vec()), 1 => methods()],
        lines in lines(),
    ) {
        let request = lines.iter().fold(Request::new(&method), |request, (name, value)| {
            request.header(name.as_bytes(), value)
        });
        for policy in ALL {
            let (decision, explanation) = (policy.evaluate(&request), policy.explain(&request));
            prop_assert_eq!(decision.kind(), explanation.kind());
            let denied_origin = explanation.denial().is_some_and(|denial| denial.is_of_origin());
            prop_assert_eq!(decision.is_allowed(), !denied_origin);
            prop_assert_eq!(decision.is_allowed(), explanation.rule().is_some());
            prop_assert_eq!(decision.is_allowed(), explanation.entry().is_some());
            let expected = match decision.kind() {
                Kind::Preflight => browser_accepts(&decision, &lines),
                Kind::Actual | Kind::NotCors => decision.is_allowed(),
            };
            prop_assert_eq!(explanation.is_allowed(), expected, "{:?}", explanation);
            let sentence = explanation.to_string();
            prop_assert!(sentence.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", sentence);
            prop_assert!(sentence.len() < 900, "{}", sentence);
            let value = explanation.to_header_value();
            prop_assert!(value.len() <= 512 && sentence.starts_with(value.to_str().unwrap()));
        }
    }

    /// The entry that is named is the first that accepts the origin, read naively.
    #[test]
    fn the_named_entry_accepts_the_origin(
        origin in hostile::origins(PATTERN_TEXTS.map(str::to_owned).to_vec()),
    ) {
        let request = Request::new(b"GET").header(b"origin", &origin);
        let expected = PATTERN_TEXTS.iter().find(|entry| naive::accepts(entry, &origin));
        prop_assert_eq!(PATTERNS.explain(&request).entry(), expected.map(|entry| Entry::Listed(entry)));
    }
}
