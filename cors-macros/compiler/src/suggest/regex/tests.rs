//! Regular expressions as people write them: `tests/corpus/regexes.toml`.

use quote::quote;

use crate::analysis::tests::proofs::analyse;
use crate::analysis::tests::regexes::{accepts, corpus, host, texts};
use crate::automaton::SerializedOrigins;
use crate::declaration::LiteralStyle;
use crate::model::Regex;
use crate::tokens::report::rust;
use cors_origin::public_suffix::{Name, classify};

use super::*;

/// Returns the counter-example of a regex that is not confined.
fn counterexample(regex: &str) -> Option<String> {
    analyse(&quote!(regex(#regex)), |analysis| {
        let unconfined = analysis.confinement(0).err()?;
        let regex = Regex {
            expression: regex.to_owned(),
            style: LiteralStyle::Ordinary,
        };
        let domains = intent(&regex, Place::in_list(false), analysis).domains;
        Some(analysis.counterexample(0, &unconfined, domains))
    })
}

#[test]
fn every_mistake_is_refused_with_an_origin_of_somebody_else() {
    let mistakes = corpus("mistake");
    assert!(mistakes.len() >= 40);
    for mistake in mistakes {
        let (name, regex) = (&mistake["name"], mistake["regex"].as_str().unwrap());
        let dfa = SerializedOrigins::new().regex(regex);
        let dfa = dfa.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        for origin in texts(&mistake["accepts"]) {
            assert!(accepts(&dfa, origin), "{name}: {origin}");
        }
        let witness = counterexample(regex).unwrap_or_else(|| panic!("{name}: {regex}"));
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
    let literal = with_escaped_dots(regex);
    let literal = literal.and_then(|literal| SerializedOrigins::new().regex(&literal).ok());
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
        assert_eq!(with_escaped_dots(regex).is_some(), is_loose, "{regex}");
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
        // All familiar names are intended here.
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
        assert_eq!(counterexample(regex).unwrap(), witness, "{regex}");
    }
}

#[test]
fn suggestions_for_regexes_follow_the_probable_intention() {
    for (regex, offered) in [
        (r"https://.*\.example.com", "\"https://*.example.com\""),
        (
            r"https://app.example\.com:8443",
            "\"https://app.example.com:8443\"",
        ),
        (
            r"https?://.*example\.com",
            r#"regex(r"https?://example\.com"), regex(r"https?://[a-z0-9-]+\.example\.com")"#,
        ),
        (r"https://EXAMPLE\.COM/", "\"https://example.com\""),
        (
            r".*example\.com",
            r#""https://example.com", "https://*.example.com""#,
        ),
        (r"https://.+example\.com", "\"https://*.example.com\""),
        ("http://localhost.*", "\"http://localhost:*\""),
        (r"https://my.?bank\.com", ""),
        (r"https://pay.*pal\.com", ""),
        (r"https://example\.co.*", ""),
        // Nothing is offered that is not sound, or that means something else.
        (r"https://.*\.com", ""),
        (".*example.*", ""),
        ("null", ""),
    ] {
        let regex = Regex {
            expression: regex.to_owned(),
            style: LiteralStyle::Raw(0),
        };
        let suggested = analyse(&quote!("https://a.example"), |analysis| {
            suggest_sound(&regex, Place::in_list(false), analysis)
        });
        let suggested: Vec<String> = suggested.iter().flatten().map(rust).collect();
        let suggested = suggested.join(", ");
        assert_eq!(suggested, offered, "{regex}");
    }
}
