//! Expressions against the automata that they are made for, and against the library.

use std::cell::Cell;

use proptest::prelude::*;
use toml::Table;

use super::super::automata::{build_automaton, distinguishing_text, regex_automaton};
use super::super::expression::{
    self, MAX_LEN, RegexFault, any_expressions, host_expression, pattern_expression,
};
use super::super::guard::DEFAULT_PORT;
use crate::automaton::union;
use crate::model::Pattern;
use cors_origin::authority::Authority;
use cors_origin::pattern::HostPattern;
use cors_support::property;

/// An expression of a host with a default port, compared with the steps that a policy takes.
#[test]
fn a_host_and_its_expression_accept_the_same() {
    const ENDS: [&str; 10] = [
        "", ":", ":80", ":443", ":8080", ":80:", ":443:80", "::80", ".", ":0",
    ];
    const HOSTS: [&str; 7] = [
        "api.example.com",
        "API.Example.com",
        "a.api.example.com",
        "a.b.api.example.com",
        "[::1]",
        "10.0.0.1",
        "localhost",
    ];
    let (mut accepted, mut denied) = (0, 0);
    for pattern in [
        "api.example.com",
        "*.api.example.com",
        "**.example.com:*",
        "[::1]:8080",
        "[::1]",
        "10.0.0.1",
        "localhost:*",
    ] {
        let origin = HostPattern::parse(pattern).unwrap().into_origin();
        let meant = union(&[&origin]);
        let expression = format!("({}){DEFAULT_PORT}", host_expression(pattern));
        let printed = build_automaton(&[&expression]).unwrap();
        for (host, end) in HOSTS.iter().flat_map(|host| ENDS.map(|end| (host, end))) {
            let value = format!("{host}{end}");
            let authority = Authority::new(value.as_bytes()).unwrap();
            let is_meant = !meant.accepting(authority.as_origin()).is_empty();
            let value = value.to_ascii_lowercase();
            let is_printed = !printed.accepting(value.as_bytes()).is_empty();
            assert_eq!(is_printed, is_meant, "{pattern} {value}");
            match is_meant {
                true => accepted += 1,
                false => denied += 1,
            }
        }
    }
    assert!(accepted > 40 && denied > 40, "{accepted} {denied}");
}

fn is_portable(expression: &str) -> bool {
    let bytes = expression.as_bytes();
    let escapes_are_known = expression
        .match_indices('\\')
        .all(|(at, _)| matches!(bytes.get(at + 1), Some(b'[' | b']' | b'x')));
    // Counts are 255 at most, as the longest that is read is 324.
    let is_known = |byte: &u8| byte.is_ascii_graphic() && !b"^$\"'`;#%".contains(byte);
    escapes_are_known && bytes.iter().all(is_known) && !expression.contains("(?")
}

fn patterns() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec!["https", "http", "app", "h2t-tp.x"]);
    let label = prop_oneof![
        "[ab]{1,2}",
        Just("*".to_owned()),
        "[ab]\\*",
        "\\*[ab]",
        "[ab]\\*[ab]\\*",
        "x_-y"
    ];
    let deep = prop::option::weighted(0.3, Just("**.".to_owned()));
    let port = prop::sample::select(vec!["", ":8080", ":*"]);
    (scheme, deep, prop::collection::vec(label, 1..4), port).prop_map(
        |(scheme, deep, labels, port)| {
            format!(
                "{scheme}://{}{}{port}",
                deep.unwrap_or_default(),
                labels.join(".")
            )
        },
    )
}

proptest! {
    #![proptest_config(property::cases(128))]

    #[test]
    fn a_pattern_and_its_expression_accept_the_same(pattern in patterns()) {
        let expression = pattern_expression(&pattern);
        let printed = build_automaton(&[&expression]).unwrap();
        let meant = union(&[&Pattern::parse(&pattern).unwrap()]);
        prop_assert_eq!(distinguishing_text(&printed, &meant), None, "{} {}", pattern, expression);
        prop_assert!(is_portable(&expression), "{}", expression);
    }
}

