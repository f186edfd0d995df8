//! Lists of patterns.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::{Anchored, Input};

use super::{
    IRREGULAR_1, IRREGULAR_10, IRREGULAR_100, IRREGULAR_1000, Origins, PATTERNS_1, PATTERNS_10,
    PATTERNS_100, PATTERNS_1000, Race, Row, SUFFIX,
};
use crate::names;

/// Measures with `$count` of the patterns that `$pattern` gives.
macro_rules! measure {
    ($count:literal, $policy:ident, $pattern:path, $origin:path) => {{
        let origins = Origins::of($count, $origin);
        let expression = expression($count, $pattern);
        let (peer, dense) = (regex(&expression), dense(&expression));
        let mut race = Race::new(&origins);
        race.add("ours", |origin| $policy.allows_origin(origin));
        race.add("regex", |origin| peer.is_match(origin));
        race.add("regex-automata", |origin| is_match(&dense, origin));
        ($count, race.run())
    }};
}

/// Patterns for subdomains, by the length of the list.
pub(crate) fn rows() -> Vec<(usize, Vec<Row>)> {
    vec![
        measure!(1, PATTERNS_1, names::pattern, names::subdomain),
        measure!(10, PATTERNS_10, names::pattern, names::subdomain),
        measure!(100, PATTERNS_100, names::pattern, names::subdomain),
        measure!(1_000, PATTERNS_1000, names::pattern, names::subdomain),
    ]
}

/// Patterns that only an automaton matches.
pub(crate) fn irregular() -> Vec<(usize, Vec<Row>)> {
    vec![
        measure!(1, IRREGULAR_1, names::irregular, names::irregular_origin),
        measure!(10, IRREGULAR_10, names::irregular, names::irregular_origin),
        measure!(
            100,
            IRREGULAR_100,
            names::irregular,
            names::irregular_origin
        ),
        measure!(
            1_000,
            IRREGULAR_1000,
            names::irregular,
            names::irregular_origin
        ),
    ]
}

/// A hand-written matcher of one pattern.
pub(crate) fn floor() -> Row {
    let origins = Origins::of(1, names::subdomain);
    let mut race = Race::new(&origins);
    race.add("floor", |origin| {
        let label = origin
            .strip_prefix(b"https://")
            .and_then(|rest| rest.strip_suffix(SUFFIX));
        label.is_some_and(|label| {
            !label.is_empty()
                && label
                    .iter()
                    .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
        })
    });
    race.run().remove(0)
}

/// All patterns as one expression.
fn expression(count: usize, pattern: fn(usize) -> String) -> String {
    let expressions: Vec<String> = (0..count)
        .map(|number| {
            pattern(number)
                .replace('.', r"\.")
                .replace('*', "[a-z0-9_-]+")
        })
        .collect();
    format!("^(?:{})$", expressions.join("|"))
}

fn regex(expression: &str) -> regex::bytes::Regex {
    regex::bytes::Regex::new(expression).expect("a valid expression")
}

fn dense(expression: &str) -> dense::DFA<Vec<u32>> {
    let config = dense::Config::new().start_kind(StartKind::Anchored);
    let dfa = dense::Builder::new().configure(config).build(expression);
    dfa.expect("a valid expression")
}

fn is_match(dfa: &dense::DFA<Vec<u32>>, origin: &[u8]) -> bool {
    let input = Input::new(origin).anchored(Anchored::Yes).earliest(true);
    dfa.try_search_fwd(&input).is_ok_and(|end| end.is_some())
}
