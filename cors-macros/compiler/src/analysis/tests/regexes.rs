//! Regular expressions as people write them: `tests/corpus/regexes.toml`.

use std::time::{Duration, Instant};

use toml::{Table, Value};

use crate::analysis::{self, is_confined};
use crate::automaton::{Dfa, RegexBudget, RegexError, SerializedOrigins, pattern_to_regex};
use crate::model::Pattern;
use crate::tests::processor_time;
use cors_origin::confinement::check_confinement;

pub(crate) fn corpus(kind: &str) -> Vec<Table> {
    let text = include_str!("../../../../../tests/corpus/regexes.toml");
    let corpus: Table = text.parse().unwrap();
    let entries = corpus[kind].as_array().unwrap().iter();
    entries
        .map(|entry| entry.as_table().unwrap().clone())
        .collect()
}

pub(crate) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        value => value
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap())
            .collect(),
    }
}

fn regex(regex: &str) -> Result<Dfa, RegexError> {
    SerializedOrigins::new().regex(regex)
}

pub(crate) fn accepts(dfa: &Dfa, origin: &str) -> bool {
    !dfa.accepting(origin.as_bytes()).is_empty()
}

pub(crate) fn host(origin: &str) -> &str {
    let host = origin.split_once("://").unwrap().1;
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    host.strip_suffix('.').unwrap_or(host)
}

#[test]
fn every_empty_regex_is_refused_as_such() {
    for empty in corpus("empty") {
        let error = regex(empty["regex"].as_str().unwrap()).err();
        assert_eq!(error, Some(RegexError::Empty), "{}", empty["name"]);
    }
}