#[test]
fn every_kind_of_entry_is_printed() {
    for (pattern, expected) in [
        ("null", "null"),
        ("https://example.com", "https://example[.]com"),
        ("https://example.com.:8443", "https://example[.]com[.]:8443"),
        ("http://[::1]:5173", r"http://\[::1\]:5173"),
        ("http://[fe80::]", r"http://\[fe80::\]"),
        (
            "https://pr-*.a_b.example",
            "https://pr-[a-z0-9_-]+[.]a_b[.]example",
        ),
        (
            "https://**.example",
            "https://[a-z0-9_-]+([.][a-z0-9_-]+)*[.]example",
        ),
        ("web+app://a'b", r"web[+]app://a\x27b"),
        (
            "app://x:*",
            "app://x(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?",
        ),
    ] {
        assert_eq!(pattern_expression(pattern), expected);
        let printed = build_automaton(&[expected]).unwrap();
        if let Ok(origin) = Pattern::parse(pattern) {
            assert_eq!(
                distinguishing_text(&printed, &union(&[&origin])),
                None,
                "{pattern}"
            );
        }
        assert!(is_portable(expected), "{expected}");
    }
}

#[test]
fn any_port_is_every_port_but_the_default_one() {
    for (scheme, default) in [("http", 80), ("https", 443), ("app", 0)] {
        let dfa = build_automaton(&[pattern_expression(&format!("{scheme}://a:*"))]).unwrap();
        for port in 0..70_000_u32 {
            let origin = format!("{scheme}://a:{port}");
            let expected = port != default && (1..=65_535).contains(&port);
            assert_eq!(
                !dfa.accepting(origin.as_bytes()).is_empty(),
                expected,
                "{origin}"
            );
        }
        for origin in ["://a:", "://a:01", "://a:0443", "://a:1a"] {
            assert!(
                dfa.accepting(format!("{scheme}{origin}").as_bytes())
                    .is_empty()
            );
        }
    }
}

/// Origins and similar texts. Most have an IPv6 address, whose expression is the longest.
fn sent() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![
        prop::sample::select(vec![
            "http", "https", "h", "ht", "htt", "httpx", "httpss", "app", "ws", "wsss", "fil",
            "file", "1a", ""
        ])
        .prop_map(str::to_owned),
        "[a-z+.-]{1,6}",
    ];
    let group =
        prop_oneof![4 => "[0-9a-f]{1,4}", 1 => Just(String::new()), 1 => "[0-9a-fA-Fg]{0,5}"];
    let address = prop_oneof![
        prop::collection::vec(group.clone(), 0..10).prop_map(|groups| groups.join(":")),
        (
            prop::collection::vec("[0-9a-f]{1,4}", 0..8),
            prop::collection::vec("[0-9a-f]{1,4}", 0..8)
        )
            .prop_map(|(before, after)| format!(
                "{}::{}",
                before.join(":"),
                after.join(":")
            )),
    ];
    let host = prop_oneof![
        3 => address.prop_map(|address| format!("[{address}]")),
        1 => "[a-z0-9_-]{0,3}([.][a-z0-9_-]{0,3}){0,2}",
        1 => "([0-9]{1,4}[.]){0,4}(0?x)?[0-9a-g]{0,4}[.]?",
        1 => "([1-9]?[0-9][.]|1[0-9]{2}[.]|2[0-5]{2}[.]){3}[1-2]?[0-9]{1,2}",
        1 => "[a-zA-Z0-9!~.%$'\"*]{0,6}",
    ];
    let port = prop_oneof![
        Just(String::new()),
        (0..70_000_u32).prop_map(|port| format!(":{port}")),
        prop::sample::select(vec![":80", ":443", ":081", ":", ":x"]).prop_map(str::to_owned),
    ];
    (scheme, host, port).prop_map(|(scheme, host, port)| format!("{scheme}://{host}{port}"))
}

