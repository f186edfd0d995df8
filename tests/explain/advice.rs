//! What to change so that a request is allowed, and what never to.

use cors_runtime::{Denial, Explanation, Origin, Policy, cors_policy};

use crate::{actual, preflight, request};

fn is_tenant(origin: &Origin<'_>) -> bool {
    origin.as_str() == "https://tenant.example"
}

static OPEN: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com", "https://*.preview.example.com"],
        allow_methods = [PUT],
        allow_headers = ["x-one"],
        allow_credentials = true,
    ),
    rule(allow_origins = Any, allow_methods = [PATCH]),
);

static LISTED: Policy = cors_policy!(
    allow_origins = ["https://app.example.com", "https://example.org"],
    allow_methods = [PUT, PATCH],
    allow_headers = ["x-one"],
);

static TENANTS: Policy = cors_policy!(
    rule(
        allow_origins = ["https://app.example.com"],
        allow_credentials = true
    ),
    rule(allow_origins = [predicate(is_tenant)]),
);

static SEVERAL: Policy =
    cors_policy!(allow_origins = [predicate(is_tenant), predicate(crate::is_customer)],);

static REGEXES: Policy = cors_policy!(
    rule(allow_origins = ["https://other.example"]),
    rule(
        allow_origins = [
            regex("https://pr-[0-9]+\\.preview\\.example\\.com"),
            regex("https://(shop|blog)\\.example\\.net"),
            regex("http://localhost:[0-9]+"),
        ],
    ),
);

/// Returns the part after the fact.
#[track_caller]
fn assert_advice(explanation: &Explanation<'_>, advice: &str) {
    let sentence = explanation.to_string();
    let found = sentence.split_once("; ").map_or("", |(_, advice)| advice);
    assert_eq!(found, advice, "{sentence}");
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let denied = preflight(
        &LISTED,
        "https://app.example.com",
        "DELETE",
        &["x-two,x-one,x-three"],
    );
    assert_eq!(
        denied.to_string(),
        "method `DELETE` and request headers `x-two`, `x-three` are not allowed, so browsers do not \
         send the request; to allow them, add `\"DELETE\"` to `allow_methods` and `\"x-two\", \
         \"x-three\"` to `allow_headers`"
    );
    let expected = [
        Denial::MethodNotAllowed(b"DELETE"),
        Denial::HeaderNotAllowed(b"x-two"),
        Denial::HeaderNotAllowed(b"x-three"),
    ];
    assert!(denied.denials().eq(expected));
    let denied = preflight(&LISTED, "https://app.example.com", "DELETE", &["x-two"]);
    assert!(
        denied
            .to_string()
            .starts_with("method `DELETE` and request header `x-two` are not allowed")
    );
    let headers = preflight(
        &LISTED,
        "https://app.example.com",
        "PUT",
        &["x-two,x-three"],
    );
    let expected = [b"x-two", &b"x-three"[..]].map(Denial::HeaderNotAllowed);
    assert!(headers.denials().eq(expected));
    let origin = preflight(&LISTED, "https://b.example", "DELETE", &["x-two"]);
    assert!(origin.denials().eq(origin.denial()));
    let allowed = preflight(&LISTED, "https://app.example.com", "PUT", &[]);
    assert_eq!(allowed.denials().next(), None);
    // A rule that mirrors the headers lacks none of them.
    static MIRROR: Policy = cors_policy!(
        allow_origins = ["https://app.example.com"],
        allow_headers = MirrorRequest,
    );
    let mirrored = preflight(&MIRROR, "https://app.example.com", "PUT", &["x-two"]);
    assert!(mirrored.denials().eq([Denial::MethodNotAllowed(b"PUT")]));
    assert_advice(&mirrored, "to allow it, add `\"PUT\"` to `allow_methods`");
}

