//! Patterns as text against the reference.

use cors_origin::Origin;
use cors_origin::glob::Glob;
use cors_origin::pattern::{Pattern, PatternIndex};
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::*;

const PATTERNS: [&str; 17] = [
    "https://a.example",
    "https://a.example:8443",
    "https://*.a.example",
    "https://**.a.example",
    "https://a-*.a.example",
    "https://*-a-*.a.example",
    "https://*a*a*.example",
    "https://a.*.example",
    "https://**.*.example",
    "http://a.example:*",
    "http://*.a.example.:*",
    "app://*",
    "app://**",
    "app://*.*",
    "app://A*B*",
    "app://.:*",
    "http://[::1]:*",
];

proptest! {
    #![proptest_config(property::cases(512))]

    #[test]
    fn globs_and_the_reference_agree(
        (pattern, origins) in prop::sample::select(&PATTERNS[..]).prop_flat_map(|pattern| {
            let origins = prop::collection::vec(gen_origins::origins(vec![pattern.to_owned()]), 32);
            (Just(pattern), origins)
        }),
    ) {
        let glob = Glob::new(pattern).unwrap();
        for origin in origins {
            let parsed = Origin::parse(&origin[..]);
            let accepts = parsed.is_ok_and(|origin| glob.accepts(&origin));
            prop_assert_eq!(accepts, reference_matcher::accepts(pattern, &origin), "{} {:?}", pattern, origin);
        }
    }
}

#[test]
fn a_pattern_covers_what_accepts_less() {
    let covers = |cover: &str, pattern: &str| {
        let [cover, pattern] = [cover, pattern].map(|text| Glob::new(text).unwrap());
        cover.covers(&pattern)
    };
    for (cover, pattern) in [
        ("https://*.a.example", "https://x.a.example"),
        ("https://*.a.example", "https://x-*.a.example"),
        ("https://a*c.a.example", "https://a*b*c.a.example"),
        ("https://**.a.example", "https://*.a.example"),
        ("https://**.a.example", "https://**.b.a.example"),
        ("https://**.a.example", "https://*.*.a.example"),
        ("https://**.a.example", "https://**.*.a.example"),
        ("http://a.example:*", "http://a.example:8080"),
        ("http://a.example:*", "http://a.example"),
        ("http://[::1]:*", "http://[::1]:8080"),
    ] {
        assert!(covers(cover, pattern), "{cover} {pattern}");
        assert!(!covers(pattern, cover), "{pattern} {cover}");
    }
    for (a, b) in [
        ("https://a.example", "http://a.example"),
        ("https://*.a.example", "https://*.b.example"),
        ("https://**.*.a.example", "https://*.a.example"),
        ("https://a*.a.example", "https://*a.a.example"),
        ("http://*.a.example", "http://a.example:*"),
    ] {
        assert!(!covers(a, b) && !covers(b, a), "{a} {b}");
    }
}

proptest! {
    #![proptest_config(property::cases(2048))]

    #[test]
    fn covering_patterns_accept_what_covered_ones_accept(
        (cover, pattern, origins) in (
            prop::sample::select(&PATTERNS[..]),
            prop::sample::select(&PATTERNS[..]),
        ).prop_flat_map(|(cover, pattern)| {
            let origins = prop::collection::vec(gen_origins::origins(vec![pattern.to_owned()]), 8);
            (Just(cover), Just(pattern), origins)
        }),
    ) {
        let is_covered = Glob::new(cover).unwrap().covers(&Glob::new(pattern).unwrap());
        for origin in origins {
            let accepts = |pattern| reference_matcher::accepts(pattern, &origin);
            prop_assert!(!is_covered || !accepts(pattern) || accepts(cover), "{} {}", cover, pattern);
        }
    }
}

/// All patterns together, each by its place.
fn index() -> PatternIndex {
    let mut index = PatternIndex::default();
    for (number, pattern) in PATTERNS.iter().enumerate() {
        index.insert(&Pattern::parse(pattern).unwrap(), number);
    }
    index
}

#[test]
fn an_index_finds_the_patterns_that_cover_another() {
    let index = index();
    for pattern in PATTERNS {
        let glob = Glob::new(pattern).unwrap();
        let covers = |number: &usize| Glob::new(PATTERNS[*number]).unwrap().covers(&glob);
        let expected: Vec<usize> = (0..PATTERNS.len()).filter(covers).collect();
        let mut found: Vec<usize> = Vec::new();
        let parsed = Pattern::parse(pattern).unwrap();
        index.covering(&parsed, &mut { 1000 }, |numbers| found.extend(numbers));
        found.sort_unstable();
        assert_eq!(found, expected, "{pattern}");
    }
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn an_index_finds_the_patterns_that_accept_an_origin(
        origins in prop::collection::vec(
            gen_origins::origins(PATTERNS.iter().map(ToString::to_string).collect()), 16),
    ) {
        let index = index();
        for origin in origins {
            let accepts = |number: &usize| reference_matcher::accepts(PATTERNS[*number], &origin);
            let expected: Vec<usize> = (0..PATTERNS.len()).filter(accepts).collect();
            let mut found: Vec<usize> = Vec::new();
            if let Ok(origin) = std::str::from_utf8(&origin) {
                index.accepting(origin, &mut { 1000 }, |numbers| found.extend(numbers));
            }
            found.sort_unstable();
            prop_assert_eq!(found, expected, "{}", origin.escape_ascii());
        }
    }
}
