//! Entries of `allow_origins`: a table of what is refused and how it is mended, and the `url`
//! crate as the measure of what browsers send.

use cors_support::property;
use proptest::prelude::*;
use url::Url;

use super::parse;
use crate::check::Check::{self, *};

/// What an entry is refused for, and the spelling that is offered instead.
const REFUSED: &[(&str, Check, Option<&str>)] = &[
    ("", OriginMissingHost, Some("https://example.com")),
    ("*", OriginAny, None),
    (" null", OriginNull, None),
    ("NULL", OriginNull, None),
    ("https://a.example https://b.example", OriginList, None),
    ("https://a.example,https://b.example", OriginList, None),
    ("https://a.example;b.example", OriginList, None),
    ("a(1,3:08443//b.example", OriginMissingScheme, None),
    ("a{1,3:08443//b.example", OriginHost, None),
    (
        " https://a.example",
        OriginWhitespace,
        Some("https://a.example"),
    ),
    (
        "https://a.example\n",
        OriginWhitespace,
        Some("https://a.example"),
    ),
    ("https://a example", OriginWhitespace, None),
    ("a.example", OriginMissingScheme, Some("https://a.example")),
    (
        "//a.example",
        OriginMissingScheme,
        Some("https://a.example"),
    ),
    (
        "://a.example",
        OriginMissingScheme,
        Some("https://a.example"),
    ),
    (
        "a.example:8443",
        OriginMissingScheme,
        Some("https://a.example:8443"),
    ),
    (
        "localhost:3000",
        OriginMissingScheme,
        Some("http://localhost:3000"),
    ),
    (
        "https:a.example",
        OriginMissingScheme,
        Some("https://a.example"),
    ),
    (
        "http:/a.example",
        OriginMissingScheme,
        Some("http://a.example"),
    ),
    ("*://a.example", OriginScheme, Some("https://a.example")),
    ("http*://a.example", OriginScheme, Some("https://a.example")),
    ("*://[::\0]", OriginScheme, None),
    ("ws://a.\u{202e}example/", OriginOpaqueScheme, None),
    ("ht tp://a.example", OriginWhitespace, None),
    ("1http://a.example", OriginScheme, None),
    ("ht_tp://a.example", OriginScheme, Some("https://a.example")),
    ("file://", OriginOpaqueScheme, None),
    ("file:///home/me/index.html", OriginOpaqueScheme, None),
    ("data:text/html,x", OriginOpaqueScheme, None),
    ("blob:https://a.example", OriginOpaqueScheme, None),
    ("about:blank", OriginOpaqueScheme, None),
    (
        "wss://a.example",
        OriginOpaqueScheme,
        Some("https://a.example"),
    ),
    (
        "ws://a.example:81",
        OriginOpaqueScheme,
        Some("http://a.example:81"),
    ),
    ("ftp://a.example", OriginOpaqueScheme, None),
    (
        "https://me@a.example",
        OriginUserInfo,
        Some("https://a.example"),
    ),
    (
        "https://me:secret@a.example",
        OriginUserInfo,
        Some("https://a.example"),
    ),
    (
        "https://a.example/",
        OriginTrailingSlash,
        Some("https://a.example"),
    ),
    (
        "https://a.example/path",
        OriginPath,
        Some("https://a.example"),
    ),
    ("https://a.example/*", OriginPath, Some("https://a.example")),
    ("https://a.example?q", OriginPath, Some("https://a.example")),
    ("https://a.example#f", OriginPath, Some("https://a.example")),
    (
        "https://a.example\\path",
        OriginPath,
        Some("https://a.example"),
    ),
    (
        "https://A.example",
        OriginUppercase,
        Some("https://a.example"),
    ),
    (
        "HTTPS://a.example",
        OriginUppercase,
        Some("https://a.example"),
    ),
    (
        "HTTPS://A.Example:443/",
        OriginUppercase,
        Some("https://a.example"),
    ),
    (
        "https://a.example:443",
        OriginDefaultPort,
        Some("https://a.example"),
    ),
    (
        "http://a.example:80",
        OriginDefaultPort,
        Some("http://a.example"),
    ),
    ("https://a.example:", OriginPort, Some("https://a.example")),
    (
        "https://a.example:0443",
        OriginPort,
        Some("https://a.example"),
    ),
    (
        "https://a.example:08443",
        OriginPort,
        Some("https://a.example:8443"),
    ),
    ("https://a.example:0", OriginPort, Some("https://a.example")),
    (
        "https://a.example:65536",
        OriginPort,
        Some("https://a.example"),
    ),
    (
        "https://a.example:port",
        OriginPort,
        Some("https://a.example:*"),
    ),
    (
        "https://a.example:+1",
        OriginPort,
        Some("https://a.example"),
    ),
    (
        "https://a.example:99999999999999999999",
        OriginPort,
        Some("https://a.example"),
    ),
    (
        "https://a.example:80*",
        WildcardPort,
        Some("https://a.example:*"),
    ),
    (
        "https://a.example:**",
        WildcardPort,
        Some("https://a.example:*"),
    ),
    ("https://", OriginMissingHost, Some("https://example.com")),
    (
        "https://:8080",
        OriginMissingHost,
        Some("https://example.com"),
    ),
    ("https://a%2eexample", OriginHost, None),
    ("https://a|b.example", OriginHost, None),
    ("https://a^b.example", OriginHost, None),
    (
        "https://<host>.example",
        OriginHost,
        Some("https://*.example"),
    ),
    (
        "https://pr-{id}.a.example",
        OriginHost,
        Some("https://pr-*.a.example"),
    ),
    (
        "https://pr-${ID}.a.example:{port}",
        OriginHost,
        Some("https://pr-*.a.example:*"),
    ),
    (
        "https://{a}{b}.a.example/",
        OriginHost,
        Some("https://*.a.example"),
    ),
    (
        "https://pr-?.a.example",
        OriginHost,
        Some("https://pr-*.a.example"),
    ),
    ("https://{host}", OriginHost, None),
    ("https://a{b.example", OriginHost, None),
    ("https://a}b.example", OriginHost, None),
    (
        "https://a.example/{id}",
        OriginPath,
        Some("https://a.example"),
    ),
    ("https://{a,b}.example", OriginList, None),
    (
        r"https://.*\.a\.example",
        OriginRegex,
        Some("https://*.a.example"),
    ),
    (
        r"^https://a\.example$",
        OriginRegex,
        Some("https://a.example"),
    ),
    ("https://[a-z]+.a.example", OriginRegex, None),
    ("https?://a.example", OriginRegex, None),
    ("https://(a|b).example", OriginRegex, None),
    ("https://a\u{0}b.example", OriginHost, None),
    (
        "https://bücher.example",
        OriginUnicode,
        Some("https://xn--bcher-kva.example"),
    ),
    (
        "https://Bücher.example",
        OriginUnicode,
        Some("https://xn--bcher-kva.example"),
    ),
    (
        "https://ΕΛΛΑΣ.gr",
        OriginUnicode,
        Some("https://xn--mxahsa5b.gr"),
    ),
    (
        "https://ΕΛΛΑς.gr",
        OriginUnicode,
        Some("https://xn--mxahsa0b.gr"),
    ),
    // The sign of the kelvin is a letter of ASCII in lower case.
    (
        "https://\u{212a}.example",
        OriginUnicode,
        Some("https://k.example"),
    ),
    (
        "https://例え.テスト",
        OriginUnicode,
        Some("https://xn--r8jz45g.xn--zckzah"),
    ),
    (
        "https://*.bücher.example",
        OriginUnicode,
        Some("https://*.xn--bcher-kva.example"),
    ),
    ("https://ｅｘａｍｐｌｅ.com", OriginUnicode, None),
    ("https://e\u{301}.example", OriginUnicode, None),
    ("https://xn--.example", OriginPunycode, None),
    ("https://xn--a.example", OriginPunycode, None),
    ("https://xn--abc-.example", OriginPunycode, None),
    ("https://127.1", OriginIpv4, Some("https://127.0.0.1")),
    ("https://0x7f.0.0.1", OriginIpv4, Some("https://127.0.0.1")),
    ("https://0177.0.0.1", OriginIpv4, Some("https://127.0.0.1")),
    ("https://2130706433", OriginIpv4, Some("https://127.0.0.1")),
    ("https://127.0.0.1.", OriginIpv4, Some("https://127.0.0.1")),
    ("https://1.2.3.256", OriginIpv4, None),
    ("https://1.2.3.4.5", OriginIpv4, None),
    ("https://a.example.1", OriginIpv4, None),
    ("https://09.0.0.1", OriginIpv4, None),
    ("http://::1", OriginIpv6, Some("http://[::1]")),
    ("http://::1:3000", OriginIpv6, Some("http://[::1]:3000")),
    (
        "http://2001:DB8::1",
        OriginIpv6,
        Some("http://[2001:db8::1]"),
    ),
    ("http://a:b:1", OriginIpv6, None),
    ("http://[::1", OriginIpv6, None),
    ("http://[::g]", OriginIpv6, None),
    ("http://[0:0:0:0:0:0:0:1]", OriginIpv6, Some("http://[::1]")),
    (
        "http://[2001:DB8::1]:8080",
        OriginIpv6,
        Some("http://[2001:db8::1]:8080"),
    ),
    (
        "http://[2001:db8:0:0:1:0:0:1]",
        OriginIpv6,
        Some("http://[2001:db8::1:0:0:1]"),
    ),
    (
        "http://[2001:db8::1:2:3:4:5]",
        OriginIpv6,
        Some("http://[2001:db8:0:1:2:3:4:5]"),
    ),
    (
        "http://[::ffff:1.2.3.4]",
        OriginIpv6,
        Some("http://[::ffff:102:304]"),
    ),
    (
        "http://[fe80::1%eth0]",
        OriginIpv6,
        Some("http://[fe80::1]"),
    ),
    (
        "https://a..example",
        OriginEmptyLabel,
        Some("https://a.example"),
    ),
    (
        "https://.example.com",
        OriginEmptyLabel,
        Some("https://**.example.com"),
    ),
    ("https://.", OriginEmptyLabel, None),
    (
        "https://*..example",
        OriginEmptyLabel,
        Some("https://*.example"),
    ),
    ("https://192.168.*.1", WildcardIp, None),
    ("http://[::*]", WildcardIp, None),
    (
        "https://a.**.example.com",
        WildcardDeep,
        Some("https://a.*.example.com"),
    ),
    (
        "https://a**.example.com",
        WildcardDeep,
        Some("https://a*.example.com"),
    ),
    (
        "https://***.example.com",
        WildcardDeep,
        Some("https://*.example.com"),
    ),
];

