//! The short cut for plain origins, against the parser.

use cors_origin::confinement::check_confinement;
use cors_origin::pattern::{Pattern, is_plain_origin};
use cors_support::property;
use proptest::prelude::{prop_assert, proptest};

/// Whether the parser returns a text unchanged, and the text passes every check.
fn is_accepted_as_it_is(text: &str) -> bool {
    Pattern::parse(text).is_ok_and(|pattern| {
        pattern.is_exact()
            && !pattern.is_insecure()
            && check_confinement(&pattern).is_ok()
            && pattern.to_string() == text
    })
}

#[test]
fn usual_origins_are_plain_and_unusual_ones_are_not() {
    for plain in [
        "https://example.com",
        "https://a-b.c2.example.com:8443",
        "https://localhost",
        "https://co.uk",
    ] {
        assert!(
            is_plain_origin(plain) && is_accepted_as_it_is(plain),
            "{plain}"
        );
    }
    for unusual in [
        "http://example.com",
        "https://1.2.3.4",
        "https://example.0x7",
        "https://xn--4ca.example",
        "https://example.com:443",
        "https://example.com:65536",
        "https://example.com/",
        "https://*.example.com",
        "https://",
        "https://a..example",
        "https://example.com.",
        "https://-a.example",
        "https://A.example",
        " https://a.example",
    ] {
        assert!(!is_plain_origin(unusual), "{unusual}");
    }
    let long = |len: usize| format!("https://{}.example", "a".repeat(len));
    assert!(is_plain_origin(&long(63)) && !is_plain_origin(&long(64)));
    let deep = |count: usize| format!("https://{}example", "a.".repeat(count));
    assert!(is_plain_origin(&deep(123)) && !is_plain_origin(&deep(124)));
}

proptest! {
    #![proptest_config(property::cases(20_000))]

    #[test]
    fn what_is_plain_is_accepted_as_it_is(
        text in "https://(([a-z0-9]|xn--|-|_){1,5}\\.){0,3}([a-z]{1,4}|[0-9x]{1,3}|[a-z0-9-]{1,4})(:[0-9]{1,5})?/?"
    ) {
        prop_assert!(!is_plain_origin(&text) || is_accepted_as_it_is(&text), "{}", text);
    }
}
