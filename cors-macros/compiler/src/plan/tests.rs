//! Every strategy against the automaton of the patterns that it is for, run by the code that users
//! run.

use cors_origin::header::Header;
use cors_origin::matcher::strategy;
use cors_support::{gen_origins, property, reference_matcher};
use proptest::prelude::{prop, prop_assert_eq};
use proptest::strategy::Strategy as _;

use super::matcher::pattern_strategies;
use super::{EntryKind, Plan, Strategy, dfa_table};
use crate::analysis::Analysis;
use crate::automaton::{Dfa, SplitDfa, split_affixes, union};
use crate::model::{self, EnvValue, Pattern};
use crate::tokens::{self, Source};

impl Strategy {
    fn accepts(&self, origin: &[u8]) -> bool {
        match self {
            Self::Lookup(strategy) => strategy.matches(origin),
            Self::Patterns { table, .. } | Self::Regex { table, .. } => {
                table.view().matches(origin)
            }
            Self::Configured | Self::Predicate(_) => false,
        }
    }
}

/// A strategy, with the number of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Compare(usize),
    PerfectHash(usize),
    SingleWildcard,
    SuffixHash(usize),
    Automaton(usize),
    Regex,
    Configured,
    Predicate,
}

impl Kind {
    pub(crate) fn new(strategy: &Strategy) -> Self {
        match strategy {
            Strategy::Lookup(strategy::Strategy::Compare(origins)) => Self::Compare(origins.len()),
            Strategy::Lookup(strategy::Strategy::PerfectHash(table)) => {
                Self::PerfectHash(table.len())
            }
            Strategy::Lookup(strategy::Strategy::SingleWildcard(_)) => Self::SingleWildcard,
            Strategy::Lookup(strategy::Strategy::SuffixHash(group)) => {
                Self::SuffixHash(group.len())
            }
            Strategy::Patterns { patterns, .. } => Self::Automaton(patterns.len()),
            Strategy::Regex { .. } => Self::Regex,
            Strategy::Configured => Self::Configured,
            Strategy::Predicate(_) => Self::Predicate,
        }
    }
}

/// Patterns, their automaton, and the shipped matchers.
struct Patterns {
    reference: Dfa,
    kinds: Vec<Kind>,
    shipped: Vec<Strategy>,
}

impl Patterns {
    fn of(patterns: &[String]) -> Self {
        let origins: Vec<Pattern> = patterns
            .iter()
            .map(|pattern| Pattern::parse(pattern).expect("a valid pattern"))
            .collect();
        let origins: Vec<&Pattern> = origins.iter().collect();
        let strategies = pattern_strategies(&origins);
        Self {
            kinds: strategies.iter().map(Kind::new).collect(),
            shipped: strategies,
            reference: union(&origins),
        }
    }

    fn check(&self, origin: &[u8]) {
        // The reference knows no longest origin.
        let expected = !self.reference.accepting(origin).is_empty() && origin.len() <= 324;
        let accepts = |shipped: &Strategy| shipped.accepts(origin);
        let kinds = &self.kinds;
        assert_eq!(
            self.shipped.iter().any(accepts),
            expected,
            "{kinds:?} {}",
            origin.escape_ascii()
        );
    }
}

/// Sets of patterns, each with what matches it. (Those that are looked up are tested in `cors-origin`.)
fn sets() -> Vec<(Vec<&'static str>, &'static [Kind])> {
    use Kind::{Automaton, SingleWildcard};
    vec![
        (vec!["x://*.aa.bb"], &[SingleWildcard]),
        (vec!["x://*.*.aa"], &[Automaton(1)]),
        (
            vec!["x://*a*.aa", "x://*b*.aa", "x://*b*.b"],
            &[Automaton(2), Automaton(1)],
        ),
        (
            vec!["x://*.*.aa", "x://**.bb:*"],
            &[SingleWildcard, Automaton(1)],
        ),
    ]
}

#[test]
fn the_cheapest_strategy_is_chosen() {
    for (patterns, kinds) in sets() {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        assert_eq!(Patterns::of(&patterns).kinds, kinds, "{patterns:?}");
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
        let accepts = |shipped: &&Strategy| shipped.accepts(origin.as_bytes());
        assert_eq!(set.shipped.iter().filter(accepts).count(), 1, "{pattern}");
    }
}

/// All texts of up to `longest` bytes of a small alphabet replace the wildcard, and at the end.
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
        let layout = dfa_table(&dfa);
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
    // Many names after the same wildcard, which is a usual list.
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