/// A request that another rule takes is not allowed by opening that to everybody.
#[test]
fn no_advice_opens_a_rule_for_any_origin() {
    for (origin, advice) in [
        (
            "http://app.example.com",
            "rule 1 allows it; `https://app.example.com` has a different scheme (rule 1); serve the page \
             over HTTPS",
        ),
        (
            "https://app.example.com:8443",
            "rule 1 allows it; `https://app.example.com` has a different port (rule 1); if that site is \
             yours, add `\"https://app.example.com:8443\"` to `allow_origins`",
        ),
        (
            "https://a.b.preview.example.com",
            "rule 1 allows it; `https://*.preview.example.com` accepts one label in place of `*` \
             (rule 1); if that site is yours, add `\"https://a.b.preview.example.com\"` to \
             `allow_origins`",
        ),
        (
            "https://app.exampel.com",
            "rule 1 allows it; `https://app.example.com` is spelled almost the same (rule 1); add \
             `\"https://app.exampel.com\"` to `allow_origins` only if that name is yours",
        ),
        (
            "https://elsewhere.example",
            "if that site is yours, give it more permissions in a rule with `allow_origins = \
             [\"https://elsewhere.example\"]`, before the rule for any origin (rule 2)",
        ),
        // It only looks like an entry.
        (
            "https://app.example.com.evil.example",
            "if that site is yours, give it more permissions in a rule with `allow_origins = \
             [\"https://app.example.com.evil.example\"]`, before the rule for any origin (rule 2)",
        ),
        // Nobody can be named by it.
        ("null", ""),
    ] {
        assert_advice(&preflight(&OPEN, origin, "PUT", &[]), advice);
    }
    // No rule allows that.
    let delete = preflight(&OPEN, "http://app.example.com", "DELETE", &[]);
    assert_advice(
        &delete,
        "if that site is yours, give it more permissions in a rule with `allow_origins = \
         [\"http://app.example.com\"]`, before the rule for any origin (rule 2)",
    );
    // Names what to change in the page.
    let patch = preflight(&OPEN, "https://elsewhere.example", "patch", &[]);
    assert_advice(
        &patch,
        "methods are case-sensitive: write `PATCH` in the page",
    );
    // The request is allowed, but probably not as intended.
    let get = actual(&OPEN, "http://app.example.com").to_string();
    assert_eq!(
        get,
        "pages of any origin may read the response, without credentials (rule 2); \
         `https://app.example.com` has a different scheme (rule 1)"
    );
    let get = actual(&OPEN, "https://elsewhere.example").to_string();
    assert!(get.ends_with("without credentials (rule 2)"), "{get}");
}

#[test]
fn predicates_are_places_to_change() {
    assert_advice(
        &actual(&TENANTS, "https://new.example"),
        "if that site is yours, add `\"https://new.example\"` to `allow_origins`, or let `predicate(is_tenant)` accept it (rule 2)",
    );
    assert_advice(
        &actual(&SEVERAL, "https://new.example"),
        "if that site is yours, add `\"https://new.example\"` to `allow_origins`, or let one of the predicates accept it",
    );
}

#[test]
fn options_without_a_requested_method_is_not_a_preflight() {
    const NO_PREFLIGHT: &str =
        "; it is not a preflight: preflights have `Origin` and `Access-Control-Request-Method`";
    let origin = ("origin", "https://app.example.com");
    for headers in [&[origin][..], &[], &[("origin", "https://b.example")]] {
        let curl = LISTED.explain(&request("OPTIONS", headers));
        assert!(curl.to_string().ends_with(NO_PREFLIGHT), "{curl}");
        let get = LISTED.explain(&request("GET", headers));
        assert!(!get.to_string().contains("preflight"), "{get}");
    }
    let preflight = preflight(&LISTED, "https://app.example.com", "PUT", &[]);
    assert!(!preflight.to_string().contains("preflight"), "{preflight}");
}

/// Never suggests what the compiler would reject.
#[test]
fn names_that_no_list_can_have_are_not_offered() {
    let advise = |method, headers: &[&'static str]| {
        preflight(&LISTED, "https://app.example.com", method, headers)
    };
    for (method, normalized) in [("get", "GET"), ("Put", "PUT"), ("delete", "DELETE")] {
        let sentence = advise(method, &[]).to_string();
        let expected = format!(
            "method `{method}` is not allowed: browsers send `{normalized}`, so no browser sent the \
             request"
        );
        assert_eq!(sentence, expected);
    }
    assert_advice(&advise("*", &[]), "`*` cannot be in a list");
    assert_advice(&advise("PUT", &["*"]), "`*` cannot be in a list");
    assert_advice(
        &advise("PUT", &["x-amz-meta-*,x-two"]),
        "`x-amz-meta-*` cannot be in a list; to allow them, add `\"x-two\"` to `allow_headers`",
    );
    assert_advice(
        &advise("query", &[]),
        "methods are case-sensitive: write `QUERY` in the page; to allow it, add `\"QUERY\"` to \
         `allow_methods`",
    );
    assert_advice(
        &advise("PUT", &["Access-Control-Allow-Origin"]),
        "`Access-Control-Allow-Origin` is a response header: do not set it in the page",
    );
    let cookie = advise("DELETE", &["x-two,cookie"]).to_string();
    assert_eq!(
        cookie,
        "request header `cookie` is forbidden for pages, so no browser sent the request"
    );
}

