//! Entries of `allow_origins`: a table of what is refused and how it is corrected, and the `url`
//! crate as the measure of what browsers send.

use cors_origin::Origin;
use cors_origin::pattern::{OriginError, Pattern, suggest};
use cors_support::property;
use proptest::prelude::*;
use url::Url;

/// The name of what an entry is refused for, and the spelling that is offered instead.
const REFUSED: &[(&str, &str, Option<&str>)] = &[
    ("", "origin-missing-host", None),
    ("*", "origin-any", None),
    (" null", "origin-null", None),
    ("NULL", "origin-null", None),
    ("https://a.example https://b.example", "origin-list", None),
    ("https://a.example,https://b.example", "origin-list", None),
    ("https://a.example;b.example", "origin-list", None),
    ("a(1,3:08443//b.example", "origin-missing-scheme", None),
    ("a{1,3:08443//b.example", "origin-host", None),
    (
        " https://a.example",
        "origin-whitespace",
        Some("https://a.example"),
    ),
    (
        "https://a.example\n",
        "origin-whitespace",
        Some("https://a.example"),
    ),
    ("https://a example", "origin-whitespace", None),
    (
        "a.example",
        "origin-missing-scheme",
        Some("https://a.example"),
    ),
    (
        "//a.example",
        "origin-missing-scheme",
        Some("https://a.example"),
    ),
    (
        "://a.example",
        "origin-missing-scheme",
        Some("https://a.example"),
    ),
    (
        "a.example:8443",
        "origin-missing-scheme",
        Some("https://a.example:8443"),
    ),
    (
        "localhost:3000",
        "origin-missing-scheme",
        Some("http://localhost:3000"),
    ),
    (
        "https:a.example",
        "origin-missing-scheme",
        Some("https://a.example"),
    ),
    (
        "http:/a.example",
        "origin-missing-scheme",
        Some("http://a.example"),
    ),
    ("*://a.example", "origin-scheme", Some("https://a.example")),
    (
        "http*://a.example",
        "origin-scheme",
        Some("https://a.example"),
    ),
    ("*://[::\0]", "origin-scheme", None),
    ("ws://a.\u{202e}example/", "origin-opaque-scheme", None),
    ("ht tp://a.example", "origin-whitespace", None),
    ("1http://a.example", "origin-scheme", None),
    (
        "htps://a.example",
        "origin-scheme",
        Some("https://a.example"),
    ),
    (
        "htpp://*.a.example:8080/",
        "origin-scheme",
        Some("http://*.a.example:8080"),
    ),
    (
        "HTTPSS://a.example:443",
        "origin-scheme",
        Some("https://a.example"),
    ),
    ("ht_tp://a.example", "origin-scheme", None),
    ("!https://a.example", "origin-scheme", None),
    ("!a.example.com", "origin-missing-scheme", None),
    ("!*://192.168.0.1", "origin-scheme", None),
    ("!app://Localhost", "origin-scheme", None),
    ("https://!a.example.com/", "origin-trailing-slash", None),
    (
        "https:a.example.;https:a.example.",
        "origin-missing-scheme",
        None,
    ),
    (
        "tauri:localhost",
        "origin-missing-scheme",
        Some("tauri://localhost"),
    ),
    ("tauri:main", "origin-missing-scheme", None),
    ("cors.allowed_origins", "origin-missing-scheme", None),
    ("cors_origins", "origin-missing-scheme", None),
    ("$http_origin", "origin-missing-scheme", None),
    ("'self'", "origin-host", None),
    (
        "\"https://A.example\"",
        "origin-host",
        Some("https://a.example"),
    ),
    (
        "[\"https://a.example\"",
        "origin-host",
        Some("https://a.example"),
    ),
    (
        "\"https://a.example\"]",
        "origin-host",
        Some("https://a.example"),
    ),
    ("192.168.0.0/16", "wildcard-ip", None),
    ("http://192.168.0.0/16", "wildcard-ip", None),
    ("http://[fe80::]/10", "wildcard-ip", None),
    ("file://", "origin-opaque-scheme", None),
    ("file:///home/me/index.html", "origin-opaque-scheme", None),
    ("data:text/html,x", "origin-opaque-scheme", None),
    (
        "blob:https://a.example",
        "origin-opaque-scheme",
        Some("https://a.example"),
    ),
    (
        "blob:https://a.example/0ee8bb60-b25d-4b0e-8f4b-c5b4bd5a5b5a",
        "origin-opaque-scheme",
        Some("https://a.example"),
    ),
    ("blob:null/0ee8bb60", "origin-opaque-scheme", None),
    ("blob://a.example", "origin-opaque-scheme", None),
    ("about:blank", "origin-opaque-scheme", None),
    (
        "wss://a.example",
        "origin-opaque-scheme",
        Some("https://a.example"),
    ),
    (
        "ws://a.example:81",
        "origin-opaque-scheme",
        Some("http://a.example:81"),
    ),
    ("ftp://a.example", "origin-opaque-scheme", None),
    (
        "https://me@a.example",
        "origin-user-info",
        Some("https://a.example"),
    ),
    (
        "https://me:secret@a.example",
        "origin-user-info",
        Some("https://a.example"),
    ),
    (
        "https://a.example/",
        "origin-trailing-slash",
        Some("https://a.example"),
    ),
    (
        "https://a.example/path",
        "origin-path",
        Some("https://a.example"),
    ),
    (
        "https://a.example/*",
        "origin-path",
        Some("https://a.example"),
    ),
    (
        "https://a.example?q",
        "origin-path",
        Some("https://a.example"),
    ),
    (
        "https://a.example#f",
        "origin-path",
        Some("https://a.example"),
    ),
    (
        "https://a.example\\path",
        "origin-path",
        Some("https://a.example"),
    ),
    (
        "https://A.example",
        "origin-uppercase",
        Some("https://a.example"),
    ),
    (
        "HTTPS://a.example",
        "origin-uppercase",
        Some("https://a.example"),
    ),
    (
        "HTTPS://A.Example:443/",
        "origin-uppercase",
        Some("https://a.example"),
    ),
    (
        "https://a.example:443",
        "origin-default-port",
        Some("https://a.example"),
    ),
    (
        "http://a.example:80",
        "origin-default-port",
        Some("http://a.example"),
    ),
    (
        "https://a.example:",
        "origin-port",
        Some("https://a.example"),
    ),
    (
        "https://a.example:0443",
        "origin-port",
        Some("https://a.example"),
    ),
    (
        "https://a.example:08443",
        "origin-port",
        Some("https://a.example:8443"),
    ),
    ("https://a.example:0", "origin-port", None),
    ("https://a.example:65536", "origin-port", None),
    (
        "https://a.example:port",
        "origin-port",
        Some("https://a.example:*"),
    ),
    ("https://a.example:+1", "origin-port", None),
    (
        "https://a.example:99999999999999999999",
        "origin-port",
        None,
    ),
    (
        "https://a.example:80*",
        "wildcard-port",
        Some("https://a.example:*"),
    ),
    (
        "https://a.example:**",
        "wildcard-port",
        Some("https://a.example:*"),
    ),
    ("https://", "origin-missing-host", None),
    ("https://:8080", "origin-missing-host", None),
    ("https://a%2eexample", "origin-host", None),
    ("https://a|b.example", "origin-host", None),
    ("https://a^b.example", "origin-host", None),
    (
        "https://<host>.example",
        "origin-host",
        Some("https://*.example"),
    ),
    (
        "https://pr-{id}.a.example",
        "origin-host",
        Some("https://pr-*.a.example"),
    ),
    (
        "https://pr-${ID}.a.example:{port}",
        "origin-host",
        Some("https://pr-*.a.example:*"),
    ),
    (
        "https://{a}{b}.a.example/",
        "origin-host",
        Some("https://*.a.example"),
    ),
    (
        "https://pr-?.a.example",
        "origin-host",
        Some("https://pr-*.a.example"),
    ),
    ("https://{host}", "origin-host", None),
    ("https://a{b.example", "origin-host", None),
    ("https://a}b.example", "origin-host", None),
    (
        "https://a.example/{id}",
        "origin-path",
        Some("https://a.example"),
    ),
    ("https://{a,b}.example", "origin-list", None),
    (r"https://.*\.a\.example", "origin-regex", None),
    (r"^https://a\.example$", "origin-regex", None),
    ("https://[a-z]+.a.example", "origin-regex", None),
    ("https?://a.example", "origin-regex", None),
    ("https://(a|b).example", "origin-regex", None),
    ("https://a\u{0}b.example", "origin-host", None),
    (
        "https://bücher.example",
        "origin-unicode",
        Some("https://xn--bcher-kva.example"),
    ),
    (
        "https://Bücher.example",
        "origin-unicode",
        Some("https://xn--bcher-kva.example"),
    ),
    (
        "https://ΕΛΛΑΣ.gr",
        "origin-unicode",
        Some("https://xn--mxahsa5b.gr"),
    ),
    (
        "https://ΕΛΛΑς.gr",
        "origin-unicode",
        Some("https://xn--mxahsa0b.gr"),
    ),
    // The sign of the kelvin is a letter of ASCII in lower case.
    (
        "https://\u{212a}.example",
        "origin-unicode",
        Some("https://k.example"),
    ),
    (
        "https://例え.テスト",
        "origin-unicode",
        Some("https://xn--r8jz45g.xn--zckzah"),
    ),
    (
        "https://*.bücher.example",
        "origin-unicode",
        Some("https://*.xn--bcher-kva.example"),
    ),
    ("https://ｅｘａｍｐｌｅ.com", "origin-unicode", None),
    ("https://e\u{301}.example", "origin-unicode", None),
    ("app://ü", "origin-unicode", Some("app://%C3%BC")),
    ("APP://Ü.", "origin-uppercase", Some("app://%C3%9C.")),
    ("app://a\"b", "origin-host", None),
    ("app://a<b", "origin-host", None),
    ("app://a{b", "origin-host", None),
    ("app://./", "origin-trailing-slash", Some("app://.")),
    ("app://./index.html", "origin-path", Some("app://.")),
    ("app://", "origin-missing-host", None),
    ("https://xn--.example", "origin-punycode", None),
    ("https://xn--a.example", "origin-punycode", None),
    ("https://xn--abc-.example", "origin-punycode", None),
    ("https://127.1", "origin-ipv4", Some("https://127.0.0.1")),
    (
        "https://0x7f.0.0.1",
        "origin-ipv4",
        Some("https://127.0.0.1"),
    ),
    (
        "https://0177.0.0.1",
        "origin-ipv4",
        Some("https://127.0.0.1"),
    ),
    (
        "https://2130706433",
        "origin-ipv4",
        Some("https://127.0.0.1"),
    ),
    (
        "https://127.0.0.1.",
        "origin-ipv4",
        Some("https://127.0.0.1"),
    ),
    ("https://1.2.3.256", "origin-ipv4", None),
    ("https://1.2.3.4.5", "origin-ipv4", None),
    ("https://a.example.1", "origin-ipv4", None),
    ("https://09.0.0.1", "origin-ipv4", None),
    ("http://::1", "origin-ipv6", Some("http://[::1]")),
    ("http://::1:3000", "origin-ipv6", Some("http://[::1]:3000")),
    (
        "http://2001:DB8::1",
        "origin-ipv6",
        Some("http://[2001:db8::1]"),
    ),
    ("http://a:b:1", "origin-ipv6", None),
    ("http://[::1", "origin-ipv6", None),
    ("http://[::g]", "origin-ipv6", None),
    (
        "http://[0:0:0:0:0:0:0:1]",
        "origin-ipv6",
        Some("http://[::1]"),
    ),
    (
        "http://[2001:DB8::1]:8080",
        "origin-ipv6",
        Some("http://[2001:db8::1]:8080"),
    ),
    (
        "http://[2001:db8:0:0:1:0:0:1]",
        "origin-ipv6",
        Some("http://[2001:db8::1:0:0:1]"),
    ),
    (
        "http://[2001:db8::1:2:3:4:5]",
        "origin-ipv6",
        Some("http://[2001:db8:0:1:2:3:4:5]"),
    ),
    (
        "http://[::ffff:1.2.3.4]",
        "origin-ipv6",
        Some("http://[::ffff:102:304]"),
    ),
    (
        "http://[fe80::1%eth0]",
        "origin-ipv6",
        Some("http://[fe80::1]"),
    ),
    (
        "https://a..example.com",
        "origin-empty-label",
        Some("https://a.example.com"),
    ),
    (
        "https://.example.com",
        "origin-empty-label",
        Some("https://**.example.com"),
    ),
    ("https://.", "origin-empty-label", None),
    ("https://www..com", "origin-empty-label", None),
    (
        "https://*..example",
        "origin-empty-label",
        Some("https://*.example"),
    ),
    ("https://192.168.*.1", "wildcard-ip", None),
    ("http://[::*]", "wildcard-ip", None),
    (
        "https://a.**.example.com",
        "wildcard-deep",
        Some("https://a.*.example.com"),
    ),
    (
        "https://a**.example.com",
        "wildcard-deep",
        Some("https://a*.example.com"),
    ),
    (
        "https://***.example.com",
        "wildcard-deep",
        Some("https://*.example.com"),
    ),
];

