//! Every strategy against the automaton of the patterns that it is for, run by the code that users
//! run.

use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::{Just, prop, prop_assert_eq};
use proptest::strategy::Strategy as _;

use super::choice::Strategy;
use super::{automaton, choice, some_of};
use crate::analysis::{Partition, partition};
use crate::automaton::{Dfa, SplitDfa, split_affixes, union};
use crate::model::Pattern;
use cors_origin::matcher::dfa::DfaTableBuf;
use cors_origin::matcher::strategy;

/// A strategy as it is at run time.
enum Shipped {
    Lookup(strategy::Strategy),
    Automaton(DfaTableBuf),
}

impl Shipped {
    fn new(strategy: Strategy<'_>) -> Self {
        match strategy {
            Strategy::Lookup(strategy) => Self::Lookup(strategy),
            Strategy::Automaton { dfa, .. } => Self::Automaton(automaton::table(&dfa)),
            Strategy::Regex { dfa, .. } => Self::Automaton(automaton::table(dfa)),
        }
    }

    fn accepts(&self, origin: &[u8]) -> bool {
        match self {
            Self::Lookup(strategy) => strategy.matches(origin),
            Self::Automaton(table) => table.view().matches(origin),
        }
    }
}

/// Patterns, the automaton that says what they mean, and what is shipped for them.
struct Patterns {
    reference: Dfa,
    names: Vec<String>,
    shipped: Vec<Shipped>,
}

impl Patterns {
    fn of(patterns: &[String]) -> Self {
        let origins: Vec<Pattern> = patterns
            .iter()
            .map(|pattern| Pattern::parse(pattern).expect("a valid pattern"))
            .collect();
        let origins: Vec<&Pattern> = origins.iter().collect();
        let parts = partition(&origins);
        let parts = parts.iter().map(|Partition { members, dfa }| {
            let origins: Vec<&Pattern> = members.iter().map(|member| origins[*member]).collect();
            (origins, dfa)
        });
        let parts: Vec<_> = parts.collect();
        let strategies: Vec<_> = parts
            .iter()
            .flat_map(|(origins, dfa)| choice::patterns(origins, dfa))
            .collect();
        Self {
            names: strategies.iter().map(ToString::to_string).collect(),
            shipped: strategies.into_iter().map(Shipped::new).collect(),
            reference: union(&origins),
        }
    }

    fn check(&self, origin: &[u8]) {
        // The reference knows no longest origin.
        let expected = !self.reference.accepting(origin).is_empty() && origin.len() <= 324;
        let accepts = |shipped: &Shipped| shipped.accepts(origin);
        let names = &self.names;
        assert_eq!(
            self.shipped.iter().any(accepts),
            expected,
            "{names:?} {}",
            origin.escape_ascii()
        );
    }
}