#[test]
fn near_misses_are_recognised() {
    for (origin, advice) in [
        (
            "https://www.example.org",
            "`https://example.org` differs in `www.`; if that site is yours, add \
             `\"https://www.example.org\"` to `allow_origins`",
        ),
        (
            "https://app.example.com.",
            "`https://app.example.com` has no trailing dot; open the page without that dot",
        ),
        (
            "http://example.org",
            "`https://example.org` has a different scheme; serve the page over HTTPS",
        ),
        (
            "https://app.exampel.com",
            "`https://app.example.com` is spelled almost the same; add `\"https://app.exampel.com\"` \
             to `allow_origins` only if that name is yours",
        ),
        (
            "https://example.or",
            "`https://example.org` is spelled almost the same; add `\"https://example.or\"` to \
             `allow_origins` only if that name is yours",
        ),
        (
            "https://apps.example.com",
            "if that site is yours, add `\"https://apps.example.com\"` to `allow_origins`",
        ),
    ] {
        assert_advice(&actual(&LISTED, origin), advice);
    }
    static WWW: Policy =
        cors_policy!(allow_origins = ["https://www.example.org", "https://**.example.com"]);
    for (origin, hint) in [
        (
            "https://example.org",
            "`https://www.example.org` differs in `www.`; ",
        ),
        (
            "https://a.exmple.com",
            "`https://**.example.com` is spelled almost the same; ",
        ),
        (
            "https://a.b.example.com.",
            "`https://**.example.com` has no trailing dot; ",
        ),
    ] {
        let sentence = actual(&WWW, origin).to_string();
        assert!(sentence.contains(hint), "{sentence}");
    }
}

#[test]
fn regexes_that_nearly_match_are_named() {
    let pull_request = r#"regex("https://pr-[0-9]+\\.preview\\.example\\.com")"#;
    let site = r#"regex("https://(shop|blog)\\.example\\.net")"#;
    let local = r#"regex("http://localhost:[0-9]+")"#;
    for (origin, entry, mismatch) in [
        (
            "https://pr-12a.preview.example.com",
            pull_request,
            "has a different label in that place",
        ),
        (
            "https://main.preview.example.com",
            pull_request,
            "has a different label in that place",
        ),
        (
            "http://pr-12.preview.example.com",
            pull_request,
            "has a different scheme",
        ),
        (
            "https://pr-12.preview.example.com:8443",
            pull_request,
            "has a different port",
        ),
        (
            "https://pr-12.preview.example.com.",
            pull_request,
            "has no trailing dot",
        ),
        (
            "https://www.pr-12.preview.example.com",
            pull_request,
            "differs in `www.`",
        ),
        (
            "https://pr-12.preview.exampel.com",
            pull_request,
            "is spelled almost the same",
        ),
        (
            "https://shop.exmple.net",
            site,
            "is spelled almost the same",
        ),
        (
            "https://shop.exampple.net",
            site,
            "is spelled almost the same",
        ),
        (
            "https://shop.exanple.net",
            site,
            "is spelled almost the same",
        ),
        ("https://localhost:5173", local, "has a different scheme"),
    ] {
        let sentence = actual(&REGEXES, origin).to_string();
        let hint = format!("; `{entry}` {mismatch} (rule 2); ");
        assert!(sentence.contains(&hint), "{sentence}");
    }
    for origin in [
        "https://example.com",
        "https://pr-12.example.com",
        "https://elsewhere.example",
        "https://shop.example.org",
        "http://127.0.0.1",
        "https://[::1]",
    ] {
        let sentence = actual(&REGEXES, origin).to_string();
        assert!(!sentence.contains("regex("), "{sentence}");
    }
    // However long an origin is, it takes no longer.
    let long = format!(
        "https://{}.example.net",
        ["a".repeat(60), "b".repeat(60), "c".repeat(60)].join(".")
    );
    let sentence = actual(&REGEXES, &long).to_string();
    assert!(!sentence.contains("nearly"), "{sentence}");
}

