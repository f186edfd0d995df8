//! Policies against readings that share no code with them: decisions against the rules read a
//! second time, and every way to match origins against the `url` crate.

use cors_runtime::{CorsRequest, Origin};
use cors_support::policies::POLICIES;
use cors_support::reference_cases::CASES;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;
use url::{Host, Url};

/// Addresses of pages: spelled as browsers do, or so that a browser has something to mend.
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
    (start, gen_origins::origins(entries), middle, end, case).prop_map(
        |(start, origin, middle, end, case)| {
            let origin = String::from_utf8_lossy(&origin).replace("://", middle);
            format!("{start}{}{end}", case(&origin))
        },
    )
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

/// What browsers write is taken apart as the `url` crate does, and nothing else is an origin of a
/// web page, but addresses that could be written otherwise. Other schemes have no origin there.
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
fn requests() -> impl Strategy<Value = (Vec<u8>, Vec<(String, Vec<u8>)>)> {
    let entries = [
        "https://a.example",
        "https://*.a.example",
        "https://**.a.example",
        "null",
    ];
    let origin =
        gen_origins::origins(entries.map(str::to_owned).to_vec()).prop_map(|origin| origin.0);
    let method = prop::sample::select(vec!["GET", "PUT", "patch", "A B", "", "M-SEARCH"]);
    let list = prop::sample::select(vec![
        "x-one",
        "X-One, content-type",
        "a,,\t b",
        "x;y",
        "",
        "\u{e9}",
    ]);
    let line = prop_oneof![
        6 => origin.prop_map(|origin| ("Origin".to_owned(), origin)),
        4 => method.clone().prop_map(|method| ("access-control-request-method".to_owned(), method.into())),
        4 => list.prop_map(|list| ("Access-Control-Request-Headers".to_owned(), list.into())),
        1 => ("[a-z-]{1,12}", prop::collection::vec(any::<u8>(), 0..8)),
    ];
    let verb = prop_oneof![3 => Just("OPTIONS"), 1 => method];
    (verb.prop_map(Into::into), prop::collection::vec(line, 0..7))
}

proptest! {
    #![proptest_config(property::cases(5_000))]

    /// What the `url` crate serializes is allowed if an entry means it; and no other spelling of
    /// the same address is.
    #[test]
    fn what_browsers_send_is_allowed_and_no_other_spelling(address in addresses()) {
        let url = Url::parse(&address).ok();
        let origin = url.map(|url| url.origin()).filter(url::Origin::is_tuple);
        let serialized = origin.map(|origin| origin.ascii_serialization());
        for (policy, entries) in POLICIES {
            if let Some(serialized) = &serialized {
                let expected = entries.iter().any(|entry| reference_matcher::accepts(entry, serialized.as_bytes()));
                prop_assert_eq!(policy.allows_origin(serialized.as_bytes()), expected, "{}", serialized);
            }
            if policy.allows_origin(address.as_bytes()) && address.starts_with("http") {
                prop_assert_eq!(Some(&address), serialized.as_ref(), "{:?}", entries);
            }
        }
    }

    /// Every line of a response, for whatever is asked.
    #[test]
    fn decisions_are_what_the_rules_say((method, lines) in requests()) {
        let request = lines.iter().fold(CorsRequest::new(&method), |request, (name, value)| {
            request.with_header(name.as_bytes(), value)
        });
        for case in CASES {
            prop_assert_eq!(case.actual(&request), case.expected(&method, &lines), "{}", case.policy);
        }
    }
}