/// Spelled as browsers do, or as the language spells patterns.
const ACCEPTED: &[&str] = &[
    "https://example.com",
    "https://example.com.",
    "https://example.com:8443",
    "http://example.com:443",
    "https://example.com:1",
    "https://example.com:65535",
    "http://localhost",
    "http://localhost:3000",
    "https://under_score.example.com",
    "https://-a-.example.com",
    "https://a--b.example.com",
    "https://xn--bcher-kva.example",
    "https://xn--r8jz45g.xn--zckzah",
    "https://127.0.0.1",
    "http://127.0.0.1:8080",
    "http://[::1]",
    "http://[::]:8080",
    "http://[2001:db8::1:0:0:1]",
    "http://[2001:db8:0:1:2:3:4:5]",
    "http://[::ffff:102:304]",
    "https://a!b.example",
    "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
    "moz-extension://0d0d0d0d-1111-2222-3333-444444444444",
    "capacitor://localhost",
    "tauri://localhost",
    "ionic://localhost:443",
    "app://1",
    // Whatever an app chose.
    "app://.",
    "app://-",
    "app://a..b",
    "app://Main.Window:8080",
    "app://a!$%&'()+,-.;=_~b",
    "app://%C3%BC",
    "app://.:*",
    "app://xn--a",
    "app://A-*",
    "safari-web-extension://B8A66D3E-0A9F-4F7B-8F5D-2C6E2D0F9A11",
    "https://*.example.com",
    "https://**.example.com",
    "https://pr-*.example.com",
    "https://*-pr.example.com:*",
    "https://a*b*c.*.example.com.",
    "https://*.*.example.com",
    "http://localhost:*",
    "http://127.0.0.1:*",
    "http://[::1]:*",
];