/// Sets of patterns, each with what matches it. (Those that are looked up are tested in `cors-origin`.)
fn sets() -> Vec<(Vec<&'static str>, &'static [&'static str])> {
    vec![
        (vec!["x://*.aa.bb"], &["a comparison around a wildcard"]),
        (vec!["x://*.*.aa"], &["an automaton of a pattern"]),
        (
            vec!["x://*a*.aa", "x://*b*.aa", "x://*b*.b"],
            &["an automaton of 2 patterns", "an automaton of a pattern"],
        ),
        (
            vec!["x://*.*.aa", "x://**.bb:*"],
            &[
                "a comparison around a wildcard",
                "an automaton of a pattern",
            ],
        ),
    ]
}

#[test]
fn the_cheapest_strategy_is_chosen() {
    for (patterns, names) in sets() {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        assert_eq!(Patterns::of(&patterns).names, names, "{patterns:?}");
    }
}

/// `count` patterns or origins, with the number of each for `$`.
fn list(count: usize, pattern: &str) -> Vec<String> {
    (0..count)
        .map(|n| pattern.replace('$', &n.to_string()))
        .collect()
}

/// It would accept the same if it had all patterns, in a larger table.
#[test]
fn an_automaton_has_the_patterns_that_nothing_else_matches() {
    let patterns = [list(8, "x://a$*.ababab"), list(2, "x://*.*.a$")].concat();
    let set = Patterns::of(&patterns);
    for pattern in &patterns {
        let origin = pattern.replace('*', "x");
        let accepts = |shipped: &&Shipped| shipped.accepts(origin.as_bytes());
        assert_eq!(set.shipped.iter().filter(accepts).count(), 1, "{pattern}");
    }
}

#[test]
fn the_documentation_of_a_table_has_its_first_entries() {
    for (entries, shown) in [
        (vec!["a"], "`a`"),
        (vec!["a", "b", "c", "d"], "`a`, `b`, `c`, `d`"),
        (
            vec!["a", "b", "c", "d", "e", "f"],
            "`a`, `b`, `c`, `d`, 2 more",
        ),
    ] {
        let entries: Vec<String> = entries.into_iter().map(str::to_owned).collect();
        assert_eq!(some_of(&entries), shown);
    }
}

/// All texts of up to `longest` bytes of a small alphabet stand in for the wildcard, and at the end.
#[test]
fn strategies_accept_what_the_automaton_accepts_for_every_short_text() {
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
    for (patterns, _) in sets() {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        let set = Patterns::of(&patterns);
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

/// The table that is shipped and the automaton walk together through every pair of states.
#[test]
fn a_table_is_its_automaton_state_by_state() {
    for (patterns, ends) in [
        (vec!["x://*.*.aa"], ("x://", ".aa")),
        (vec!["x://a.*.b.*:*", "http://*a.*b.aa"], ("", "")),
        (
            vec![
                "https://*.a-*.example.com",
                "https://b-*.*.example.com:8443",
            ],
            ("https://", ""),
        ),
    ] {
        let patterns: Vec<Pattern> = patterns
            .iter()
            .map(|pattern| Pattern::parse(pattern).unwrap())
            .collect();
        let dfa = union(&patterns.iter().collect::<Vec<_>>());
        let SplitDfa {
            prefix,
            core,
            suffix,
        } = split_affixes(&dfa);
        assert_eq!((prefix.as_str(), suffix.as_str()), ends);
        let layout = automaton::table(&dfa);
        let read = |state, text: &str| {
            text.bytes()
                .rev()
                .fold(state, |state, byte| dfa.step(state, byte))
        };
        let step = |state: u32, byte: u8| {
            let class = usize::from(core.classes()[usize::from(byte)]);
            let cell = (state as usize + class) * 2;
            u32::from(layout.next[cell]) | u32::from(layout.next[cell + 1]) << 8
        };
        assert_eq!(layout.width, 2);
        let mut pairs = vec![(layout.start, read(Dfa::START, &suffix))];
        let mut checked = 0;
        while let Some(&(shipped, reference)) = pairs.get(checked) {
            assert_eq!(
                shipped >= layout.first_accepting,
                !dfa.accepts(read(reference, &prefix)).is_empty(),
            );
            for byte in 0..=u8::MAX {
                let next = (step(shipped, byte), dfa.step(reference, byte));
                if !pairs.contains(&next) {
                    pairs.push(next);
                }
            }
            checked += 1;
        }
        assert!(checked > 3);
        // Nothing else is accepted: neither what does not start like this, nor what does not end so.
        for byte in 0..=u8::MAX {
            let is_last = suffix.as_bytes().last() == Some(&byte);
            assert!(suffix.is_empty() || is_last || dfa.step(Dfa::START, byte) == Dfa::DEAD);
        }
    }
}

const STARTS: &[&str] = &[
    "https://*.",
    "https://**.",
    "http://*.",
    "https://a-*.",
    "https://*-a.",
    "https://*.*.",
    "http://",
];

const NAMES: &[&str] = &[
    "aa.example",
    "ab.example",
    "ba.example",
    "aa.bb.example",
    "ab.bb.example",
    "a.example.com",
    "b.example.com",
    "c.example.com",
];

fn patterns() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    let port = prop::sample::select(vec!["", "", "", ":*", ":8443"]);
    let pattern = |(start, name, port)| format!("{start}{name}{port}");
    let mixed = (
        prop::sample::select(STARTS),
        prop::sample::select(NAMES),
        port.clone(),
    );
    let mixed = prop::collection::vec(mixed.prop_map(pattern), 1..24);
    // As people have them: many names after the same wildcard.
    let alike = (
        prop::sample::select(STARTS),
        prop::sample::subsequence(NAMES, 5..8),
        port,
    );
    let alike = alike.prop_map(move |(start, names, port)| {
        let patterns = names.into_iter().map(|name| pattern((start, name, port)));
        patterns.collect::<Vec<_>>()
    });
    let patterns = proptest::prop_oneof![2 => mixed, 1 => alike];
    patterns
        .prop_map(|mut patterns| {
            // Entries that are exact, or there twice, do not get here.
            patterns.retain(|pattern| pattern.contains('*'));
            patterns.sort();
            patterns.dedup();
            patterns
        })
        .prop_filter("some are left", |patterns| !patterns.is_empty())
}

/// Patterns, and origins around them.
fn pairs() -> impl proptest::strategy::Strategy<Value = (Vec<String>, Vec<gen_origins::Bytes>)> {
    patterns().prop_flat_map(|patterns| {
        let origins = prop::collection::vec(gen_origins::origins(patterns.clone()), 128);
        (Just(patterns), origins)
    })
}

#[test]
fn what_is_shipped_and_the_automaton_and_the_naive_reference_agree() {
    property::check(96, pairs(), |(patterns, origins), branches| {
        let set = Patterns::of(&patterns);
        for strategy in ["a comparison", "a hash", "an automaton"] {
            let is_used = |name: &String| name.starts_with(strategy);
            branches.note(strategy, set.names.iter().any(is_used));
        }
        for origin in origins {
            set.check(&origin);
            let meant = patterns
                .iter()
                .any(|pattern| reference_matcher::accepts(pattern, &origin));
            let accepted = set.shipped.iter().any(|shipped| shipped.accepts(&origin));
            prop_assert_eq!(accepted, meant, "{:?} {:?}", patterns, origin);
            branches.note("accepted", accepted);
            branches.note("refused", !accepted);
        }
        Ok(())
    });
}

/// Two bytes cannot count the cells of such a table.
#[test]
fn a_large_table_is_walked_by_four_bytes_for_each_cell() {
    // Names that share no letters, so that they share no states.
    let name = |tenant: u32| -> String {
        let letter = |place: u32| (tenant + 7).pow(3).wrapping_mul(place + 11) % 251 % 26;
        (0..16)
            .map(|place| char::from(b'a' + letter(place) as u8))
            .collect()
    };
    let names = (0..150).map(name);
    let patterns: Vec<String> = names
        .map(|name| format!("https://*.{name}.*.example.com"))
        .collect();
    let set = Patterns::of(&patterns);
    let widths = set.shipped.iter().map(|shipped| match shipped {
        Shipped::Automaton(table) => table.width,
        _ => 0,
    });
    assert_eq!(widths.collect::<Vec<_>>(), [4]);
    for pattern in &patterns {
        let origin = pattern.replace('*', "eu-1");
        assert!(set.shipped[0].accepts(origin.as_bytes()), "{origin}");
        for origin in [
            origin.replacen("eu-1", "", 1),
            origin.replacen('.', "x.", 2),
            origin.replacen("eu-1.example", "eu-1.a.example", 1),
            format!("{origin}.evil.net"),
        ] {
            assert!(!set.shipped[0].accepts(origin.as_bytes()), "{origin}");
            set.check(origin.as_bytes());
        }
    }
}
