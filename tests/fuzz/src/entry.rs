//! An entry: the parser against the `url` crate, and what it accepts against the naive reference.

use cors_compiler::automaton::union;
use cors_support::reference_matcher;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{LitStr, Token};
use url::Url;

use crate::compiler::{assert_printable, entry};

pub fn check(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n');
    let (text, origin) = data.split_at(end.unwrap_or(data.len()));
    let origin = origin.strip_prefix(b"\n").unwrap_or(origin);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match entry(text) {
        Ok(None) => assert!(text.trim().eq_ignore_ascii_case("null"), "{text:?}"),
        Ok(Some(parsed)) => {
            assert_eq!(parsed.to_string(), text);
            if parsed.is_exact() && is_of_the_web(text) {
                assert_eq!(serialized(text).as_deref(), Some(text));
            }
            let accepted = match parsed.is_exact() {
                true => text.as_bytes() == origin,
                false => !union(&[&parsed]).accepting(origin).is_empty(),
            };
            assert_eq!(accepted, reference_matcher::accepts(text, origin), "{text}");
            let instance = parsed.example();
            assert!(
                reference_matcher::accepts(text, instance.as_bytes()),
                "{text} {instance}"
            );
        }
        Err(messages) => {
            assert_printable(&messages);
            let [message] = messages.as_slice() else {
                panic!("{messages:?}");
            };
            // Whatever a browser sends can be written down.
            if is_of_the_web(text) && can_be_looked_up(text) {
                assert_ne!(serialized(text).as_deref(), Some(text), "{message}");
            }
            // Suggestions are accepted.
            let offers = message
                .lines()
                .filter_map(|line| line.strip_prefix("help: write `")?.strip_suffix('`'));
            let texts = Punctuated::<LitStr, Token![,]>::parse_terminated;
            for code in offers.filter(|code| code.starts_with('"')) {
                for offered in texts.parse_str(code).expect(code) {
                    assert!(entry(&offered.value()).is_ok(), "{text:?} {message}");
                }
            }
        }
    }
}

fn serialized(text: &str) -> Option<String> {
    let origin = Url::parse(text).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Returns whether the `url` crate can serialize the origin. Excludes Punycode that only Unicode
/// tables can reject, because the macro has none.
fn is_of_the_web(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|start| text.starts_with(start))
        && !text.contains("xn--")
}

/// Returns whether a host can exist in the domain name system, which the `url` crate does not
/// check, and contains neither wildcards, placeholders and regexes, nor separators of several
/// origins, which the crate treats as letters.
fn can_be_looked_up(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| (1..=63).contains(&label.len());
    !text.contains(['*', ',', ';', '{', '}', '(', '+'])
        && !text.ends_with(":0")
        && host.len() <= 253
        && (host.starts_with('[') || host.split('.').all(is_label))
}
