//! Automata of regexes against those that `regex-automata` builds.

use cors_support::property;
use proptest::prelude::*;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use std::collections::HashSet;

use crate::automaton::regex::{from_trusted, from_trusted_within, from_untrusted};
use crate::automaton::{Dfa, RegexError, State};

/// Every assertion about ASCII.
const ASSERTIONS: [&str; 12] = [
    "^",
    "$",
    "(?m:^)",
    "(?m:$)",
    "(?mR:^)",
    "(?mR:$)",
    r"\b",
    r"\B",
    r"\b{start}",
    r"\b{end}",
    r"\b{start-half}",
    r"\b{end-half}",
];

proptest! {
    #![proptest_config(property::cases(512))]

    #[test]
    fn automata_of_regexes_are_those_of_regex_automata(
        regexes in prop::collection::vec(regexes(), 1..4),
    ) {
        let oracle = Oracle::new(&regexes);
        prop_assert_eq!(oracle.difference(&from_trusted(&regexes)), None);
    }
}

#[test]
fn every_assertion_holds_where_it_does_in_regex_automata() {
    for a in ASSERTIONS {
        for b in ASSERTIONS {
            let regex = format!("(?s:.){{0,2}}{a}(?s:.){{0,2}}{b}(?s:.){{0,2}}");
            let oracle = Oracle::new(&[&regex]);
            assert_eq!(oracle.difference(&from_trusted(&[&regex])), None, "{regex}");
        }
    }
}

#[test]
fn a_regex_that_takes_too_many_steps_has_no_automaton() {
    let regex = "^https://[a-z]+$";
    let builds = |most| from_trusted_within(most, &[regex]).is_some();
    let least = (0..10_000).find(|most| builds(*most)).unwrap();
    assert!(least > 100 && !builds(least - 1) && builds(least + 1));
    for regex in [
        "[ab]{20}a[ab]*",
        "(a?){2000}",
        r"(\b|a){4000}",
        "((a{1000}){1000}){1000}",
        "(?:|a){4000000000}",
    ] {
        assert_eq!(
            from_untrusted(regex).err(),
            Some(RegexError::TooLarge),
            "{regex}"
        );
    }
}

/// Returns regexes over a few bytes, with every kind of assertion.
fn regexes() -> impl Strategy<Value = String> {
    let letters = [
        "a",
        "b",
        "-",
        r"\n",
        r"\r",
        "[a-c]",
        "[^a]",
        ".",
        "(?s:.)",
        r"\w",
        "",
        "(?u:.)",
        "(?u:[^a])",
        "(?u:[à-\u{10ffff}])",
        r"[^\s\S]",
    ];
    let leaf = prop::sample::select([&letters[..], &ASSERTIONS].concat());
    leaf.prop_map(str::to_owned)
        .prop_recursive(4, 16, 4, |inner| {
            prop_oneof![
                3 => prop::collection::vec(inner.clone(), 1..5).prop_map(|parts| parts.concat()),
                2 => prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|parts| format!("(?:{})", parts.join("|"))),
                2 => (inner, prop::sample::select(vec!["*", "+", "?", "{0}", "{2}", "{1,3}", "{2,}"]))
                    .prop_map(|(inner, count)| format!("(?:{inner}){count}")),
            ]
        })
}

/// The dense automaton of `regex-automata`, which reads backwards too.
struct Oracle(dense::DFA<Vec<u32>>);

impl Oracle {
    fn new(regexes: &[impl AsRef<str>]) -> Self {
        let dense = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .start_kind(StartKind::Anchored)
                    // All matches count, not only the preferred one.
                    .match_kind(MatchKind::All),
            )
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .thompson(thompson::Config::new().reverse(true).utf8(false))
            .build_many(regexes);
        Self(dense.unwrap())
    }

    /// Returns an input, in the order of reading, that both do not accept with the same labels.
    fn difference(&self, dfa: &Dfa) -> Option<Vec<u8>> {
        let start = start::Config::new().anchored(Anchored::Yes);
        let start = (self.0.start_state(&start).unwrap(), Dfa::START);
        let mut seen: HashSet<(StateID, State)> = HashSet::from([start]);
        let mut found = vec![(start, Vec::new())];
        while let Some(((s, t), input)) = found.pop() {
            if self.accepts(s) != dfa.accepts(t) {
                return Some(input);
            }
            for byte in 0..=u8::MAX {
                let to = (self.0.next_state(s, byte), dfa.step(t, byte));
                if seen.insert(to) {
                    found.push((to, [input.as_slice(), &[byte]].concat()));
                }
            }
        }
        None
    }

    /// Returns the labels if the input ends here. A dense automaton reports matches one step later.
    fn accepts(&self, state: StateID) -> Vec<usize> {
        let end = self.0.next_eoi_state(state);
        let count = match self.0.is_match_state(end) {
            true => self.0.match_len(end),
            false => 0,
        };
        let labels = (0..count).map(|index| self.0.match_pattern(end, index).as_usize());
        let mut labels: Vec<usize> = labels.collect();
        labels.sort_unstable();
        labels
    }
}
