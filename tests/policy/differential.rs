//! Policies against readings that share no code with them: decisions against the rules read a
//! second time, and every way to match origins against the `url` crate.

use cors_runtime::{Origin, RequestKind};
use cors_support::policies::POLICIES;
use cors_support::reference_cases::CASES;
use cors_support::{decide, gen_origins, property, reference_matcher};
use proptest::prelude::*;
use url::{Host, Url};

/// URLs of pages: spelled as browsers do, or in other ways that browsers correct.
fn addresses() -> impl Strategy<Value = String> {
    let entries = POLICIES.iter().flat_map(|(_, entries)| *entries);
    let entries: Vec<String> = entries.map(ToString::to_string).collect();
    let start = prop::sample::select(vec!["", "", "", " ", "HTTPS:"]);
    let middle = prop::sample::select(vec!["://", "://", "://", "://me@", "://a:b@", ":\\\\", ":"]);
    let end = prop::sample::select(vec![
        "", "", "", "", "/", "/path", "?q", "#f", ":443", ":80", ":", "\\x", ".", "%2e",
    ]);
    let case = prop::sample::select(vec![
        str::to_owned as fn(&str) -> String,
        str::to_owned,
        str::to_ascii_uppercase,
        |text| text.replace('.', "\u{3002}"),
        |text| text.replace('e', "\u{ff45}"),
        |text| text.replace("a.", "%61."),
    ]);
    let origins = gen_origins::origins(entries.clone());
    let spelled =
        (start, origins, middle, end, case).prop_map(|(start, origin, middle, end, case)| {
            let origin = String::from_utf8_lossy(&origin).replace("://", middle);
            format!("{start}{}{end}", case(&origin))
        });
    let as_it_is = gen_origins::accepted(entries)
        .prop_map(|origin| String::from_utf8_lossy(&origin).into_owned());
    prop_oneof![3 => spelled, 1 => as_it_is]
}

/// All texts that are one byte away from `text`, and itself.
fn edits(text: &'static str) -> impl Iterator<Item = Vec<u8>> {
    let edited = (0..=text.len()).flat_map(move |place| {
        (0..=u8::MAX).flat_map(move |byte| {
            let kept = text.len().min(place + 1);
            let (start, end) = (&text.as_bytes()[..place], &text.as_bytes()[kept..]);
            [
                [start, end].concat(),
                [start, &[byte], end].concat(),
                [start, &[byte], &text.as_bytes()[place..]].concat(),
            ]
        })
    });
    edited.chain([text.into()])
}

/// Splits origins that browsers send like the `url` crate, and accepts no other origins of web
/// pages, except URLs that can be spelled differently. Other schemes have no origin there.
#[test]
fn origins_are_taken_apart_as_by_the_url_crate() {
    let whole = [
        "https://a-1.b_c.example",
        "https://a.example.:8443",
        "http://localhost:8",
        "http://[::1]:65530",
    ];
    for origin in whole.into_iter().flat_map(edits) {
        let text = String::from_utf8_lossy(&origin);
        let Some(rest) = text.split_once("://").map(|(_, rest)| rest) else {
            assert!(Origin::parse(&origin).is_err(), "{text}");
            continue;
        };
        let url = Url::parse(&text).ok();
        let origin_of_url = url.as_ref().map(|url| url.origin().ascii_serialization());
        let written = url.filter(|_| origin_of_url.as_deref() == Some(&*text));
        // Browsers let more bytes through than name servers do.
        let is_name = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':' | b'[' | b']');
        let is_named = rest.bytes().all(is_name) && !rest.starts_with('.') && !rest.contains("..");
        let parsed = Origin::parse(&origin).ok();
        match (parsed, written.filter(|_| is_named)) {
            (Some(parsed), Some(url)) => {
                assert_eq!((parsed.as_str(), &*parsed.to_string()), (&*text, &*text));
                assert_eq!(Some(parsed.host()), url.host_str());
                assert_eq!((parsed.scheme(), parsed.port()), (url.scheme(), url.port()));
            }
            (Some(parsed), None) => {
                let last = parsed.host().rsplit('.').find(|label| !label.is_empty());
                let is_address = last.unwrap().bytes().all(|byte| byte.is_ascii_digit())
                    || Url::parse(&text).is_ok_and(|url| matches!(url.host(), Some(Host::Ipv6(_))));
                let of_app = Url::parse(&text).is_ok_and(|url| !url.is_special());
                assert!(is_address || of_app, "{text}");
                assert_eq!(text, text.to_lowercase());
            }
            // No browser connects to port 0.
            (None, url) => assert!(url.is_none_or(|url| url.port() == Some(0)), "{text}"),
        }
    }
}

