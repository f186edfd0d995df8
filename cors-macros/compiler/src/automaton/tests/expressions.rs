//! Expressions against the same ones as texts, which `regex-automata` parses.

use std::collections::HashSet;

use cors_support::property;
use proptest::prelude::*;

use super::patterns::{parsed, patterns};
use crate::automaton::build::merged_within;
use crate::automaton::determinize::build;
use crate::automaton::expression::Expression;
use crate::automaton::product::{difference, intersection};
use crate::automaton::regex::from_trusted;
use crate::automaton::{Dfa, InsecureOrigins, SerializedOrigins, State, union, with_scheme};
use crate::model::{Host, Label, LabelPart, Pattern, Port};

/// `*` accepts one or more bytes of a label.
const WILDCARD: &str = "[a-z0-9_-]+";
/// `**` accepts one or more labels.
const DEEP_WILDCARD: &str = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*";

const HOST: &str = r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])";
/// A host with the scheme of an app, as in `cors_origin::origin::is_opaque_host_byte`.
const OPAQUE_HOST: &str = r"(?:[!$-.0-9;=A-Z_a-z~]+|\[[0-9a-f:]+\])";
const SCHEME: &str = "[a-z][a-z0-9+.-]*";
const SPECIAL_SCHEMES: &str = "(?:file|ftp|https?|wss?)";

proptest! {
    #![proptest_config(property::cases(128))]

    #[test]
    fn automata_of_patterns_are_those_of_their_regexes(patterns in patterns()) {
        let patterns = parsed(&patterns);
        let patterns: Vec<&Pattern> = patterns.iter().collect();
        let regexes: Vec<String> = patterns.iter().map(|pattern| pattern_to_regex(pattern)).collect();
        let expected = from_trusted(&regexes);
        prop_assert!(accept_the_same(&union(&patterns), &expected, true));
        let merged = merged_within(usize::MAX, &patterns).unwrap();
        prop_assert!(accept_the_same(&merged, &expected, false));
    }
}

#[test]
fn every_port_but_the_default_one_is_any_port() {
    for default in [None, Some(80), Some(443)] {
        let ports = build(&[Expression::any_port(default)]);
        assert!(accept_the_same(
            &ports,
            &from_trusted(&[any_port(default)]),
            true
        ));
        for port in 0..=70_000_u32 {
            let is_port = (1..=65_535).contains(&port) && Some(port) != default.map(u32::from);
            let accepting = ports.accepting(format!(":{port}").as_bytes());
            assert_eq!(!accepting.is_empty(), is_port, "{port}");
        }
        assert!(ports.accepting(b":080").is_empty() && !ports.accepting(b"").is_empty());
    }
}

/// An automaton of a language, and what it is as a regex.
#[test]
fn languages_are_those_of_their_regexes() {
    let port = any_port(None);
    let all = format!("{SCHEME}://{OPAQUE_HOST}{port}");
    let special = format!("{SPECIAL_SCHEMES}://.+");
    let of_domains = format!("{SPECIAL_SCHEMES}://{HOST}{port}");
    let [all, special, of_domains, insecure, loopback, default_port] = [
        all.as_str(),
        &special,
        &of_domains,
        "http://.+",
        r"http://(?:(?:[a-z0-9_-]+\.)*localhost\.?|127(?:\.[0-9]+){3}|\[::1\])(?::[0-9]+)?",
        "http://[^/]+:80|https://[^/]+:443",
    ]
    .map(|regex| from_trusted(&[regex]));
    let shape = difference(&all, &difference(&special, &of_domains));
    let origins = difference(&shape, &default_port);
    assert!(accept_the_same(
        &SerializedOrigins::new().automaton(),
        &origins,
        false
    ));
    let insecure = difference(&insecure, &loopback);
    let shipped = InsecureOrigins::new().intersection(&from_trusted(&["(?s:.*)"]));
    assert!(accept_the_same(&shipped, &insecure, false));
    let with_scheme = with_scheme("https", &origins).unwrap();
    let expected = intersection(&origins, &from_trusted(&["https://.+"]));
    assert!(accept_the_same(&with_scheme, &expected, false));
}

#[test]
fn an_automaton_that_takes_too_many_steps_is_not_built() {
    let pattern = Pattern::parse("https://*-a-*.example.com").unwrap();
    let builds = |most| merged_within(most, &[&pattern]).is_some();
    let least = (0..10_000).find(|most| builds(*most)).unwrap();
    assert!(least > 100 && !builds(least - 1) && builds(least + 1));
}

/// Returns whether two automata accept the same inputs, and with the same labels if these count.
fn accept_the_same(a: &Dfa, b: &Dfa, labels_count: bool) -> bool {
    let mut found = vec![(Dfa::START, Dfa::START)];
    let mut seen: HashSet<(State, State)> = found.iter().copied().collect();
    while let Some((s, t)) = found.pop() {
        let (of_a, of_b) = (a.accepts(s), b.accepts(t));
        if of_a.is_empty() != of_b.is_empty() || labels_count && of_a != of_b {
            return false;
        }
        let next = (0..=u8::MAX).map(|byte| (a.step(s, byte), b.step(t, byte)));
        found.extend(next.filter(|to| seen.insert(*to)));
    }
    true
}

/// Returns the expression whose full matches are the origins that a pattern accepts.
pub(crate) fn pattern_to_regex(origin: &Pattern) -> String {
    let mut expression = String::new();
    text(&origin.scheme, &mut expression);
    expression += "://";
    match &origin.host {
        Host::Ip(host) | Host::Opaque(host) => text(host, &mut expression),
        Host::Domain(labels) => domain(labels, &mut expression),
    }
    match origin.port {
        Port::Implicit => {}
        Port::Number(number) => expression += &format!(":{number}"),
        Port::Any => expression += &any_port(origin.default_port()),
    }
    expression
}

fn domain(labels: &[Label], expression: &mut String) {
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            text(".", expression);
        }
        for piece in &label.parts {
            match piece {
                LabelPart::Text(bytes) => text(bytes, expression),
                LabelPart::Wildcard => *expression += WILDCARD,
                LabelPart::DeepWildcard => *expression += DEEP_WILDCARD,
            }
        }
    }
}

/// Appends `bytes`, with special ones escaped.
fn text(bytes: &str, expression: &mut String) {
    for character in bytes.chars() {
        if !character.is_ascii_alphanumeric() {
            expression.push('\\');
        }
        expression.push(character);
    }
}

/// Returns the expression of an optional port from 1 to 65535 except `default`, without leading
/// zeros.
///
/// Browsers omit the default port, so with it the text would not be a [serialized
/// origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
fn any_port(default: Option<u16>) -> String {
    let mut ports: Vec<String> = (1..=4)
        .map(|digits| starting_with("[1-9]", digits))
        .collect();
    ports.push("[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]".into());
    if let Some(default) = default.map(|port| port.to_string()) {
        // All ports with as many digits as the default port, except that: grouped by the first
        // digit that differs.
        ports[default.len() - 1] = (0..default.len())
            .map(|index| {
                let (same, digit) = (&default[..index], default.as_bytes()[index]);
                let others: String = ('0'..='9')
                    .filter(|other| u32::from(*other) != u32::from(digit))
                    .filter(|other| index > 0 || *other != '0')
                    .collect();
                same.to_owned() + &starting_with(&format!("[{others}]"), default.len() - index)
            })
            .collect::<Vec<_>>()
            .join("|");
    }
    format!("(?::(?:{}))?", ports.join("|"))
}

fn starting_with(class: &str, digits: usize) -> String {
    class.to_owned() + &"[0-9]".repeat(digits - 1)
}