#[test]
fn shipped_matchers_automata_and_the_naive_reference_agree() {
    property::check(
        96,
        gen_origins::with_origins(patterns()),
        |(patterns, origins), branches| {
            let set = Patterns::of(&patterns);
            let is_comparison = |kind: &Kind| matches!(kind, Kind::SingleWildcard);
            let is_hash = |kind: &Kind| matches!(kind, Kind::SuffixHash(_));
            let is_automaton = |kind: &Kind| matches!(kind, Kind::Automaton(_));
            branches.note("a comparison", set.kinds.iter().any(is_comparison));
            branches.note("a hash", set.kinds.iter().any(is_hash));
            branches.note("an automaton", set.kinds.iter().any(is_automaton));
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
        },
    );
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
    let names = (0..200).map(name);
    let patterns: Vec<String> = names
        .map(|name| format!("https://*.{name}.*.example.com"))
        .collect();
    let set = Patterns::of(&patterns);
    let widths = set.shipped.iter().map(|shipped| match shipped {
        Strategy::Patterns { table, .. } => table.width,
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

pub(crate) fn plan(policy: &str) -> Plan {
    let declaration = tokens::read(policy.parse().unwrap(), &mut Source::default());
    let policy = model::read(&declaration, &|_: &str| EnvValue::Unset);
    assert!(policy.mistakes.is_empty());
    Plan::new(
        &policy,
        &Analysis::new(&policy),
        &Analysis::for_hosts(&policy),
    )
}

const RULES: &str = r#"
    preflight_status = 200,
    rule(
        allow_origins = [
            predicate(tenants::is_known),
            "https://a.example",
            "https://*.b.example",
            #[cfg(unix)] predicate(tenants::is_local),
            #[cfg(unix)] "https://c.example",
            regex("https://(d|e)[0-9]\\.example"),
            predicate(tenants::is_new),
        ],
        allow_methods = MirrorRequest,
        allow_credentials = true,
    ),
    rule(allow_origins = ["null"], max_age = 5),
    rule(allow_origins = Any, allow_headers = [Any, "authorization"]),
"#;

#[test]
fn predicates_run_last_and_rules_in_order() {
    let plan = plan(RULES);
    let arms = plan.arms.iter().map(|arm| {
        let is_conditional = arm.condition.is_some();
        (arm.rule, is_conditional, Kind::new(&arm.strategy))
    });
    assert_eq!(
        arms.collect::<Vec<_>>(),
        [
            (0, false, Kind::Compare(1)),
            (0, false, Kind::SingleWildcard),
            (0, false, Kind::Regex),
            (0, true, Kind::Compare(1)),
            (0, false, Kind::Predicate),
            (0, false, Kind::Predicate),
            (0, true, Kind::Predicate),
            (1, false, Kind::Compare(1)),
        ]
    );
    assert_eq!(plan.rest, Some(2));
    assert_eq!(
        plan.description(),
        "a literal, a comparison around a wildcard, an automaton of a regex, a literal, 2 predicates, \
         a predicate, a literal, any origin"
    );
}

#[test]
fn entries_and_headers_are_those_of_the_policy() {
    let plan = plan(RULES);
    assert_eq!(plan.preflight_status, 200);
    let [listed, null, any] = plan.rules.as_slice() else {
        panic!("there are three rules");
    };
    let texts: Vec<&str> = listed.entries.iter().map(|entry| &*entry.text).collect();
    assert_eq!(
        texts[..2],
        ["predicate(tenants::is_known)", "https://a.example"]
    );
    assert!(matches!(
        listed.entries[5].kind,
        EntryKind::Regex { arm: 2, .. }
    ));
    assert!(
        listed.values[Header::AllowCredentials] == "true"
            && listed.mirror_method
            && !listed.mirror_headers
    );
    assert_eq!(listed.values[Header::AllowOrigin], "");
    assert_eq!(
        (
            &*null.values[Header::AllowOrigin],
            &*null.values[Header::MaxAge]
        ),
        ("null", "5")
    );
    assert_eq!(
        (
            &*any.values[Header::AllowOrigin],
            &*any.values[Header::AllowHeaders]
        ),
        ("*", "*, authorization")
    );
    assert!(any.is_for_any_origin() && !null.is_for_any_origin());
}

#[test]
fn two_plans_of_a_policy_are_the_same_data() {
    let many: Vec<String> = (0..300)
        .map(|n| format!("\"https://*.t{n}.example\""))
        .collect();
    let many = format!("allow_origins = [{}]", many.join(", "));
    for policy in [RULES, &many] {
        assert_eq!(plan(policy), plan(policy));
    }
}