/// What is spelled as browsers spell it, or as the language spells patterns.
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

#[test]
fn what_browsers_never_send_is_refused_and_mended() {
    for (entry, check, mended) in REFUSED {
        let problem = parse(entry).expect_err(entry);
        assert_eq!(problem.check, *check, "{entry:?} {problem:?}");
        for help in problem.helps() {
            let offered = help
                .strip_prefix("write `\"")
                .and_then(|help| help.strip_suffix("\"`"));
            for offered in offered.iter().flat_map(|list| list.split("\", \"")) {
                assert!(parse(offered).is_ok(), "{entry:?} {problem:?}");
            }
        }
        if let Some(mended) = mended {
            let help = format!("write `\"{mended}\"`");
            assert!(problem.helps().contains(&help), "{entry:?} {problem:?}");
            let again = parse(mended).expect("what is offered compiles");
            assert_eq!(again.to_string(), *mended);
        }
    }
}

#[test]
fn what_browsers_send_is_accepted() {
    for entry in ACCEPTED {
        let origin = parse(entry).unwrap_or_else(|problem| panic!("{entry}: {problem:?}"));
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
            Err(problem) => {
                assert!(!is_valid, "{entry}");
                assert_eq!(problem.check, OriginTooLong);
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
            Err(problem) => {
                prop_assert_ne!(serialized.as_deref().filter(|_| is_exact_and_short(&text)), Some(text.as_str()), "{:?}", problem);
                let offered = problem.helps().iter().find_map(|help| {
                    let code = help.strip_prefix("write `")?.strip_suffix('`')?;
                    Some(syn::parse_str::<syn::LitStr>(code).ok()?.value())
                });
                // For what that crate takes as it is, or where a wildcard is meant.
                let is_other = matches!(
                    problem.check,
                    OriginMissingScheme | OriginMissingHost | OriginList | OriginRegex
                ) || text.contains("..") || text.contains("//.");
                if let (Some(offered), Some(serialized)) = (offered, serialized)
                    && !is_other && !offered.contains('*') && !serialized.ends_with(":0")
                {
                    prop_assert_eq!(offered, serialized);
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

/// Whether a host can be in the domain name system, which the `url` crate does not ask, and has no
/// wildcard, which that crate takes for a letter. It takes braces for letters, too: no name server
/// has a name with one, and who writes it means a placeholder. So it is with signs of regexes.
fn is_exact_and_short(text: &str) -> bool {
    !text.contains(['*', '{', '}', '(', '+'])
        && !text.contains("..")
        && !text.contains("//.")
        && !text.ends_with(":0")
}