fn parse(text: &str) -> Result<Pattern, OriginError> {
    Pattern::parse(text)
}

#[test]
fn origins_that_browsers_never_send_are_rejected_and_corrected() {
    for (entry, name, corrected) in REFUSED {
        let error = parse(entry).expect_err(entry);
        assert_eq!(error.reason().name(), *name, "{entry:?} {error:?}");
        for pattern in error.corrected() {
            assert_eq!(
                parse(&pattern.to_string()).as_ref(),
                Ok(pattern),
                "{entry:?}"
            );
        }
        let texts: Vec<String> = error.corrected().iter().map(Pattern::to_string).collect();
        if *name != "origin-list" {
            assert_eq!(texts, Vec::from_iter(*corrected), "{entry:?} {error:?}");
        }
    }
}

/// Several entries are suggested for a list, if all of them can be corrected.
#[test]
fn a_list_is_taken_apart() {
    for (text, entries) in [
        (
            "https://a.example https://B.example",
            &["https://a.example", "https://b.example"][..],
        ),
        (
            "https://{a,b}.example.com",
            &["https://a.example.com", "https://b.example.com"],
        ),
        ("https://{a,b}.com", &[]),
        (
            "[\"https://a.example\", 'https://b.example']",
            &["https://a.example", "https://b.example"],
        ),
        ("https://a.example;b.example", &[]),
    ] {
        let error = parse(text).expect_err(text);
        let texts: Vec<String> = error.corrected().iter().map(Pattern::to_string).collect();
        assert_eq!(texts, entries, "{text}");
    }
    let suggested = |text| {
        suggest(text)
            .iter()
            .map(Pattern::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        suggested("A.example, b.example"),
        ["https://a.example", "https://b.example"]
    );
    assert_eq!(suggested("any"), [""; 0]);
    assert_eq!(suggested("https://a|b"), [""; 0]);
}

/// Source text is quoted on one line, and truncated.
#[test]
fn reasons_are_printed_on_one_line() {
    for (text, fact) in [
        (
            "https://a.example:\u{202e}9",
            "has the invalid port `\\u{202e}9`",
        ),
        ("https://a.example:'\"", "has the invalid port `'\"`"),
        ("https://a\n example", "contains white space"),
        ("https://a\0.example", "has `\\0` in its host"),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.reason().to_string(), fact);
    }
    let error = parse(&format!("https://a.example:{}", "x".repeat(2000))).unwrap_err();
    let fact = error.reason().to_string();
    assert_eq!(fact, format!("has the invalid port `{}…`", "x".repeat(100)));
    let error = parse("https://A.example").unwrap_err();
    assert_eq!(
        error.to_string(),
        "has uppercase letters in its host; write `https://a.example`"
    );
}