#[test]
fn any_is_what_browsers_send() {
    let dfa = build_automaton(&any_expressions()).unwrap();
    let accepts = |origin: &str| !dfa.accepting(origin.as_bytes()).is_empty();
    for origin in [
        "null",
        "file://",
        "https://a",
        "http://[::1]:81",
        "app://a.b.",
        "app://.",
        "wssx://A'$",
        "ws://a",
    ] {
        assert!(accepts(origin), "{origin}");
    }
    let accepted = Cell::new(0);
    let config = property::cases(12_000);
    proptest!(config, |(origin in sent())| {
        let expected = cors_origin::origin::is_serialized_origin(origin.as_bytes());
        accepted.set(accepted.get() + u32::from(expected));
        prop_assert_eq!(accepts(&origin), expected, "{}", origin);
    });
    assert!(accepted.get() > 1_000, "{accepted:?}");
}

#[test]
fn no_part_of_any_is_long() {
    let expressions = any_expressions();
    assert_eq!(expressions.len(), 9);
    for expression in expressions {
        assert!(
            is_portable(&expression) && expression.len() < 700,
            "{}",
            expression.len()
        );
    }
}

/// Every regex of the corpus that a policy accepts, sound or not.
#[test]
fn a_regex_and_its_expression_accept_the_same() {
    let text = include_str!("../../../../../tests/corpus/regexes.toml");
    let corpus: Table = text.parse().unwrap();
    let (mut count, mut longest) = (0, 0);
    for kind in ["sound", "mistake"] {
        for case in corpus[kind].as_array().unwrap() {
            let (name, regex) = (&case["name"], case["regex"].as_str().unwrap());
            let printed = match (kind, expression::regex_expression(regex)) {
                (_, Ok(printed)) => printed,
                // Of no use to anybody, as they are refused.
                ("mistake", Err(RegexFault::TooLong)) => continue,
                (_, Err(fault)) => panic!("{name}: {regex}: {fault:?}"),
            };
            let (dfa, accepted) = (
                build_automaton(&[&printed]).unwrap(),
                regex_automaton(regex).unwrap(),
            );
            assert_eq!(
                distinguishing_text(&dfa, &accepted),
                None,
                "{name}: {regex} {printed}"
            );
            assert!(is_portable(&printed), "{name}: {printed}");
            count += 1;
            longest = longest.max(printed.len());
        }
    }
    println!("{count} regexes, {longest} bytes at most");
    assert!(count > 150 && longest < MAX_LEN, "{count} {longest}");
}

#[test]
fn a_regex_is_printed_as_it_is_written_where_it_can_be() {
    for (regex, expected) in [
        (
            r"https://(shop|blog)[0-9]{1,3}\.example\.net",
            "https://(shop|blog)[0-9]{1,3}[.]example[.]net",
        ),
        (
            r"^https://[a-z]+\.example\.com$",
            "https://[a-z]+[.]example[.]com",
        ),
        (r"(?i)https://EXAMPLE\.com", "https://example[.]com"),
        (
            r"https?://\w+\.example\.com(:8\d{3})?",
            "https?://[a-z0-9_]+[.]example[.]com(:8[0-9]{3})?",
        ),
        (
            r"https://(?:a|b|ab)\.example\.com(?:\.)?",
            "https://([ab]|ab)[.]example[.]com[.]?",
        ),
    ] {
        let printed = expression::regex_expression(regex).unwrap();
        let (dfa, accepted) = (
            build_automaton(&[&printed]).unwrap(),
            regex_automaton(regex).unwrap(),
        );
        assert_eq!(
            distinguishing_text(&dfa, &accepted),
            None,
            "{regex} {printed}"
        );
        assert_eq!(printed, expected);
    }
}