#[test]
fn an_origin_has_324_bytes_at_most() {
    let of_length = |length: usize| format!("https://{}", "a".repeat(length - 8));
    assert!(Origin::parse(&of_length(324)).is_ok());
    assert!(Origin::parse(&of_length(325)).is_err());
}

/// Header lines of a request, mostly as browsers send them.
pub(crate) fn requests() -> impl Strategy<Value = (Vec<u8>, Vec<(String, Vec<u8>)>)> {
    let entries = [
        "https://a.example",
        "https://*.a.example",
        "https://**.a.example",
        "null",
    ];
    let entries = entries.map(str::to_owned).to_vec();
    let origin = prop_oneof![
        1 => gen_origins::accepted(entries.clone()),
        1 => gen_origins::origins(entries),
    ];
    let method = prop::sample::select(vec!["GET", "PUT", "patch", "A B", "", "M-SEARCH"]);
    let list = prop::sample::select(vec![
        "x-one",
        "X-One, content-type",
        "a,,\t b",
        "x;y",
        "",
        "\u{e9}",
    ]);
    let origin = origin.prop_map(|origin| ("Origin".to_owned(), origin.0));
    let asked = method
        .clone()
        .prop_map(|method| ("access-control-request-method".to_owned(), method.into()));
    let list = list.prop_map(|list| ("Access-Control-Request-Headers".to_owned(), list.into()));
    let other = ("[a-z-]{1,12}", prop::collection::vec(any::<u8>(), 0..8));
    // One of each, and a few more in any order.
    let once = (
        prop::option::weighted(0.8, origin.clone()),
        prop::option::weighted(0.8, asked.clone()),
        prop::option::of(list.clone()),
    );
    let line = prop_oneof![2 => origin, 2 => asked, 4 => list, 1 => other];
    let more = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec(line, 1..5),
    ];
    let lines = (once, more).prop_map(|((origin, asked, list), more)| {
        [origin, asked, list]
            .into_iter()
            .flatten()
            .chain(more)
            .collect::<Vec<_>>()
    });
    let verb = prop_oneof![3 => Just("OPTIONS"), 2 => method];
    (verb.prop_map(Into::into), lines.prop_shuffle())
}

/// Requests as `on_denied` and `allow_hosts` look at them: mostly as browsers send them, for this server and
/// for others.
fn guarded_requests() -> impl Strategy<Value = (Vec<u8>, Vec<(String, Vec<u8>)>)> {
    let hosts = vec![
        "a.example",
        "A.example:443",
        "a.example:80",
        "localhost",
        "localhost:3000",
        "x.b.example",
        "[::1]:8080",
        "x.y.c.example:8443",
        "evil.example",
        "b.example",
        "a.example:",
        "",
        "a.example.",
    ];
    let origins = vec![
        "https://a.example",
        "https://x.a.example",
        "http://localhost:3000",
        "http://localhost",
        "https://x.b.example",
        "http://[::1]:8080",
        "https://evil.example",
        "http://a.example:443",
        "app://a.example",
        "null",
        "",
        "https://A.example",
    ];
    let line = |name: &'static str, values: Vec<&'static str>| {
        let values = prop::sample::select(values);
        values.prop_map(move |value| (name.to_owned(), value.as_bytes().to_vec()))
    };
    let sites = vec![
        "same-origin",
        "none",
        "cross-site",
        "same-site",
        "",
        "Same-Origin",
    ];
    let modes = vec!["navigate", "cors", "no-cors", "websocket", ""];
    let upgrades = vec!["websocket", "h2c, WebSocket/13", "h2c", "websockets"];
    let lines = (
        prop::option::weighted(0.9, line("Host", hosts.clone())),
        prop::option::weighted(0.1, line(":authority", hosts)),
        prop::option::weighted(0.7, line("Origin", origins.clone())),
        prop::option::weighted(0.6, line("Sec-Fetch-Site", sites.clone())),
        prop::option::weighted(0.5, line("sec-fetch-mode", modes)),
        prop::option::weighted(0.2, line("Upgrade", upgrades)),
        prop::option::weighted(
            0.2,
            line("Access-Control-Request-Method", vec!["PUT", "GET"]),
        ),
        prop_oneof![
            8 => Just(None),
            1 => line("Origin", origins).prop_map(Some),
            1 => line("sec-fetch-site", sites).prop_map(Some),
        ],
    );
    let lines = lines.prop_map(|(host, target, origin, site, mode, upgrade, asked, more)| {
        let lines = [host, target, origin, site, mode, upgrade, asked, more];
        lines.into_iter().flatten().collect::<Vec<_>>()
    });
    let verb = prop::sample::select(vec![
        "GET", "GET", "HEAD", "POST", "POST", "PUT", "OPTIONS", "CONNECT", "M-SEARCH", "TRACE",
    ]);
    (verb.prop_map(Into::into), lines)
}

