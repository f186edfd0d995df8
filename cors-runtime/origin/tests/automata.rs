//! Automata of patterns: each accepts what the reference accepts, in bounded time and space.

use std::time::{Duration, Instant};

use cors_origin::matcher::dfa::PatternAutomaton;
use cors_origin::pattern::Pattern;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::{prop, prop_assert_eq, proptest};
use proptest::strategy::Strategy as _;

fn build(patterns: &[String]) -> Vec<PatternAutomaton> {
    let parsed: Vec<Pattern> = patterns
        .iter()
        .map(|pattern| Pattern::parse(pattern).expect("a valid pattern"))
        .collect();
    PatternAutomaton::build_all(&parsed.iter().collect::<Vec<_>>())
}

fn accepts(automata: &[PatternAutomaton], origin: &[u8]) -> bool {
    automata.iter().any(|automaton| automaton.matches(origin))
}

fn check(patterns: &[String], automata: &[PatternAutomaton], origin: &[u8]) {
    let mut matching = patterns.iter();
    let expected = matching.any(|pattern| reference_matcher::accepts(pattern, origin));
    let actual = accepts(automata, origin);
    assert_eq!(actual, expected, "{patterns:?} {}", origin.escape_ascii());
}

fn texts(alphabet: &[u8], longest: usize) -> Vec<Vec<u8>> {
    let mut texts = vec![Vec::new()];
    let mut last = texts.clone();
    for _ in 0..longest {
        let longer = |text: &Vec<u8>| {
            let bytes = alphabet.iter();
            let longer = bytes.map(|byte| [text.as_slice(), &[*byte]].concat());
            longer.collect::<Vec<_>>()
        };
        last = last.iter().flat_map(longer).collect();
        texts.extend(last.iter().cloned());
    }
    texts
}

/// Everything between the scheme and the end that is made of a few bytes.
#[test]
fn automata_accept_what_the_reference_accepts_for_every_short_text() {
    for patterns in [
        vec!["x://*.*.a"],
        vec!["x://*a*.a"],
        vec!["x://*a*b*"],
        vec!["x://a*a*a"],
        vec!["x://**.*.a"],
        vec!["x://**.a", "x://**.b.a"],
        vec!["x://**.a*", "x://*b*.a"],
        vec!["x://*ab*", "x://*ba*", "x://*aa*"],
        vec!["x://*a*a*", "x://*ab", "x://b*b"],
        vec!["x://*.*:*", "x://*.*.*:8"],
        vec!["x://*", "x://*.*", "x://**.*"],
        vec!["x://*b", "x://**.b", "x://b*"],
        vec!["x://ab:*", "x://*.ab:*"],
        vec!["x://a.b:*"],
    ] {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        let automata = build(&patterns);
        for host in texts(b"ab.", 6) {
            for end in ["", ":8", ":", ":*"] {
                let origin = [b"x://", host.as_slice(), end.as_bytes()].concat();
                check(&patterns, &automata, &origin);
            }
        }
    }
}

#[test]
fn patterns_with_the_same_ports_share_an_automaton() {
    let patterns = |count: usize, pattern: &str| -> Vec<String> {
        let numbers = 0..count;
        let texts = numbers.map(|number| pattern.replace('$', &number.to_string()));
        texts.collect()
    };
    for (patterns, count) in [
        (patterns(1000, "https://*-a.*.b$.example"), 1),
        // After the text of one pattern, the texts of the others decide nothing.
        (patterns(1000, "https://*-t$-*.example.com"), 1),
        (patterns(100, "https://*a$*.example.com:8443"), 1),
        (
            [
                patterns(10, "https://*a$*.example.com"),
                patterns(10, "https://*a$*.example.com:*"),
                patterns(10, "http://*a$*.example.com:*"),
            ]
            .concat(),
            3,
        ),
    ] {
        let start = Instant::now();
        let automata = build(&patterns);
        assert!(start.elapsed() < Duration::from_secs(10), "{}", patterns[0]);
        assert_eq!(automata.len(), count, "{}", patterns[0]);
        for pattern in patterns.iter().step_by(97) {
            let origin = pattern.replace(":*", ":1").replace('*', "xy");
            assert!(accepts(&automata, origin.as_bytes()), "{origin}");
            let origin = pattern.replace(":*", ":1").replace('*', "");
            assert!(!accepts(&automata, origin.as_bytes()), "{origin}");
        }
    }
}

/// All of these are alive until the whole label is read.
#[test]
fn what_would_be_too_large_is_split() {
    let patterns: Vec<String> = (0..1_000_u32)
        .map(|number| {
            let name = number.wrapping_mul(2_654_435_761);
            format!("https://*{name:08x}{number}*.example.com")
        })
        .collect();
    let automata = build(&patterns);
    assert!((2..=8).contains(&automata.len()), "{}", automata.len());
    for pattern in patterns.iter().step_by(97) {
        let origin = pattern.replace('*', "xy");
        assert!(accepts(&automata, origin.as_bytes()), "{origin}");
    }
}

fn patterns() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    let label = prop::sample::select(vec![
        "*", "a*", "*-a", "a*b", "*a*", "a*a*b", "b", "aa", "xn--4ca",
    ]);
    let start = prop::sample::select(vec!["https://", "http://", "https://**.", "x://**."]);
    let end = prop::sample::select(vec!["example", "a.example", "example.com", "b.a"]);
    let port = prop::sample::select(vec!["", "", "", ":*", ":8443"]);
    let pattern = (start, prop::collection::vec(label, 0..4), end, port);
    let pattern = pattern.prop_map(|(start, labels, end, port)| {
        let labels: String = labels.iter().map(|label| format!("{label}.")).collect();
        format!("{start}{labels}{end}{port}")
    });
    prop::collection::vec(pattern, 1..24)
}

proptest! {
    #![proptest_config(property::cases(96))]

    #[test]
    fn automata_and_the_reference_agree((patterns, origins) in gen_origins::with_origins(patterns())) {
        let automata = build(&patterns);
        for origin in origins {
            let mut matched = patterns.iter();
            let expected = matched.any(|pattern| reference_matcher::accepts(pattern, &origin));
            prop_assert_eq!(accepts(&automata, &origin), expected, "{:?} {:?}", patterns, origin);
        }
    }
}
