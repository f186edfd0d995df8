//! The adapter for the `http` crate: what it does to headers that are there already.

use cors_runtime::{Policy, cors_policy};
use cors_support::net::{cors, expected, list};
use http::{HeaderMap, HeaderValue, Request, Response};

static API: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_methods = [PUT],
    expose_headers = ["etag"],
    allow_credentials = true,
);
static PUBLIC: Policy = cors_policy!(allow_origins = Any);

fn from(origin: &str) -> Request<()> {
    Request::get("/").header("origin", origin).body(()).unwrap()
}

fn preflight() -> Request<()> {
    Request::options("/")
        .header("origin", "https://a.example")
        .header("access-control-request-method", "PUT")
        .body(())
        .unwrap()
}

/// Applies a decision to headers that an application set.
fn applied(policy: &Policy, request: &Request<()>, set: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in set {
        headers.append(*name, HeaderValue::from_str(value).unwrap());
    }
    policy.evaluate_http(request).apply_to(&mut headers);
    headers
}

#[test]
fn an_answer_outlives_the_policy() {
    let answer = {
        let policy = cors_policy!(allow_origins = ["https://a.example"]);
        policy.evaluate_http(&from("https://a.example"))
    };
    let mut headers = HeaderMap::new();
    answer.apply_to(&mut headers);
    assert_eq!(
        cors(&headers),
        expected(&[("allow-origin", "https://a.example")])
    );
}

#[test]
fn cors_headers_of_the_application_are_replaced() {
    let set = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://b.example"),
        ("access-control-allow-credentials", "false"),
        ("access-control-expose-headers", "x-secret"),
        ("access-control-allow-methods", "DELETE"),
        ("access-control-allow-headers", "x-any"),
        ("access-control-max-age", "1"),
    ];
    let allowed = applied(&API, &from("https://a.example"), &set);
    assert_eq!(
        cors(&allowed),
        expected(&[
            ("allow-origin", "https://a.example"),
            ("allow-credentials", "true"),
            ("expose-headers", "etag"),
        ])
    );
    assert_eq!(cors(&applied(&API, &from("https://b.example"), &set)), []);
    assert_eq!(
        cors(&applied(&PUBLIC, &from("https://b.example"), &set)),
        expected(&[("allow-origin", "*")])
    );
}

#[test]
fn other_headers_are_kept() {
    let set = [
        ("etag", "\"1\""),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    ];
    let headers = applied(&API, &from("https://b.example"), &set);
    assert_eq!(list(&headers, "set-cookie"), ["a=1", "b=2"]);
    assert_eq!(headers["etag"], "\"1\"");
}

#[test]
fn vary_is_added_to_and_never_repeated() {
    let cases: [(&[&str], &[&str]); 8] = [
        (&[], &["Origin"]),
        (&["Accept-Encoding"], &["Accept-Encoding", "Origin"]),
        (&["accept, cookie"], &["accept", "cookie", "Origin"]),
        (&["Accept", "Cookie"], &["Accept", "Origin", "Cookie"]),
        (&["Origin"], &["Origin"]),
        (&["accept,origin ,cookie"], &["accept", "origin", "cookie"]),
        (&["Accept", "ORIGIN"], &["Accept", "ORIGIN"]),
        (&["*"], &["*"]),
    ];
    for (set, kept) in cases {
        let set: Vec<_> = set.iter().map(|value| ("vary", *value)).collect();
        for origin in ["https://a.example", "https://b.example"] {
            assert_eq!(list(&applied(&API, &from(origin), &set), "vary"), kept);
        }
    }
    let set = [("vary", "x-origin, originator")];
    let headers = applied(&API, &from("https://a.example"), &set);
    assert_eq!(list(&headers, "vary"), ["x-origin", "originator", "Origin"]);
    assert!(list(&applied(&PUBLIC, &from("https://a.example"), &[]), "vary").is_empty());
}

/// Some gateways of functions pass the first line of a header on, and no other.
#[test]
fn vary_grows_on_its_first_line() {
    for (set, first) in [
        (["Accept-Encoding", "Cookie"], "Accept-Encoding, Origin"),
        // No sender makes an empty member.
        (["", "Cookie"], "Origin"),
    ] {
        let set = set.map(|line| ("vary", line));
        let headers = applied(&API, &from("https://a.example"), &set);
        let lines: Vec<_> = headers.get_all("vary").iter().collect();
        assert_eq!(lines, [first, "Cookie"]);
    }
}

#[test]
fn parts_of_a_request_are_answered_as_the_request_is() {
    let (parts, ()) = preflight().into_parts();
    let mut headers = HeaderMap::new();
    let answer = API.evaluate_parts(&parts.method, &parts.uri, &parts.headers);
    answer.apply_to(&mut headers);
    let whole = API
        .evaluate_http(&preflight())
        .immediate_response::<()>()
        .unwrap();
    assert_eq!(answer.immediate_status(), Some(whole.status()));
    assert_eq!(&headers, whole.headers());
}

#[test]
fn applying_twice_is_applying_once() {
    let answer = API.evaluate_http(&from("https://a.example"));
    let mut once = HeaderMap::new();
    answer.apply_to(&mut once);
    let mut twice = once.clone();
    answer.apply_to(&mut twice);
    assert_eq!(once, twice);
}