#[test]
fn origins_that_browsers_send_are_accepted() {
    for entry in ACCEPTED {
        let origin = parse(entry).unwrap_or_else(|error| panic!("{entry}: {error:?}"));
        assert_eq!(origin.to_string(), *entry);
    }
}

#[test]
fn lengths_are_those_of_the_domain_name_system_and_of_matchers() {
    let label = "a".repeat(63);
    let scheme = "a".repeat(61);
    let host = [label.as_str(); 4].join(".");
    for (entry, is_valid) in [
        (format!("https://{label}.example"), true),
        (format!("https://{label}a.example"), false),
        (format!("https://{}", &host[2..]), true),
        (format!("https://{}.", &host[2..]), true),
        (format!("https://{}", &host[1..]), false),
        (format!("https://{}.example", "ü".repeat(100_000)), false),
        (format!("{scheme}://localhost:*"), true),
        (format!("{scheme}a://localhost:*"), false),
    ] {
        match parse(&entry) {
            Ok(_) => assert!(is_valid, "{entry}"),
            Err(error) => {
                assert!(!is_valid, "{entry}");
                assert_eq!(error.reason().name(), "origin-too-long");
            }
        }
    }
}

/// The ASCII serialization by the `url` crate.
fn serialized(text: &str) -> Option<String> {
    let origin = Url::parse(text).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

fn texts() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        3 => "[a-z0-9.-]{1,12}",
        2 => "[a-zA-Z0-9_.!~-]{1,8}\\.example",
        1 => "[0-9xa-f.]{1,10}",
        1 => "(0x)?[0-9a-f]{1,3}(\\.(0x)?[0-9]{1,3}){0,4}\\.?",
        1 => "\\[[0-9a-f:]{2,20}\\]",
        1 => "xn--[a-z0-9-]{1,8}\\.example",
        1 => "[a-zäöüßéñçøåœαβγжя中文あア한]{1,6}\\.example",
        1 => "[aÄÉẞΑΈΛΣσςЖЇ\u{212a}\u{212b}]{1,6}\\.example",
        1 => "\\PC{1,6}",
    ];
    let scheme = prop::sample::select(vec!["https://", "http://", "HTTPS://", "https:", ""]);
    let port = prop_oneof![4 => Just(String::new()), 1 => "(:[0-9]{0,6})"];
    let tail = prop::sample::select(vec!["", "", "", "/", "/p", "?q", "#f"]);
    (scheme, host, port, tail).prop_map(|(s, h, p, t)| format!("{s}{h}{p}{t}"))
}

