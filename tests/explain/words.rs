//! Explanations as sentences.

use crate::{MIRROR, PUBLIC, RULES, TRUSTED, actual, preflight, request};

#[test]
fn explanations_in_plain_words() {
    let [first, second] = [
        actual(&RULES, "https://x.a.example"),
        preflight(&RULES, "https://a.example", "PATCH", &[]),
    ];
    let cases = [
        (
            first,
            "pages of `https://x.a.example` may read the response, without credentials; \
                  `https://*.a.example` allows it (rule 2)",
        ),
        (
            second,
            "method `PATCH` is not allowed, so browsers do not send the request; to allow \
                  it, add `\"PATCH\"` to `allow_methods` (rule 1)",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-one"]),
            "pages of `https://a.example` may send `PUT` with the requested headers; \
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
            "pages of `https://tenant.example` may read the response, without credentials; \
             `predicate(is_tenant)` allows it (rule 2)",
        ),
        (
            actual(&RULES, "https://partner.example"),
            "pages of `https://partner.example` may read the response, without credentials; a \
             predicate allows it (rule 3)",
        ),
        (
            TRUSTED.explain(&request("GET", &[])),
            "the request has no `Origin`, so it is same-origin or not from a browser, and CORS does not apply",
        ),
        (
            TRUSTED.explain(&request("GET", &[("origin", "null"); 2])),
            "`Origin` is given more than once, so no browser sent the request",
        ),
        (
            actual(&TRUSTED, "https://b.example"),
            "origin `https://b.example` is not allowed, so browsers block the response (unless the request is same-origin); if that site is yours, add `\"https://b.example\"` to `allow_origins`",
        ),
        (
            preflight(&TRUSTED, "https://b.example", "PUT", &[]),
            "origin `https://b.example` is not allowed, so browsers do not send the request; if \
          that site is yours, add `\"https://b.example\"` to `allow_origins`",
        ),
        (
            actual(&TRUSTED, "null"),
            "origin `null` is not allowed, so browsers block the response (unless the request is same-origin); sandboxed frames, local files and requests redirected between sites have this origin: serve the page from an origin of its own, or call the final URL",
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
            "`P T` is not a method, so no browser sent the request",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-two"]),
            "request header `x-two` is not allowed, so browsers do not send the request; to allow \
          it, add `\"x-two\"` to `allow_headers`",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "TRACE", &[]),
            "method `TRACE` is forbidden for pages, so no browser sent the request",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["Cookie,x-two"]),
            "request header `Cookie` is forbidden for pages, so no browser sent the request",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["sec-fetch-mode"]),
            "request header `sec-fetch-mode` is forbidden for pages, so no browser sent the request",
        ),
        (
            preflight(&RULES, "https://a.example", "GET", &["a"]),
            "request header `a` is not allowed, so browsers do not send the request; to allow it, add \
          `\"a\"` to `allow_headers` (rule 1)",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PTU", &[]),
            "method `PTU` is not allowed, so browsers do not send the request; write `PUT` in the page if that is what you mean, or add `\"PTU\"` to `allow_methods`",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-oen"]),
            "request header `x-oen` is not allowed, so browsers do not send the request; write `x-one` \
          in the page if that is what you mean, or add `\"x-oen\"` to `allow_headers`",
        ),
        (
            preflight(
                &TRUSTED,
                "https://a.example",
                "PUT",
                &["x-two,x-one, ,x-three", "x-four"],
            ),
            "request headers `x-two`, `x-three`, `x-four` are not allowed, so browsers do not send the \
          request; to allow them, add `\"x-two\", \"x-three\", \"x-four\"` to `allow_headers`",
        ),
        (
            preflight(
                &TRUSTED,
                "https://a.example",
                "PUT",
                &["a,b,c,d,e,f,g,h,i,j"],
            ),
            "request headers `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, .. are not allowed, so browsers do \
          not send the request; to allow them, add `\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \
          \"g\", \"h\", ..` to `allow_headers`",
        ),
        (
            preflight(&PUBLIC, "https://a.example", "PUT", &["authorization"]),
            "request header `authorization` is not allowed, so browsers do not send the request; `*` \
          does not cover it: write `allow_headers = [Any, \"authorization\"]`",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x two"]),
            "`x two` is not a header name, so no browser sent the request",
        ),
        (
            preflight(&MIRROR, "https://a.example", "PUT", &["x-one"; 9]),
            "`Access-Control-Request-Headers` is too long to be sent back, so browsers do not send the \
         request",
        ),
        (
            preflight(&TRUSTED, "https://a.example", "PUT", &["x-one"; 9]),
            "`Access-Control-Request-Headers` has too many lines to be checked completely",
        ),
    ];
    for (explanation, sentence) in cases {
        assert_eq!(explanation.to_string(), sentence);
    }
}

#[test]
fn long_quotes_are_truncated() {
    let whole = "x".repeat(80);
    for (name, shown) in [
        (whole.clone(), format!("`{whole}` ")),
        (format!("{whole}y"), format!("`{whole}..` ")),
    ] {
        let explanation = preflight(&TRUSTED, "https://a.example", "PUT", &[&name]);
        assert!(explanation.to_string().contains(&shown), "{explanation}");
    }
}

/// A `'` may be part of a name. Everything that a name cannot contain is escaped.
#[test]
fn names_are_quoted_as_the_page_writes_them() {
    let denied = |method, name| {
        let explanation = preflight(&TRUSTED, "https://a.example", method, &[name]);
        explanation.to_string()
    };
    let fact = |sentence: String| sentence.split_once(" not ").unwrap().0.to_owned();
    for (method, name, start) in [
        ("PUT", "x-o'neill's", "request header `x-o'neill's` is"),
        ("IT'S", "x-one", "method `IT'S` is"),
        ("PUT", "'", "request header `'` is"),
        ("PUT", "it's\"", r#"`it's\"` is"#),
        ("PUT", "it's\\", r"`it's\\` is"),
        ("PUT", "it's\t'\u{e9}", r"`it's\t'\xc3\xa9` is"),
    ] {
        assert_eq!(fact(denied(method, name)), start);
    }
    let advice = "to allow it, add `\"x-o'neill\"` to `allow_headers`";
    assert!(denied("PUT", "x-o'neill").ends_with(advice));
}

#[test]
fn explanations_for_debugging() {
    let cases = [
        (
            actual(&RULES, "https://shop.b.example"),
            r#"Explanation { kind: Actual, rule: Some(1), entry: Some(Regex("regex(\"https://(shop|blog)\\\\.b\\\\.example\")")), denial: None, .. }"#,
        ),
        (
            preflight(&RULES, "https://a.example", "PUT", &["x\u{e9}"]),
            r#"Explanation { kind: Preflight, rule: Some(0), entry: Some(Origin("https://a.example")), denial: Some(MalformedHeader("x\xc3\xa9")), .. }"#,
        ),
        (
            RULES.explain(&request("GET", &[])),
            "Explanation { kind: NotCors, rule: None, entry: None, denial: Some(NoOrigin), .. }",
        ),
    ];
    for (explanation, debug) in cases {
        assert_eq!(format!("{explanation:?}"), debug);
    }
}