/// Compares refusals with an independent implementation of the rules.
#[test]
fn refusals_are_what_the_rules_say() {
    property::check(10_000, guarded_requests(), |(method, lines), branches| {
        let request = decide::request(method.as_ref(), &lines);
        for case in CASES {
            let expected = case.expected(&method, &lines);
            prop_assert_eq!(&case.actual(&request), &expected, "{}", case.policy);
            let explanation = case.policy.explain(&request);
            let decision = case.policy.evaluate(&request);
            prop_assert_eq!(explanation.refusal(), decision.refusal());
            prop_assert!(decision.refusal().is_none() || !explanation.is_allowed());
            if case.refusals.reads {
                let is_preflight = expected.kind == RequestKind::Preflight;
                branches.note("another host", expected.status == Some(421));
                branches.note("refused", expected.status == Some(403) && !is_preflight);
                branches.note("let through", expected.status.is_none());
            }
        }
        Ok(())
    });
}

/// Allows what the `url` crate serializes if an entry describes it, and no other spelling of the
/// same URL.
#[test]
fn origins_are_allowed_in_the_spelling_of_browsers_only() {
    property::check(5_000, addresses(), |address, branches| {
        let url = Url::parse(&address).ok();
        let origin = url.map(|url| url.origin()).filter(url::Origin::is_tuple);
        let serialized = origin.map(|origin| origin.ascii_serialization());
        for (policy, entries) in POLICIES {
            if let Some(serialized) = &serialized {
                let expected = entries
                    .iter()
                    .any(|entry| reference_matcher::accepts(entry, serialized.as_bytes()));
                prop_assert_eq!(policy.allows_origin(serialized), expected, "{}", serialized);
                let is_other = *serialized != address;
                branches.note("allowed as it is", expected && !is_other);
                branches.note("allowed in another spelling", expected && is_other);
                branches.note("denied", !expected);
            }
            if policy.allows_origin(&address) && address.starts_with("http") {
                prop_assert_eq!(Some(&address), serialized.as_ref(), "{:?}", entries);
            }
        }
        Ok(())
    });
}

/// Every line of a response, for any request.
#[test]
fn decisions_are_what_the_rules_say() {
    property::check(5_000, requests(), |(method, lines), branches| {
        let request = decide::request(method.as_ref(), &lines);
        for case in CASES {
            let expected = case.expected(&method, &lines);
            prop_assert_eq!(&case.actual(&request), &expected, "{}", case.policy);
            let is_allowed = !expected.headers.is_empty();
            let is_public = case.rules.iter().any(|rule| rule.origins == ["*"]);
            if !is_public {
                for (branch, kind, allowed) in [
                    ("an allowed preflight", RequestKind::Preflight, true),
                    ("a denied preflight", RequestKind::Preflight, false),
                    ("an allowed request", RequestKind::Actual, true),
                    ("a denied request", RequestKind::Actual, false),
                    ("not CORS", RequestKind::NotCors, false),
                ] {
                    branches.note(branch, (expected.kind, is_allowed) == (kind, allowed));
                }
            }
        }
        Ok(())
    });
}