proptest! {
    #![proptest_config(property::cases(20_000))]

    /// An entry that is accepted is its own serialization; one that is not its own serialization is
    /// refused; and a spelling that is offered is the serialization of what was written.
    #[test]
    fn the_url_crate_agrees(text in texts()) {
        let serialized = serialized(&text);
        match parse(&text) {
            Ok(origin) => {
                prop_assert_eq!(&origin.to_string(), &text);
                // Punycode that only the Unicode tables can refuse passes here.
                if !text.contains("xn--") {
                    prop_assert_eq!(serialized.as_deref(), Some(text.as_str()));
                }
            }
            Err(error) => {
                prop_assert_ne!(serialized.as_deref().filter(|_| is_exact_and_short(&text)), Some(text.as_str()), "{:?}", error);
                // For what that crate takes as it is, or where a wildcard is meant.
                let is_other = matches!(error.reason().name(), "origin-missing-scheme" | "origin-list")
                    || text.contains("..") || text.contains("//.");
                if let (Some(offered), Some(serialized)) = (error.corrected().first(), serialized)
                    && !is_other && offered.is_exact() && !serialized.ends_with(":0")
                {
                    prop_assert_eq!(offered.to_string(), serialized);
                }
            }
        }
    }

    /// The correct spelling of a malformed origin is its serialization.
    #[test]
    fn malformed_origins_are_corrected_to_their_serialization(text in texts()) {
        if let Err(error) = Origin::parse(&text)
            && let Some(corrected) = error.corrected()
        {
            prop_assert!(Origin::parse(corrected).is_ok());
            // That crate checks Punycode, too.
            if let Some(serialized) = serialized(&text) {
                prop_assert_eq!(corrected, serialized);
            }
        }
    }

    /// Without Punycode, which needs the Unicode tables.
    #[test]
    fn origins_are_what_the_url_crate_serializes(
        scheme in "https?",
        labels in prop_oneof![
            3 => prop::collection::vec("[a-z0-9_]{1,3}|0x[0-9a-g]{0,2}|-", 1..6),
            1 => prop::collection::vec("0x[0-9a-f]{0,3}|0?[0-9]{1,4}", 1..6),
            1 => prop::collection::vec("[0-9]|1?[1-9][0-9]|2[0-5][0-9]", 4),
        ],
        root in "\\.?",
        port in "(:[1-9][0-9]{0,3})?",
    ) {
        let origin = format!("{scheme}://{}{root}{port}", labels.join("."));
        let is_serialized = serialized(&origin).as_ref() == Some(&origin);
        prop_assert_eq!(Origin::parse(&origin).is_ok(), is_serialized, "{}", origin);
    }

    /// Hosts under schemes of apps are what the `url` crate makes of them, case and all.
    #[test]
    fn the_url_crate_agrees_about_hosts_of_apps(
        host in "[a-zA-Z0-9!$%&'()+,.;=_~-]{1,8}|[a-zA-Zäß.\"^|@?#/ -]{1,6}",
        port in "(:[1-9][0-9]{0,3})?",
    ) {
        let text = format!("app://{host}{port}");
        let url = Url::parse(&text).ok();
        let url_host = url.as_ref().and_then(Url::host_str);
        match parse(&text) {
            Ok(origin) => {
                prop_assert_eq!(&origin.to_string(), &text);
                prop_assert_eq!(url_host, Some(host.as_str()));
                prop_assert!(Origin::parse(&text).is_ok(), "{}", text);
            }
            Err(error) => {
                if let ([corrected], Some(host)) = (error.corrected(), url_host)
                    && corrected.is_exact()
                {
                    prop_assert_eq!(corrected.host.to_string(), host);
                }
            }
        }
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC{0,40}|[*.:/a\\[\\]@%]{0,40}") {
        if let Ok(origin) = parse(&text) {
            prop_assert_eq!(origin.to_string(), text);
        }
    }
}