#[test]
fn every_sound_regex_compiles() {
    let sound = corpus("sound");
    assert!(sound.len() >= 40);
    for entry in sound {
        let (name, text) = (&entry["name"], entry["regex"].as_str().unwrap());
        let dfa = regex(text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert!(is_confined(&dfa), "{name}: {text}");
        for origin in texts(&entry["accepts"]) {
            assert!(accepts(&dfa, origin), "{name}: {origin}");
        }
        for origin in texts(&entry["denies"]) {
            assert!(!accepts(&dfa, origin), "{name}: {origin}");
        }
    }
}

#[test]
fn the_limit_is_sixteen_domains() {
    for (domains, is_confined) in [(16, true), (17, false)] {
        let names: Vec<String> = (0..domains).map(|n| format!("shop{n}")).collect();
        let dfa = regex(&format!(r"https://(?:{})\.com", names.join("|"))).unwrap();
        assert_eq!(analysis::is_confined(&dfa), is_confined, "{domains}");
    }
}

/// Confined entries have no counter-example; patterns and regexes may have different ones.
#[test]
fn names_below_a_domain_that_are_given_to_others_are_not_confined() {
    for (pattern, counter_example) in [
        ("https://*.amazonaws.com", Some("https://s3.amazonaws.com")),
        ("https://*.ec2.amazonaws.com", None),
        (
            "https://*.s3.amazonaws.com",
            Some("https://a.s3.amazonaws.com"),
        ),
        ("https://**.amazonaws.com", Some("https://s3.amazonaws.com")),
        (
            "https://*.*.amazonaws.com",
            Some("https://a.s3.amazonaws.com"),
        ),
        (
            "https://*.*.*.amazonaws.com",
            Some("https://a.a.s3.amazonaws.com"),
        ),
        ("https://my-bucket.s3.amazonaws.com", None),
        ("https://**.my-bucket.s3.amazonaws.com", None),
        ("https://*.kobe.jp", Some("https://a.kobe.jp")),
        ("https://*.*.kobe.jp", Some("https://a.a.kobe.jp")),
        ("https://**.city.kobe.jp", None),
    ] {
        let origin = Pattern::parse(pattern).unwrap();
        let witness = check_confinement(&origin).err();
        let witness = witness.map(|unconfined| unconfined.witness);
        assert_eq!(witness.as_deref(), counter_example, "{pattern}");
        let dfa = regex(&pattern_to_regex(&origin)).unwrap();
        assert_eq!(is_confined(&dfa), counter_example.is_none(), "{pattern}");
    }
}

#[test]
fn a_regex_of_4096_bytes_is_the_longest() {
    for (name, error) in [
        ("abc", None),
        ("abcd", Some(RegexError::TooLarge)),
        ("abcde", Some(RegexError::TooLarge)),
    ] {
        let text = format!(r"https://{name}\.example") + &"(?:)".repeat(1019);
        assert_eq!(text.len(), 4093 + name.len());
        assert_eq!(regex(&text).err(), error, "{name}");
    }
}

/// A regex that is not read is never reported, so that an earlier one has to be.
#[test]
fn no_regex_is_unread_before_one_is_too_large() {
    let origins = SerializedOrigins::new();
    let texts = [
        r"https://[a-z]+\.example",
        r"(?:[^a]{9})+|https://a\.example",
        r"https://[a-z]{40}\.example",
        "(",
        "a",
    ];
    for states in 0..400 {
        let mut budget = RegexBudget::new(states);
        let errors = texts.iter().cycle().take(10);
        let errors = errors.filter_map(|text| origins.regex_within(text, &mut budget).err());
        let is_about_it =
            |error: &RegexError| !matches!(error, RegexError::Empty | RegexError::Invalid(_));
        let first = errors.into_iter().find(is_about_it);
        assert_eq!(first, Some(RegexError::TooLargeTogether), "{states}");
    }
}

/// Maximum time for one regex, unoptimised, until it is rejected.
const MAX_TIME: Duration = Duration::from_secs(5);

#[test]
fn a_regex_that_grows_too_large_is_refused_in_bounded_time() {
    for text in [
        r"https://(?:a{1000}){1000}\.com".to_owned(),
        r"(?:(?:(?:(?:a{100}){100}){100}){100}){100}".to_owned(),
        r"https://(?:.*a.{30}){1,20}\.com".to_owned(),
        format!("https://{}", "(".repeat(5000)),
        "(?:".repeat(1300) + &")".repeat(1300),
        "https://".to_owned() + &"a?".repeat(2000) + &"a".repeat(40),
        "[a-z]".repeat(1_000_000),
    ] {
        let start = Instant::now();
        let before = processor_time();
        let error = regex(&text).err();
        let taken = processor_time()
            .zip(before)
            .map(|(now, before)| now - before);
        let taken = taken.unwrap_or(start.elapsed());
        let shown = &text[..text.len().min(60)];
        assert!(taken < MAX_TIME, "{shown} {taken:?}");
        assert!(
            matches!(error, Some(RegexError::TooLarge | RegexError::Invalid(_))),
            "{shown} {error:?}"
        );
    }
}

/// Syntax that automata do not support is not reported as too large.
#[test]
fn words_of_unicode_are_refused_as_such() {
    for (text, is_invalid) in [
        (r"(?u)https://\bfoo\.example\.com", true),
        (r"https://foo(?u:\B)foo\.example\.com", true),
        (r"https://(?u:\b{start})foo\.example\.com", true),
        (r"https://\bfoo\.example\.com", false),
        (r"(?u)https://[a-z]{2}\.example\.com", false),
        (r"https://[a-z]{1,63}{1,63}\.example\.com", false),
    ] {
        let error = regex(text).err();
        let refused = matches!(error, Some(RegexError::Invalid(_)));
        assert_eq!(refused, is_invalid, "{text} {error:?}");
    }
}

/// However many hosts, ports and spellings each of them has. The seventeenth is one too many.
#[test]
fn domains_are_counted_once() {
    let names = "abcdefghijklmnopq";
    for (count, is_expected) in [(1, true), (16, true), (17, false)] {
        let names = &names[..count];
        for text in [
            format!(r"https://[{names}]\.com"),
            format!(r"https://(?:www\.|[a-z0-9-]{{1,9}}\.)?[{names}]\.com"),
            format!(r"https?://(?:[a-z]\.)*[{names}]\.com\.?(?::[0-9]+)?"),
        ] {
            let dfa = regex(&text).unwrap();
            assert_eq!(is_confined(&dfa), is_expected, "{text}");
        }
    }
}
