//! Lists of patterns.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::{Anchored, Input};

use super::{
    IRREGULAR_1, IRREGULAR_10, IRREGULAR_100, IRREGULAR_1000, Origins, PATTERNS_1, PATTERNS_10,
    PATTERNS_100, PATTERNS_1000, Race, Row, SUFFIX,
};
use crate::names;

/// Measures with a list of `$count`, of patterns for subdomains and of irregular ones.
macro_rules! measure {
    ($count:literal, $subdomains:ident, $irregular:ident) => {{
        let origins = Origins::of($count, names::subdomain);
        let peer = regex($count, names::pattern);
        let dense = dense(&expression($count, names::pattern));
        let mut race = Race::new(&origins);
        race.add("ours", |origin| $subdomains.allows_origin(origin));
        race.add("regex", |origin| peer.is_match(origin));
        race.add("regex-automata", |origin| is_match(&dense, origin));
        let subdomains = race.run();

        let origins = Origins::of($count, names::irregular_origin);
        let peer = regex($count, names::irregular);
        let mut race = Race::new(&origins);
        race.add("ours", |origin| $irregular.allows_origin(origin));
        race.add("regex", |origin| peer.is_match(origin));
        ($count, subdomains, race.run())
    }};
}

/// By the length of the list: patterns for subdomains, irregular ones.
pub(crate) fn rows() -> Vec<(usize, Vec<Row>, Vec<Row>)> {
    vec![
        measure!(1, PATTERNS_1, IRREGULAR_1),
        measure!(10, PATTERNS_10, IRREGULAR_10),
        measure!(100, PATTERNS_100, IRREGULAR_100),
        measure!(1_000, PATTERNS_1000, IRREGULAR_1000),
    ]
}

/// What one would write by hand for one pattern.
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

fn regex(count: usize, pattern: fn(usize) -> String) -> regex::bytes::Regex {
    regex::bytes::Regex::new(&expression(count, pattern)).expect("a valid expression")
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