/// Returns whether a host can exist in the domain name system, which the `url` crate does not
/// check, and has no wildcard, which that crate treats as a letter. It also treats braces as
/// letters, but no name server has names with braces: they are placeholders. The same applies to
/// the special characters of regexes.
fn is_exact_and_short(text: &str) -> bool {
    !text.contains(['*', '{', '}', '(', '+'])
        && !text.contains("..")
        && !text.contains("//.")
        && !text.ends_with(":0")
}

/// Entries of `allow_hosts`: what is wrong with each, and what to write instead.
#[test]
fn hosts_are_spelled_as_requests_have_them() {
    use cors_origin::pattern::{HostPattern, HostReason, Reason};

    for text in [
        "example.com",
        "example.com.",
        "localhost:*",
        "*.example.com",
        "**.example.com:8443",
        "127.0.0.1:3000",
        "[::1]",
        "[::1]:*",
        "a_b.internal",
    ] {
        assert_eq!(HostPattern::parse(text).unwrap().to_string(), text);
    }
    for (text, reason, corrected) in [
        ("https://example.com", HostReason::Scheme, "example.com"),
        (
            "http://localhost:3000/",
            HostReason::Scheme,
            "localhost:3000",
        ),
        ("http://example.com:443", HostReason::Scheme, "example.com"),
        ("://", HostReason::Scheme, ""),
        (
            "example.com:443",
            HostReason::DefaultPort("https"),
            "example.com",
        ),
        (
            "example.com:80",
            HostReason::DefaultPort("http"),
            "example.com",
        ),
        (
            "Example.com",
            HostReason::Other(Reason::UppercaseHost),
            "example.com",
        ),
        (
            "Example.com:80",
            HostReason::Other(Reason::UppercaseHost),
            "example.com",
        ),
        (
            "example.com/",
            HostReason::Other(Reason::TrailingSlash),
            "example.com",
        ),
        (
            "example.com/api",
            HostReason::Other(Reason::Path),
            "example.com",
        ),
        (
            "me@example.com",
            HostReason::Other(Reason::UserInfo),
            "example.com",
        ),
        ("::1", HostReason::Other(Reason::Ipv6Brackets), "[::1]"),
        ("", HostReason::Other(Reason::Empty), ""),
        ("a b", HostReason::Other(Reason::Whitespace), ""),
        (
            "example.com:0",
            HostReason::Other(Reason::InvalidPort("0".into())),
            "",
        ),
    ] {
        let error = HostPattern::parse(text).unwrap_err();
        assert_eq!(*error.reason(), reason, "{text}");
        let texts: Vec<String> = error.corrected().iter().map(ToString::to_string).collect();
        assert_eq!(texts.join(", "), corrected, "{text}");
        for corrected in error.corrected() {
            assert_eq!(
                HostPattern::parse(&corrected.to_string()).as_ref(),
                Ok(corrected)
            );
        }
    }
}
