//! Compares the proofs about entries with the naive reference, for many origins.

use std::cell::Cell;
use std::collections::HashSet;

use cors_support::{gen_origins, property, reference_matcher};
use proc_macro2::TokenStream;
use proptest::prelude::*;
use quote::quote;

use crate::analysis::confinement::is_confined;
use crate::analysis::counterexample::counterexample;
use crate::analysis::domains::owners;
use crate::analysis::{Analysis, MAX_STEPS};
use crate::automaton::tests::patterns::patterns;
use crate::automaton::{SerializedOrigins, pattern_to_regex};
use crate::model::{self, EnvValue, Pattern};
use crate::tokens::{self, Source};
use cors_origin::confinement::check_confinement;

/// Runs `ask` on the analysis of entries, some of them as regexes.
fn with_analysis<T>(entries: &[(String, bool)], ask: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let entries = entries.iter().map(|(text, as_regex)| match as_regex {
        true => {
            let pattern = Pattern::parse(text);
            let regex = pattern.map_or_else(|_| text.clone(), |pattern| pattern_to_regex(&pattern));
            quote!(regex(#regex))
        }
        false => quote!(#text),
    });
    analyse(&quote!(#(#entries),*), ask)
}

/// Runs `ask` on the analysis of the entries in `entries`.
pub(crate) fn analyse<T>(entries: &TokenStream, ask: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let tokens = quote!(allow_origins = [#entries]);
    let declaration = tokens::read(tokens, &mut Source::default());
    let policy = model::read(&declaration, &|_: &str| EnvValue::Unset);
    let analysis = Analysis::new(&policy);
    assert!(declaration.mistakes.is_empty() && policy.mistakes.is_empty());
    ask(&analysis)
}

/// Patterns, of which some accept a part of what another accepts.
fn related_patterns() -> impl Strategy<Value = Vec<String>> {
    let narrower = |pattern: &String| {
        let ways = [("**.", "*.b."), ("*.", "ab."), ("*", "b"), (":*", ":8080")];
        let way = ways.iter().find(|(wide, _)| pattern.contains(wide));
        way.map(|(wide, narrow)| pattern.replacen(wide, narrow, 1))
    };
    (patterns(), any::<bool>(), any::<bool>()).prop_map(move |(mut patterns, more, first)| {
        if more && let Some(pattern) = patterns.iter().find_map(narrower) {
            let place = if first { 0 } else { patterns.len() };
            patterns.insert(place, pattern);
        }
        patterns
    })
}

/// If an entry is covered, another entry, or one before it, accepts everything that it accepts. If
/// it is not covered, there is an origin that shows it. The first of several equivalent entries
/// represents the others.
#[test]
fn an_entry_covers_another_if_it_accepts_all_of_it() {
    let entries = related_patterns().prop_flat_map(|patterns| {
        let count = patterns.len();
        let as_regex = prop::collection::vec(any::<bool>(), count);
        let entries = (Just(patterns.clone()), as_regex).prop_map(|(patterns, as_regex)| {
            patterns.into_iter().zip(as_regex).collect::<Vec<_>>()
        });
        (
            entries,
            prop::collection::vec(gen_origins::origins(patterns), 300),
        )
    });
    property::check(40, entries, |(entries, origins), branches| {
        let covers: Vec<(Vec<usize>, bool)> = with_analysis(&entries, |analysis| {
            let by_earlier = |entry| analysis.is_covered(entry, &|other| other < entry);
            (0..entries.len())
                .map(|entry| {
                    let others = (0..entries.len()).filter(|other| *other != entry);
                    let covering = others.filter(|other| analysis.covers(*other, entry));
                    (covering.collect(), by_earlier(entry))
                })
                .collect()
        });
        for (a, (inner, _)) in entries.iter().enumerate() {
            let accepted: Vec<Vec<u8>> = instances(inner)
                .into_iter()
                .chain(origins.iter().map(|origin| origin.to_vec()))
                .filter(|origin| reference_matcher::accepts(inner, origin))
                .collect();
            let first = |entry: usize| entries.iter().position(|other| *other == entries[entry]);
            if first(a) != Some(a) {
                prop_assert_eq!(
                    &covers[a].0,
                    &Vec::from_iter(first(a)),
                    "{} of {:?}",
                    inner,
                    entries
                );
            }
            for (b, (outer, _)) in entries.iter().enumerate() {
                if a == b || first(a) != Some(a) || first(b) != Some(b) {
                    continue;
                }
                let counter_example = accepted
                    .iter()
                    .find(|origin| !reference_matcher::accepts(outer, origin));
                let counter_example =
                    counter_example.map(|origin| origin.escape_ascii().to_string());
                let covered = covers[a].0.contains(&b);
                branches.note("an entry is covered", covered);
                branches.note("an entry is not covered", !covered);
                prop_assert_eq!(
                    covered,
                    counter_example.is_none(),
                    "{} in {}: {:?}",
                    inner,
                    outer,
                    counter_example
                );
            }
            let is_accepted = |origin: &Vec<u8>| {
                entries[..a]
                    .iter()
                    .any(|(outer, _)| reference_matcher::accepts(outer, origin))
            };
            let covered = covers[a].1;
            branches.note("an entry is covered by those before it", covered);
            prop_assert_eq!(
                covered,
                accepted.iter().all(is_accepted),
                "{} of {:?}",
                inner,
                entries
            );
        }
        Ok(())
    });
}

proptest! {
    #![proptest_config(property::cases(40))]

    /// The walk over an automaton and the shortcut for patterns decide alike.
    #[test]
    fn patterns_and_regexes_are_confined_alike(
        labels in prop::collection::vec(prop::sample::select(vec![
            "a", "b", "*", "a*", "*-b", "com", "github", "io", "co", "uk", "amazonaws", "s3", "internal", "kobe", "jp",
        ]), 1..5),
        deep in any::<bool>(),
        port in prop::sample::select(vec!["", ":8080", ":*"]),
    ) {
        let deep = if deep { "**." } else { "" };
        let pattern = format!("https://{deep}{}{port}", labels.join("."));
        let origin = Pattern::parse(&pattern).unwrap();
        let expression = pattern_to_regex(&origin);
        let dfa = SerializedOrigins::new().regex(&expression).unwrap();
        let as_pattern = check_confinement(&origin);
        prop_assert_eq!(as_pattern.is_ok(), is_confined(&dfa), "{} {:?}", pattern, as_pattern);
        if let Err(unconfined) = as_pattern {
            let by_regex = owners(&dfa).unwrap_err();
            let steps = Cell::new(MAX_STEPS);
            let by_regex = counterexample(&dfa, &by_regex, HashSet::new(), &steps);
            for witness in [unconfined.witness, by_regex] {
                prop_assert!(reference_matcher::accepts(&pattern, witness.as_bytes()), "{} {}", pattern, witness);
            }
        }
    }
}

/// Origins that a pattern accepts, with wildcards replaced by texts that distinguish other
/// patterns.
fn instances(pattern: &str) -> Vec<Vec<u8>> {
    let mut instances = vec![pattern.to_owned()];
    let fillers = [
        "x", "a", "b", "ax", "xa", "bx", "xb", "axa", "aa", "bb", "ab", "ba",
    ];
    let deep = ["x", "a", "b", "x.x", "a.b", "x.a", "x.x.x", "x.x.x.x.x"];
    let ports = ["", ":1", ":8080"];
    loop {
        let position = instances.iter().position(|instance| instance.contains('*'));
        let Some(position) = position.filter(|_| instances.len() < 60_000) else {
            break;
        };
        let instance = instances.swap_remove(position);
        if let Some(start) = instance.strip_suffix(":*") {
            instances.extend(ports.map(|port| format!("{start}{port}")));
        } else if instance.contains("**") {
            instances.extend(deep.map(|filler| instance.replacen("**", filler, 1)));
        } else {
            instances.extend(fillers.map(|filler| instance.replacen('*', filler, 1)));
        }
    }
    instances.into_iter().map(String::into_bytes).collect()
}

#[test]
fn insecure_origins_are_those_that_leave_the_machine_in_plain_text() {
    for (origin, is_insecure) in [
        ("http://example.com", true),
        ("http://example.com:8080", true),
        ("http://192.168.0.1", true),
        ("http://128.0.0.1", true),
        ("http://[::2]", true),
        ("http://localhost.example.com", true),
        ("http://evillocalhost", true),
        ("http://127.evil.com", true),
        ("http://127.0.0.1.evil.com", true),
        ("http://127.0.0.evil", true),
        ("http://127.*.example.com", true),
        ("http://127.localhost.evil.com", true),
        ("http://*.example.com", true),
        ("http://*.localhost.com", true),
        ("http://loc*lhost", true),
        ("http://*t", true),
        ("http://**:*", true),
        ("https://example.com", false),
        ("http://localhost", false),
        ("http://localhost:3000", false),
        ("http://localhost:*", false),
        ("http://app.localhost", false),
        ("http://**.localhost:*", false),
        ("http://localhost.", false),
        ("http://127.0.0.1:8080", false),
        ("http://127.1.2.3", false),
        ("http://[::1]:8080", false),
        ("capacitor://localhost", false),
        ("chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", false),
    ] {
        for as_regex in [false, true] {
            let witness = with_analysis(&[(origin.to_owned(), as_regex)], |analysis| {
                analysis.insecure_origin(0)
            });
            assert_eq!(witness.is_some(), is_insecure, "{origin} {witness:?}");
            let is_accepted =
                |witness: String| reference_matcher::accepts(origin, witness.as_bytes());
            assert!(witness.is_none_or(is_accepted), "{origin}");
        }
    }
}

/// A host may have bytes that no wildcard matches; what has them counts all the same.
#[test]
fn every_byte_of_a_host_counts() {
    let is_host = |byte: &u8| Pattern::parse(&format!("app://*.{}b", char::from(*byte))).is_ok();
    let bytes: Vec<u8> = (0..0x80).filter(is_host).collect();
    assert!(b"!~%A".iter().all(|byte| bytes.contains(byte)) && !bytes.contains(&b'"'));
    for byte in bytes.into_iter().map(char::from) {
        if ['.', '*'].contains(&byte) {
            continue;
        }
        // A text split by a comma or semicolon must not look like two origins.
        let parent = format!("{byte}b");
        let text = |host: &str| (format!("app://{host}{parent}"), false);
        with_analysis(&[text("a."), text("*."), text("*.x")], |analysis| {
            assert!(analysis.is_covered(0, &|entry| entry == 1), "{byte}");
            assert!(!analysis.is_covered(1, &|entry| entry != 1), "{byte}");
            assert_eq!(analysis.covering(0, &|_| true), Some(1), "{byte}");
        });
    }
}

/// Several entries may accept together what none of them accepts alone.
#[test]
fn an_entry_is_covered_by_several_if_they_accept_all_of_it() {
    let entry = |text: &str, is_regex| (format!("https://{text}.example"), is_regex);
    let patterns = ["*a*", "*b*", "*c*"].map(|text| entry(text, false));
    let exact = ["ddd", "dd"].map(|text| entry(text, false));
    for (regex, by_patterns, by_all) in [
        ("[a-c]{3,6}", true, true),
        ("[a-c]{3}|ddd", false, true),
        ("[a-c]{3}|ddd?", false, true),
        ("ddd", false, true),
        ("[a-c]{2,6}", false, false),
        ("[a-d]{3}", false, false),
        ("[a-c]{3}|d+", false, false),
        ("[a-e]{3}", false, false),
    ] {
        let mut entries = vec![entry(&format!("({regex})\\"), true)];
        entries.extend(patterns.iter().chain(&exact).cloned());
        with_analysis(&entries, |analysis| {
            let is_pattern = |entry| (1..4).contains(&entry);
            assert_eq!(analysis.is_covered(0, &is_pattern), by_patterns, "{regex}");
            assert_eq!(
                analysis.is_covered(0, &|entry| entry > 0),
                by_all,
                "{regex}"
            );
        });
    }
}

#[test]
fn an_instance_is_an_origin_that_the_pattern_accepts() {
    for pattern in [
        "https://*.example.com",
        "https://**.a-*.example.com:*",
        "https://*",
        "https://**",
        "http://[::1]:*",
        "https://a.*",
    ] {
        let origin: Pattern = Pattern::parse(pattern).unwrap();
        assert!(
            reference_matcher::accepts(pattern, origin.example().as_bytes()),
            "{pattern} {}",
            origin.example()
        );
    }
}
