//! Regular expressions as people write them: `tests/corpus/regexes.toml`.

use std::collections::HashSet;

use toml::{Table, Value};

use crate::automaton::confinement::{self, Unconfined, mended};
use crate::automaton::public_suffix::{Name, classify, registrable};
use crate::automaton::serialized::Serialized;
use crate::automaton::{Dfa, expression, regex};
use crate::check::Check;
use crate::diagnostic::Diagnostic;
use crate::model::{Regex, Spelling, parse_origin};

fn corpus(kind: &str) -> Vec<Table> {
    let text = include_str!("../../../../../tests/corpus/regexes.toml");
    let corpus: Table = text.parse().unwrap();
    let entries = corpus[kind].as_array().unwrap().iter();
    entries
        .map(|entry| entry.as_table().unwrap().clone())
        .collect()
}

fn texts(value: &Value) -> Vec<&str> {
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

/// The automaton of a regex, and whether it is confined.
fn decide(regex: &str) -> Result<(Dfa, Result<(), Unconfined>), Diagnostic> {
    let serialized = Serialized::new();
    let dfa = regex::of(regex, &serialized)?;
    let confinement = confinement::of_regex(regex, &dfa, &serialized);
    Ok((dfa, confinement))
}

fn accepts(dfa: &Dfa, origin: &str) -> bool {
    !dfa.accepting(origin.as_bytes()).is_empty()
}

fn host(origin: &str) -> &str {
    let host = origin.split_once("://").unwrap().1;
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    host.strip_suffix('.').unwrap_or(host)
}

#[test]
fn every_mistake_is_refused_with_an_origin_of_somebody_else() {
    let mistakes = corpus("mistake");
    assert!(mistakes.len() >= 40);
    for mistake in mistakes {
        let (name, regex) = (&mistake["name"], mistake["regex"].as_str().unwrap());
        let (dfa, confinement) =
            decide(regex).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        for origin in texts(&mistake["accepts"]) {
            assert!(accepts(&dfa, origin), "{name}: {origin}");
        }
        let unconfined = confinement.expect_err(&format!("{name}: {regex}"));
        let witness = unconfined.witness;
        assert!(accepts(&dfa, &witness), "{name}: {witness}");
        assert!(
            !accepts_literally(regex, &witness),
            "{name}: {witness} is what {regex} says"
        );
        let is_ownable = matches!(classify(host(&witness)), Name::Registrable { .. });
        // Addresses and app schemes have no registrable domain.
        let has_none = name.as_str().unwrap().starts_with("any ");
        assert!(is_ownable || has_none, "{name}: who could own {witness}?");
    }
}

/// Whether `origin` matches if every unescaped dot is a dot, where that makes a difference.
fn accepts_literally(regex: &str, origin: &str) -> bool {
    let literal = confinement::literal_reading(regex, &Serialized::new());
    literal.is_some_and(|literal| accepts(&literal, origin))
}

#[test]
fn a_dot_is_loose_unless_it_is_escaped_or_in_a_class() {
    for (regex, is_loose) in [
        (r"https://a.b\.com", true),
        (r"https://[ab].c\.com", true),
        (r"https://a\.b\.com", false),
        (r"https://a[.]b\.com", false),
        (r"https://[.a]b\.com", false),
        (r"https://\[a.b\]\.com", true),
    ] {
        let literal = confinement::literal_reading(regex, &Serialized::new());
        assert_eq!(literal.is_some(), is_loose, "{regex}");
    }
}

#[test]
fn every_empty_regex_is_refused_as_such() {
    for empty in corpus("empty") {
        let problem = decide(empty["regex"].as_str().unwrap()).err();
        let check = problem.map(|problem| problem.check);
        assert_eq!(check, Some(Check::RegexEmpty), "{}", empty["name"]);
    }
}

/// Who wrote a whole origin is told what to leave out; who did not, how one starts.
#[test]
fn an_empty_regex_is_mended_by_what_it_lacks() {
    for (regex, advice) in [
        (r"https://example\.com/", "leave out"),
        (r"https:\/\/example\.com\/", "leave out"),
        (r"example\.com", "start with the scheme"),
    ] {
        let problem = decide(regex).err().unwrap();
        assert!(
            problem.helps()[0].starts_with(advice),
            "{regex} {problem:?}"
        );
    }
}

#[test]
fn every_sound_regex_compiles() {
    let sound = corpus("sound");
    assert!(sound.len() >= 40);
    for entry in sound {
        let (name, regex) = (&entry["name"], entry["regex"].as_str().unwrap());
        let (dfa, confinement) =
            decide(regex).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        assert!(confinement.is_ok(), "{name}: {regex} {confinement:?}");
        for origin in texts(&entry["accepts"]) {
            assert!(accepts(&dfa, origin), "{name}: {origin}");
        }
        for origin in texts(&entry["denies"]) {
            assert!(!accepts(&dfa, origin), "{name}: {origin}");
        }
    }
}

#[test]
fn the_counter_example_is_short_and_outside_of_the_literal_reading() {
    for (regex, witness) in [
        (r"https://.*example.com", "https://aexample.com"),
        (r"https://app.example\.com", "https://appaexample.com"),
        (r"https://[a-z]+\.github\.io", "https://b.github.io"),
        (r"https://[a-z0-9-]+\.com", "https://b.com"),
        (r".*\.vercel\.app", "https://b.vercel.app"),
        (r"https://[a-z]?example\.com", "https://aexample.com"),
        (r"https?://example\.com.*", "https://example.com.a.de"),
        (r"https://[a-z]+\.com:8443", "https://b.com:8443"),
        (r"https://[a-z]+\.com\.", "https://b.com."),
        (r"https://[a-z]+\.com\.:8443", "https://b.com.:8443"),
        (r"https://.*", "https://a.de"),
        (r"https://a.cz.?.?.?", "https://a.cz.cz"),
        // What is familiar is all meant here.
        (
            r"https://(?:a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p)\.com|app://y.x\.com",
            "app://yax.com",
        ),
        ("https://.*.example.com", "https://aexample.com"),
        (r"https://.*\.example.com", "https://a.exampleacom"),
        ("https://*.example.com", "https://aexample.com"),
        (r"https://\D+example\.de", "https://aexample.de"),
        (r"https://([a-z]+\.?)+example\.com", "https://aexample.com"),
    ] {
        let unconfined = decide(regex).unwrap().1.unwrap_err();
        assert_eq!(unconfined.witness, witness, "{regex}");
    }
}

#[test]
fn what_is_offered_for_a_regex_is_what_its_author_may_have_meant() {
    for (regex, offered) in [
        (r"https://.*\.example.com", "\"https://*.example.com\""),
        (
            r"https://app.example\.com:8443",
            "\"https://app.example.com:8443\"",
        ),
        (
            r"https?://.*example\.com",
            r#"regex(r"https?://[a-z0-9-]+\.example\.com")"#,
        ),
        (r"https://EXAMPLE\.COM/", "\"https://example.com\""),
        // Nothing is offered that is not sound, or that means something else.
        (r"https://.*\.com", ""),
        (".*example.*", ""),
        ("null", ""),
    ] {
        let regex = Regex {
            expression: regex.to_owned(),
            spelling: Spelling::Raw(0),
        };
        assert_eq!(
            mended(&regex, &Serialized::new()).unwrap_or_default(),
            offered,
            "{regex}"
        );
    }
}

#[test]
fn the_limit_is_sixteen_domains() {
    for (domains, is_confined) in [(16, true), (17, false)] {
        let names: Vec<String> = (0..domains).map(|n| format!("shop{n}")).collect();
        let regex = format!(r"https://(?:{})\.com", names.join("|"));
        assert_eq!(decide(&regex).unwrap().1.is_ok(), is_confined, "{domains}");
    }
}

/// What is confined has no counter-example; patterns and regexes may have different ones.
#[test]
fn names_below_a_domain_that_are_given_to_others_are_not_confined() {
    for (pattern, counter_example) in [
        ("https://*.amazonaws.com", None),
        (
            "https://*.s3.amazonaws.com",
            Some("https://a.s3.amazonaws.com"),
        ),
        (
            "https://**.amazonaws.com",
            Some("https://a.s3.amazonaws.com"),
        ),
        (
            "https://*.*.amazonaws.com",
            Some("https://a.s3.amazonaws.com"),
        ),
        (
            "https://*.*.*.amazonaws.com",
            Some("https://a.a.a.amazonaws.com"),
        ),
        ("https://my-bucket.s3.amazonaws.com", None),
        ("https://**.my-bucket.s3.amazonaws.com", None),
        ("https://*.kobe.jp", Some("https://a.kobe.jp")),
        ("https://*.*.kobe.jp", Some("https://a.a.kobe.jp")),
        ("https://**.city.kobe.jp", None),
    ] {
        let origin = parse_origin(pattern).unwrap();
        let witness = confinement::of_pattern(&origin).err();
        let witness = witness.map(|unconfined| unconfined.witness);
        assert_eq!(witness.as_deref(), counter_example, "{pattern}");
        let (_, confinement) = decide(&expression::of(&origin)).unwrap();
        assert_eq!(confinement.is_ok(), counter_example.is_none(), "{pattern}");
    }
}

#[test]
fn a_regex_of_4096_bytes_is_the_longest() {
    for (name, check) in [
        ("abc", None),
        ("abcd", Some(Check::RegexTooLarge)),
        ("abcde", Some(Check::RegexTooLarge)),
    ] {
        let regex = format!(r"https://{name}\.example") + &"(?:)".repeat(1019);
        assert_eq!(regex.len(), 4093 + name.len());
        let problem = decide(&regex).err();
        assert_eq!(problem.map(|problem| problem.check), check, "{name}");
    }
}

#[test]
fn a_regex_that_grows_too_large_is_refused_in_bounded_time() {
    let start = std::time::Instant::now();
    for regex in [
        r"https://(?:a{1000}){1000}\.com".to_owned(),
        r"(?:(?:(?:(?:a{100}){100}){100}){100}){100}".to_owned(),
        r"https://(?:.*a.{30}){1,20}\.com".to_owned(),
        format!("https://{}", "(".repeat(5000)),
        "(?:".repeat(1300) + &")".repeat(1300),
        "https://".to_owned() + &"a?".repeat(2000) + &"a".repeat(40),
        "[a-z]".repeat(1_000_000),
    ] {
        let check = decide(&regex).err().map(|problem| problem.check);
        let shown = &regex[..regex.len().min(60)];
        println!("{shown} {check:?} {:?}", start.elapsed());
        assert!(
            matches!(check, Some(Check::RegexTooLarge | Check::RegexInvalid)),
            "{shown} {check:?}"
        );
    }
}

/// What an automaton cannot do is not too large.
#[test]
fn words_of_unicode_are_refused_as_such() {
    for (regex, check) in [
        (
            r"(?u)https://\bfoo\.example\.com",
            Some(Check::RegexInvalid),
        ),
        (
            r"https://foo(?u:\B)foo\.example\.com",
            Some(Check::RegexInvalid),
        ),
        (
            r"https://(?u:\b{start})foo\.example\.com",
            Some(Check::RegexInvalid),
        ),
        (r"https://\bfoo\.example\.com", None),
        (r"(?u)https://[a-z]{2}\.example\.com", None),
        (
            r"https://[a-z]{1,63}{1,63}\.example\.com",
            Some(Check::RegexTooLarge),
        ),
    ] {
        let problem = decide(regex).err();
        assert_eq!(problem.map(|problem| problem.check), check, "{regex}");
    }
}

#[test]
fn domains_are_counted_once() {
    let hosts: HashSet<&str> = [
        "https://a.example.com",
        "https://b.c.example.com:1",
        "https://example.com.",
    ]
    .map(|origin| registrable(host(origin)))
    .into();
    assert_eq!(hosts, HashSet::from(["example.com"]));
}