/// A policy with these entries.
macro_rules! listing {
    ($($entries:tt)*) => {{
        static POLICY: Policy = cors_policy!(allow_origins = [$($entries)*]);
        &POLICY
    }};
}

/// Each entry with origins that it nearly accepts, and with others, for which no entry is named.
#[test]
fn an_entry_is_named_for_one_difference_only() {
    const OTHER_LABEL: &str = "has a different label in that place";
    const TYPO: &str = "is spelled almost the same";
    let cases: [(&Policy, &[(&str, &str)]); 9] = [
        (
            listing!("https://app.example.com"),
            &[
                ("https://app.exampel.com", TYPO),
                ("http://app.exampel.com", ""),
                ("https://app.exampel.com:8443", ""),
                ("https://x.app.exampel.com", ""),
                ("https://exampel.com", ""),
                ("https://other.example.com", ""),
                // No dot is read as a letter.
                ("https://appxexample.com", ""),
            ],
        ),
        (
            listing!("https://pr-*.docs.example.net"),
            &[
                ("https://main.docs.example.net", OTHER_LABEL),
                ("https://main.elsewhere.example", ""),
            ],
        ),
        (
            listing!("https://*.preview.example.org"),
            &[
                ("https://a.preview.exampel.org", TYPO),
                ("https://a.b.preview.exampel.org", ""),
            ],
        ),
        (listing!("http://[abcd::]"), &[("http://[abce::]", "")]),
        (
            listing!(regex("https://(shop|blog)\\.example")),
            &[("https://news.example", "")],
        ),
        (
            listing!(regex("https://pr-[0-9]+\\.docs\\.example\\.net")),
            &[
                ("https://main.docs.example.net", OTHER_LABEL),
                ("http://main.docs.example.net", ""),
                ("https://main.example.net", ""),
                ("https://main.blog.example.net", ""),
            ],
        ),
        (
            listing!(regex("http://10\\.0\\.0\\.[0-9]")),
            &[("http://11.0.0.1", "")],
        ),
        // Letters that are only in an alternative.
        (
            listing!(regex("https://(shop|blog)\\.(example|sandbox)\\.dev")),
            &[
                ("https://shop.exanple.dev", TYPO),
                ("https://blog.sandbx.dev", TYPO),
                ("https://shop.exanpe.dev", ""),
            ],
        ),
        // Letters that are only in the text before all alternatives.
        (
            listing!(regex("https://preview\\.example\\.(de|fr)")),
            &[
                ("https://preiew.example.fr", TYPO),
                ("https://prewiew.example.de", TYPO),
            ],
        ),
    ];
    for (policy, origins) in cases {
        for (origin, mismatch) in origins {
            let sentence = actual(policy, origin).to_string();
            let (_, advice) = sentence.split_once("; ").unwrap();
            let is_named = advice.starts_with('`') && advice.contains(mismatch);
            let is_none = advice.starts_with("if that site is yours");
            let expected = if mismatch.is_empty() {
                is_none
            } else {
                is_named
            };
            assert!(expected, "{sentence}");
        }
    }
}

/// The longest origin whose letters are changed one by one.
#[test]
fn regexes_are_searched_up_to_a_length() {
    let policy = listing!(regex("https://[a-z]*\\.example\\.net"));
    let is_named = |len: usize| {
        let label = "a".repeat(len - "https://.exampel.net".len());
        let sentence = actual(policy, &format!("https://{label}.exampel.net")).to_string();
        sentence.contains("is spelled almost the same")
    };
    assert!(is_named(80) && !is_named(81));
}

/// A rule that sends the requested headers back allows any of them.
#[test]
fn a_rule_that_mirrors_headers_allows_what_is_missing() {
    static MIRRORING: Policy = cors_policy!(
        rule(
            allow_origins = ["https://app.example.com"],
            allow_methods = [PUT],
            allow_headers = MirrorRequest,
        ),
        rule(allow_origins = Any),
    );
    let denied = preflight(&MIRRORING, "http://app.example.com", "PUT", &["x-one"]);
    assert!(
        denied.to_string().contains("; rule 1 allows them; "),
        "{denied}"
    );
}
