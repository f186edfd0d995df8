//! Which rule and entry an origin matches, or why none.

use cors_runtime::{CorsRequest, Denial, MatchedEntry, Policy, RequestKind, cors_policy};
use proptest::prelude::*;

use crate::{
    OPEN_END, PATTERN_TEXTS, PATTERNS, PUBLIC, RULES, TRUSTED, actual, preflight, request,
};
use cors_support::{gen_origins, property, reference_matcher};

#[test]
fn the_rule_and_the_entry_are_named() {
    let cases = [
        (&PUBLIC, "https://x.example", 0, MatchedEntry::Any),
        (
            &TRUSTED,
            "https://x.a.example",
            0,
            MatchedEntry::Pattern("https://*.a.example"),
        ),
        (
            &TRUSTED,
            "http://localhost:5173",
            0,
            MatchedEntry::Pattern("http://localhost:*"),
        ),
        (
            &RULES,
            "https://a.example",
            0,
            MatchedEntry::Origin("https://a.example"),
        ),
        (
            &RULES,
            "https://e.example",
            0,
            MatchedEntry::Origin("https://e.example"),
        ),
        (
            &RULES,
            "https://x.a.example",
            1,
            MatchedEntry::Pattern("https://*.a.example"),
        ),
        (
            &RULES,
            "https://shop.b.example",
            1,
            MatchedEntry::Regex(r#"regex("https://(shop|blog)\\.b\\.example")"#),
        ),
        (
            &RULES,
            "https://x7.b.example",
            1,
            MatchedEntry::Regex(r#"regex("https://.*[0-9]\\.b\\.example")"#),
        ),
        // The predicate is the only remaining entry, if there is only one.
        (
            &RULES,
            "https://tenant.example",
            1,
            MatchedEntry::Predicate(Some("predicate(is_tenant)")),
        ),
        (
            &RULES,
            "https://customer.example",
            2,
            MatchedEntry::Predicate(None),
        ),
        (
            &RULES,
            "https://partner.example",
            2,
            MatchedEntry::Predicate(None),
        ),
        (&RULES, "null", 2, MatchedEntry::Origin("null")),
        (
            &RULES,
            "https://c1.example",
            2,
            MatchedEntry::Regex(r#"regex("https://c[0-9]\\.example")"#),
        ),
        (&OPEN_END, "https://x.example", 1, MatchedEntry::Any),
        // A wildcard also accepts names that no URL has.
        (
            &PATTERNS,
            "http://a.1",
            0,
            MatchedEntry::Pattern("http://**"),
        ),
    ];
    for (policy, origin, rule, entry) in cases {
        let explanation = actual(policy, origin);
        assert!(explanation.is_allowed(), "{origin}");
        assert_eq!(explanation.rule_index(), Some(rule), "{origin}");
        assert_eq!(explanation.entry(), Some(entry), "{origin}");
        let quoted = entry.text().map(|text| format!("`{text}`"));
        let named = quoted.as_deref().unwrap_or("a predicate");
        let says_so = explanation
            .to_string()
            .contains(&format!("; {named} allows it"));
        assert_eq!(says_so, entry != MatchedEntry::Any, "{explanation}");
        let preflight = preflight(policy, origin, "GET", &[]);
        assert_eq!(
            (preflight.rule_index(), preflight.entry()),
            (Some(rule), Some(entry))
        );
    }
    assert_eq!(MatchedEntry::Any.text(), Some("Any"));
    assert_eq!(actual(&TRUSTED, "https://b.example").rule_index(), None);
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
            Some(Denial::OriginNotAllowed(unlisted.as_bytes()))
        );
    }
    for malformed in [
        "",
        "a.example",
        "https://A.example",
        "https://a.example/",
        "https://a.example:443",
        "https://a.1",
        "http://127.1",
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
    assert_eq!(
        TRUSTED.explain(&request("GET", &[])).kind(),
        RequestKind::NotCors
    );
    assert!(PUBLIC.explain(&request("GET", &[])).is_allowed());
    // The origin comes first.
    let denied = preflight(&TRUSTED, "https://b.example", "DELETE", &["x-two"]);
    assert!(denied.denial().unwrap().concerns_origin());
}

#[test]
fn near_misses_are_named() {
    let cases = [
        (
            "http://a.example",
            "`https://a.example` has a different scheme",
        ),
        (
            "https://a.example:8443",
            "`https://a.example` has a different port",
        ),
        (
            "https://localhost:1",
            "`http://localhost:*` has a different scheme",
        ),
        (
            "https://x.y.a.example",
            "`https://*.a.example` accepts one label in place of `*`",
        ),
    ];
    for (origin, near) in cases {
        let sentence = actual(&TRUSTED, origin).to_string();
        assert!(sentence.contains(&format!("; {near}; ")), "{sentence}");
    }
    static SUBDOMAINS: Policy = cors_policy!(
        allow_origins = [
            "https://*.a.example",
            "https://**.b.example:1",
            "http://[::2]",
            regex("http://localhost:[0-9]+"),
        ]
    );
    for (origin, near) in [
        (
            "https://a.example",
            "`https://*.a.example` is for subdomains, not for the domain itself",
        ),
        (
            "https://b.example:1",
            "`https://**.b.example:1` is for subdomains, not for the domain itself",
        ),
        ("https://[::2]", "`http://[::2]` has a different scheme"),
    ] {
        let sentence = actual(&SUBDOMAINS, origin).to_string();
        assert!(sentence.contains(near), "{sentence}");
    }
    static NAMES: Policy =
        cors_policy!(allow_origins = ["https://pr-*.a.example", "http://localhost:5173"]);
    for (origin, near) in [
        (
            "https://main.a.example",
            "`https://pr-*.a.example` has a different label in that place",
        ),
        (
            "https://pr-1.b.a.example",
            "`https://pr-*.a.example` has a different label in that place",
        ),
        (
            "http://127.0.0.1:5173",
            "`http://localhost:5173` is a different name of this machine, so a different origin",
        ),
    ] {
        let sentence = actual(&NAMES, origin).to_string();
        assert!(sentence.contains(&format!("; {near}; if")), "{sentence}");
    }
    for far in [
        "https://elsewhere.example",
        "http://a.example:1",
        "https://example",
        "http://[::1]",
        // Nearness to a regex is unknown.
        "http://localhost",
    ] {
        let sentence = actual(&SUBDOMAINS, far).to_string();
        assert_eq!(sentence.matches(';').count(), 1, "{sentence}");
    }
}

/// A log must not recommend to allow an attacker.
#[test]
fn look_alikes_are_not_recommended() {
    static SHOP: Policy = cors_policy!(
        allow_origins = [
            "https://shop.example.org",
            "https://pr-*.docs.example.net",
            "http://10.0.0.1",
        ],
    );
    for (origin, entry) in [
        (
            "https://shop.example.org.evil.net",
            "https://shop.example.org",
        ),
        ("https://evilshop.example.org", "https://shop.example.org"),
        ("https://shop-example.org", "https://shop.example.org"),
        (
            "http://shop.example.org.evil.net:8080",
            "https://shop.example.org",
        ),
        (
            "https://pr-1.docs.example.net.evil.net",
            "https://pr-*.docs.example.net",
        ),
        (
            "https://evildocs.example.net",
            "https://pr-*.docs.example.net",
        ),
    ] {
        let sentence = actual(&SHOP, origin).to_string();
        let (_, advice) = sentence.split_once("; ").unwrap();
        assert_eq!(
            advice,
            format!(
                "it only looks like `{entry}`, but is a different name; add `\"{origin}\"` to \
                 `allow_origins` only if that name is yours"
            )
        );
    }
    for below in [
        "https://a.shop.example.org",
        "https://docs.example.net",
        "http://10.0.0.11",
    ] {
        let sentence = actual(&SHOP, below).to_string();
        assert!(!sentence.contains("looks like"), "{sentence}");
    }
}

/// An app of Capacitor has one origin on iOS and another on Android.
#[test]
fn https_is_offered_where_it_is_allowed() {
    static APP: Policy = cors_policy!(allow_origins = ["capacitor://localhost"]);
    let sentence = actual(&APP, "http://localhost").to_string();
    assert!(
        sentence.ends_with(
            "; `capacitor://localhost` has a different scheme; if that site is yours, add \
             `\"http://localhost\"` to `allow_origins`"
        ),
        "{sentence}"
    );
}

/// Never suggests what the compiler would reject.
#[test]
fn plain_http_is_not_offered_where_credentials_are() {
    static SECURE: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_credentials = true
    );
    let advice = |origin| {
        let sentence = actual(&SECURE, origin).to_string();
        sentence.rsplit_once("; ").unwrap().1.to_owned()
    };
    assert_eq!(advice("http://a.example"), "serve the page over HTTPS");
    assert_eq!(
        advice("http://b.example"),
        "if that site is yours, serve it over HTTPS, and add it to `allow_origins`"
    );
    for elsewhere in ["http://127.evil.example", "http://127.0.0.1.evil.example"] {
        assert!(advice(elsewhere).contains("HTTPS"), "{elsewhere}");
    }
    for local in [
        "http://localhost.",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://[::1]:1",
        "http://a.localhost",
    ] {
        assert_eq!(
            advice(local),
            format!("if that site is yours, add `\"{local}\"` to `allow_origins`")
        );
    }
}

#[test]
fn malformed_origins_get_a_reason() {
    let [longest, longer] = [316, 317].map(|length| format!("https://{}", "A".repeat(length)));
    let cases = [
        ("", "is empty"),
        (&longest, "has uppercase letters"),
        (&longer, "is longer than any origin"),
        ("https://b\u{fc}cher.example", "is not in ASCII"),
        (
            "https://a.example, https://b.example",
            "has a comma or white space",
        ),
        ("a.example", "has no scheme"),
        ("https://a.example/", "has a path or a slash at its end"),
        ("http://a/", "has a path or a slash at its end"),
        ("https://me@a.example", "has user info"),
        ("https://A.example", "has uppercase letters"),
        (
            "https://a.example:443",
            "has a port that browsers leave out, or that is invalid",
        ),
        (
            "https://a.example:99999",
            "has a port that browsers leave out, or that is invalid",
        ),
        (
            "https://a..example",
            "has a scheme or a host that no page has",
        ),
        (
            "https://a.example!",
            "has a scheme or a host that no page has",
        ),
        (
            "https://1.2.3.4.5",
            "has a host that ends in a number, but is not an IPv4 address as browsers send it",
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

proptest! {
    #![proptest_config(property::cases(4_000))]

    /// The entry that is named is the first that accepts the origin, read naively.
    #[test]
    fn the_named_entry_accepts_the_origin(
        origin in gen_origins::origins(PATTERN_TEXTS.map(str::to_owned).to_vec()),
    ) {
        let request = CorsRequest::new(b"GET").with_header(b"origin", &origin);
        let expected = PATTERN_TEXTS.iter().find(|entry| reference_matcher::accepts(entry, &origin));
        let explanation = PATTERNS.explain(&request);
        let entry = explanation.entry();
        prop_assert_eq!(entry.map(|entry| entry.text()), expected.map(|entry| Some(*entry)));
    }
}
