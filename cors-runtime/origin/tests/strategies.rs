//! Strategies: which is chosen, and that each accepts what the reference accepts.

use cors_origin::matcher::strategy::{Strategy, choose_for_origins, choose_for_patterns};
use cors_origin::pattern::Pattern;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::{prop, prop_assert_eq, proptest};
use proptest::strategy::Strategy as _;

/// A strategy, with the number of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Compare(usize),
    PerfectHash(usize),
    SingleWildcard,
    SuffixHash(usize),
}

fn kinds(strategies: &[Strategy]) -> Vec<Kind> {
    let kind = |strategy: &Strategy| match strategy {
        Strategy::Compare(origins) => Kind::Compare(origins.len()),
        Strategy::PerfectHash(table) => Kind::PerfectHash(table.len()),
        Strategy::SingleWildcard(_) => Kind::SingleWildcard,
        Strategy::SuffixHash(group) => Kind::SuffixHash(group.len()),
    };
    strategies.iter().map(kind).collect()
}

/// Patterns, and what matches them.
struct Set {
    /// Those that are matched here.
    patterns: Vec<String>,
    strategies: Vec<Strategy>,
    /// The number of those that take an automaton.
    rest: usize,
}

impl Set {
    fn new(patterns: &[String]) -> Self {
        let parsed: Vec<Pattern> = patterns
            .iter()
            .map(|pattern| Pattern::parse(pattern).expect("a valid pattern"))
            .collect();
        let (strategies, rest) = choose_for_patterns(&parsed.iter().collect::<Vec<_>>());
        let matched = parsed.iter().filter(|pattern| !rest.contains(pattern));
        Self {
            patterns: matched.map(ToString::to_string).collect(),
            strategies,
            rest: rest.len(),
        }
    }

    fn kinds(&self) -> Vec<Kind> {
        kinds(&self.strategies)
    }

    fn accepts(&self, origin: &[u8]) -> bool {
        let mut strategies = self.strategies.iter();
        strategies.any(|strategy| strategy.matches(origin))
    }

    fn check(&self, origin: &[u8]) {
        let mut patterns = self.patterns.iter();
        let expected = patterns.any(|pattern| reference_matcher::accepts(pattern, origin));
        assert_eq!(
            self.accepts(origin),
            expected,
            "{:?} {}",
            self.kinds(),
            origin.escape_ascii()
        );
    }
}

/// `count` patterns or origins, with the number of each for `$`.
fn list(count: usize, pattern: &str) -> Vec<String> {
    (0..count)
        .map(|n| pattern.replace('$', &n.to_string()))
        .collect()
}

#[test]
fn few_origins_are_compared_one_by_one() {
    use Kind::{Compare, PerfectHash};
    for (exact, expected) in [
        (list(1, "https://a$.example"), vec![Compare(1)]),
        (list(8, "https://a$.example"), vec![Compare(8)]),
        (list(9, "https://a$.example"), vec![PerfectHash(9)]),
        (
            [list(8, "x://abc$"), list(2, "x://ab$")].concat(),
            vec![Compare(2), PerfectHash(8)],
        ),
        (
            [list(1, "x://abc$"), list(8, "x://ab$")].concat(),
            vec![Compare(8), PerfectHash(1)],
        ),
        (Vec::new(), Vec::new()),
    ] {
        let texts: Vec<&str> = exact.iter().map(String::as_str).collect();
        let chosen = choose_for_origins(&texts);
        assert_eq!(kinds(&chosen), expected);
        for text in &exact {
            let matching = chosen.iter();
            let matching = matching.filter(|strategy| strategy.matches(text.as_bytes()));
            assert_eq!(matching.count(), 1, "{text}");
        }
    }
}

#[test]
fn few_patterns_are_compared_one_by_one() {
    let comparisons = |count| vec![Kind::SingleWildcard; count];
    let hashes = |counts: &[usize]| -> Vec<Kind> {
        counts
            .iter()
            .map(|count| Kind::SuffixHash(*count))
            .collect()
    };
    let starts = ["x://*", "x://**", "x://a*", "x://b*", "x://c*"];
    let each = |count| starts.map(|start| list(count, &format!("{start}.a$.ababab")));
    for (patterns, expected, rest) in [
        (list(4, "x://*.a$.ababab"), comparisons(4), 0),
        (list(5, "x://*.a$.ababab"), hashes(&[5]), 0),
        // Not suitable for a table: an ending shorter than a word, none at all, another byte before
        // it.
        (list(5, "x://*.a$.aba"), comparisons(5), 0),
        (list(5, "x://*.a$.abab"), hashes(&[5]), 0),
        (list(5, "x://*a$"), comparisons(5), 0),
        (list(5, "x://*a:8$"), comparisons(5), 0),
        (list(8, "x://a$*.ababab"), comparisons(8), 0),
        (list(9, "x://a$*.ababab"), Vec::new(), 9),
        (
            [list(8, "x://a$*.ababab"), list(2, "x://*.*.a$")].concat(),
            comparisons(8),
            2,
        ),
        (
            each(5).concat(),
            [hashes(&[5; 4]), comparisons(5)].concat(),
            0,
        ),
        (
            [each(5).concat(), list(6, "x://d*.a$.ababab")].concat(),
            hashes(&[6, 5, 5, 5]),
            10,
        ),
    ] {
        let set = Set::new(&patterns);
        assert_eq!((set.kinds(), set.rest), (expected, rest), "{patterns:?}");
    }
}

