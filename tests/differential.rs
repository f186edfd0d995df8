//! Policies against readings that share no code with them: decisions against the rules read a
//! second time, and every way to match origins against the `url` crate.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/meaning.rs"]
mod meaning;
#[path = "support/naive.rs"]
mod naive;
#[path = "support/policies.rs"]
mod policies;

use cases::CASES;
use cors_runtime::Request;
use policies::POLICIES;
use proptest::prelude::*;
use url::Url;

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
    (start, hostile::origins(entries), middle, end, case).prop_map(
        |(start, origin, middle, end, case)| {
            let origin = String::from_utf8_lossy(&origin).replace("://", middle);
            format!("{start}{}{end}", case(&origin))
        },
    )
}

/// Header lines of a request, mostly as browsers send them.
fn requests() -> impl Strategy<Value = (Vec<u8>, Vec<(String, Vec<u8>)>)> {
    let entries = [
        "https://a.example",
        "https://*.a.example",
        "https://**.a.example",
        "null",
    ];
    let origin = hostile::origins(entries.map(str::to_owned).to_vec());
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
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the `url` crate serializes is allowed if an entry means it; and no other spelling of
    /// the same address is.
    #[test]
    fn what_browsers_send_is_allowed_and_no_other_spelling(address in addresses()) {
        let url = Url::parse(&address).ok();
        let origin = url.map(|url| url.origin()).filter(url::Origin::is_tuple);
        let serialized = origin.map(|origin| origin.ascii_serialization());
        for (policy, entries) in POLICIES {
            if let Some(serialized) = &serialized {
                let expected = entries.iter().any(|entry| naive::accepts(entry, serialized.as_bytes()));
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
        let request = lines.iter().fold(Request::new(&method), |request, (name, value)| {
            request.header(name.as_bytes(), value)
        });
        for case in CASES {
            prop_assert_eq!(case.actual(&request), case.expected(&method, &lines), "{}", case.policy);
        }
    }
}