#[test]
fn only_preflights_are_answered() {
    let response: Response<String> = API
        .evaluate_http(&preflight())
        .immediate_response()
        .unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(response.body(), "");
    assert_eq!(
        cors(response.headers()),
        expected(&[
            ("allow-origin", "https://a.example"),
            ("allow-credentials", "true"),
            ("allow-methods", "PUT"),
        ])
    );
    let mut denied = preflight();
    denied
        .headers_mut()
        .insert("origin", HeaderValue::from_static("null"));
    let response: Response<String> = API.evaluate_http(&denied).immediate_response().unwrap();
    assert_eq!(response.status(), 403);
    assert_eq!(cors(response.headers()), []);
    assert_eq!(list(response.headers(), "vary"), ["Origin"]);

    let actual = API.evaluate_http(&from("https://a.example"));
    assert!(actual.immediate_response::<String>().is_none());
    // Not even if they have all that a preflight has but the method.
    for method in ["GET", "PUT", "POST", "HEAD", "DELETE", "options", "OPTION"] {
        let mut request = preflight();
        *request.method_mut() = method.parse().unwrap();
        let decision = API.evaluate_http(&request);
        assert!(
            decision.immediate_response::<String>().is_none(),
            "{method}"
        );
        assert_eq!(decision.immediate_status(), None, "{method}");
    }
}

/// Agrees with the decision about bytes.
#[test]
fn the_origin_is_allowed_or_not() {
    for (policy, origin, is_expected) in [
        (&API, "https://a.example", true),
        (&API, "https://b.example", false),
        (&API, "null", false),
        (&PUBLIC, "https://b.example", true),
    ] {
        let mut preflight = preflight();
        preflight
            .headers_mut()
            .insert("origin", HeaderValue::from_static(origin));
        for request in [from(origin), preflight] {
            let decision = policy.evaluate_http(&request);
            assert_eq!(decision.is_origin_allowed(), is_expected, "{origin}");
            let parts = policy.evaluate_parts(request.method(), request.uri(), request.headers());
            assert_eq!(parts.is_origin_allowed(), is_expected, "{origin}");
        }
    }
    let without = Request::get("/").body(()).unwrap();
    assert!(!API.evaluate_http(&without).is_origin_allowed());
    assert!(PUBLIC.evaluate_http(&without).is_origin_allowed());
}

/// A preflight that is mirrored depends on three headers; those that are there are not repeated.
#[test]
fn each_name_is_added_to_vary_by_itself() {
    static MIRROR: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_methods = MirrorRequest,
        allow_headers = MirrorRequest,
    );
    let all = [
        "Origin",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ];
    for there in [0b000, 0b001, 0b010, 0b011, 0b100, 0b101, 0b110, 0b111] {
        let (set, added): (Vec<_>, Vec<_>) = (0..3).partition(|bit| there & (1 << bit) != 0);
        let set: Vec<String> = set.into_iter().map(|bit| all[bit].to_lowercase()).collect();
        let added = added.into_iter().map(|bit| all[bit].to_owned());
        let expected: Vec<String> = set.iter().cloned().chain(added).collect();
        let lines: Vec<_> = set.iter().map(|name| ("vary", name.as_str())).collect();
        let mut kept = list(&applied(&MIRROR, &preflight(), &lines), "vary");
        let mut expected = expected;
        kept.sort();
        expected.sort();
        assert_eq!(kept, expected);
    }
}

#[test]
fn a_repeated_origin_is_denied() {
    let mut request = from("https://a.example");
    request
        .headers_mut()
        .append("origin", HeaderValue::from_static("https://a.example"));
    assert_eq!(cors(&applied(&API, &request, &[])), []);
}

#[test]
fn bytes_beyond_ascii_are_denied() {
    let mut request = from("https://a.example");
    let origin = HeaderValue::from_bytes(b"https://\xe9.example").unwrap();
    request.headers_mut().insert("origin", origin);
    assert_eq!(cors(&applied(&API, &request, &[])), []);
}

/// `Decision::owns_header` and `Decision::missing_vary` are the same rules, for bytes.
#[test]
fn decisions_about_bytes_name_what_this_adapter_removes_and_adds() {
    static TIMING: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_headers = MirrorRequest,
        expose_timing = true,
    );
    const NAMES: [&str; 10] = [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "access-control-other",
        "timing-allow-origin",
        "vary",
        "x-other",
    ];
    const VARY: [&[(&str, &str)]; 5] = [
        &[],
        &[("vary", "accept, ORIGIN")],
        &[
            ("vary", "x"),
            ("vary", "origin,access-control-request-headers"),
        ],
        &[("vary", "x-origin")],
        &[("vary", "*")],
    ];
    let denied = from("https://b.example");
    let (mut owned, mut missed) = (0, 0);
    for policy in [&API, &PUBLIC, &TIMING] {
        for name in NAMES {
            let kept = applied(policy, &denied, &[(name, "own")]);
            let is_kept = kept
                .get_all(name)
                .iter()
                .any(|value| value.as_bytes().starts_with(b"own"));
            let bytes = policy
                .evaluate(&(&denied).into())
                .owns_header(name.to_uppercase());
            assert_eq!(bytes, !is_kept, "{name}");
            owned += usize::from(bytes);
        }
        for request in [&denied, &preflight()] {
            for set in VARY {
                let lines = set.iter().map(|(_, line)| line);
                let cors = request.into();
                let missing: Vec<_> = policy.evaluate(&cors).missing_vary(lines).collect();
                let before: usize = set.iter().map(|(_, line)| line.split(',').count()).sum();
                let headers = applied(policy, request, set);
                let after = list(&headers, "vary");
                assert_eq!(after.len(), before + missing.len(), "{set:?}");
                assert!(
                    missing
                        .iter()
                        .all(|name| after.contains(&(*name).to_owned()))
                );
                missed += missing.len();
            }
        }
    }
    assert_eq!((owned, missed), (19, 11));
}