/// Sets of patterns, one for each strategy and one for all together.
fn sets() -> Vec<Vec<String>> {
    let each = |pattern: &str| {
        ["aa.a", "aa.b", "ab.a", "b.aa", "aaa.aaa", "a.a.a.a"]
            .map(|name| pattern.replace('$', name))
    };
    vec![
        vec!["x://*.aa.bb".into()],
        vec!["x://a*b.aa".into(), "http://aa:*".into()],
        vec!["x://**.aa".into(), "http://**.b:8".into()],
        each("x://*.$.ababab").into(),
        each("x://**.$.ababab").into(),
        each("http://*a.$.bababa:*").into(),
        each("http://$.ababab:*").into(),
        [
            each("x://*.$.ababab"),
            each("x://**.$.bababa"),
            each("x://a*.$.ababab:*"),
        ]
        .concat(),
    ]
}

/// The patterns of a group are those that it was made of.
#[test]
fn groups_tell_their_patterns() {
    for patterns in sets() {
        for strategy in Set::new(&patterns).strategies {
            if let Strategy::SuffixHash(group) = strategy {
                assert_eq!(group.len(), group.patterns().len());
                assert!(group.patterns().is_sorted());
                for pattern in group.patterns() {
                    assert!(patterns.contains(&pattern), "{pattern}");
                }
            }
        }
    }
}

/// All texts of up to `longest` bytes of a small alphabet replace the wildcard, and at the end.
#[test]
fn strategies_accept_what_the_reference_accepts_for_every_short_text() {
    const ALPHABET: &[u8] = b"ab.:8*";
    let texts = |longest: usize| {
        let mut texts = vec![Vec::new()];
        let mut last = texts.clone();
        for _ in 0..longest {
            last = last
                .iter()
                .flat_map(|text: &Vec<u8>| {
                    ALPHABET
                        .iter()
                        .map(|byte| [text.as_slice(), &[*byte]].concat())
                })
                .collect();
            texts.extend(last.iter().cloned());
        }
        texts
    };
    let (short, long) = (texts(2), texts(4));
    for patterns in sets() {
        let set = Set::new(&patterns);
        assert_eq!(set.rest, 0);
        // The first pattern of each kind is enough: the others differ in letters.
        for pattern in [&patterns[0], &patterns[patterns.len() - 1]] {
            let pattern = pattern.trim_end_matches(":*").replace("**", "*");
            let (before, after) = pattern.split_once('*').unwrap_or((&pattern, ""));
            for middle in &long {
                set.check(&[before.as_bytes(), middle, after.as_bytes()].concat());
            }
            for middle in &short {
                for end in &short {
                    set.check(&[before.as_bytes(), middle, after.as_bytes(), end].concat());
                }
            }
        }
    }
}

fn patterns() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    let start = prop::sample::select(vec![
        "https://*.",
        "https://**.",
        "http://*.",
        "https://a-*.",
        "https://*-a.",
        "https://*.*.",
        "http://",
    ]);
    let name = prop::sample::select(vec![
        "aa.example",
        "ab.example",
        "aa.bb.example",
        "a.example.com",
        "b.example.com",
    ]);
    let port = prop::sample::select(vec!["", "", "", ":*", ":8443"]);
    prop::collection::vec(
        (start, name, port).prop_map(|(start, name, port)| format!("{start}{name}{port}")),
        1..24,
    )
    .prop_map(|mut patterns| {
        // Entries that are exact, or there twice, do not get here.
        patterns.retain(|pattern| pattern.contains('*'));
        patterns.sort();
        patterns.dedup();
        patterns
    })
    .prop_filter("some are left", |patterns| !patterns.is_empty())
}

proptest! {
    #![proptest_config(property::cases(96))]

    #[test]
    fn strategies_and_the_reference_agree((patterns, origins) in gen_origins::with_origins(patterns())) {
        let set = Set::new(&patterns);
        for origin in origins {
            let mut matched = set.patterns.iter();
            let expected = matched.any(|pattern| reference_matcher::accepts(pattern, &origin));
            prop_assert_eq!(set.accepts(&origin), expected, "{:?} {:?}", patterns, origin);
        }
    }
}
