//! Origins that distinguish a policy from slightly weaker or stronger ones.
//!
//! The origins cover every state and every transition of the policy's automaton. Every live
//! transition is extended to an allowed origin, and every dead one is extended as if it were live.
//! So an unescaped dot, a missing anchor, or a wildcard with one label too many or too few changes
//! the decision about at least one of them.

use std::collections::{HashSet, VecDeque};

use super::automata::{self, minimised, relabelled};
use super::expression::{any_expressions, pattern_expression, regex_expression};
use super::{EntryKind, Policy};
use crate::automaton::{Dfa, State, preferred_bytes};

/// Maximum number of entries of a rule that are covered completely; each other entry has one
/// origin.
const MAX_ENTRIES: usize = 64;

/// Returns origins and similar values to send to a gateway. For each of them, some slightly
/// different policy decides differently. Ignores entries that only the program knows.
#[must_use]
pub fn probes(policy: &Policy) -> Vec<String> {
    let mut probes = Probes::default();
    // Rule by rule: an origin that an earlier rule denies may be allowed by a later one.
    for rule in &policy.rules {
        let mut expressions = Vec::new();
        for (index, entry) in rule.origins.iter().enumerate() {
            let expressions_of_entry = match &entry.kind {
                EntryKind::Any | EntryKind::AnySerialized => any_expressions(),
                EntryKind::Pattern(pattern) => vec![pattern_expression(pattern)],
                EntryKind::Regex(regex) => regex_expression(regex).into_iter().collect(),
                EntryKind::Configured | EntryKind::Predicate(_) => Vec::new(),
            };
            for expression in expressions_of_entry {
                let shortest =
                    automata::build_automaton(&[&expression]).and_then(|dfa| dfa.shortest());
                let Some(shortest) = shortest else { continue };
                probes.add_allowed(&shortest);
                // Only ports are written in this form.
                if expression.ends_with("6553[0-5]))?") {
                    let ports = PORTS.iter().map(|port| format!("{shortest}:{port}"));
                    ports.for_each(|origin| probes.add(origin));
                }
                if index < MAX_ENTRIES {
                    expressions.push(expression);
                }
            }
        }
        if let Some(dfa) = automata::build_automaton(&expressions) {
            let any = |labels: &[usize]| labels.first().map(|_| 0).into_iter().collect();
            probes.follow(&minimised(&relabelled(&dfa, any)));
        }
    }
    probes.found
}

/// Boundary values of counts and digits in ports, and ports that no browser sends.
const PORTS: [&str; 20] = [
    "0", "1", "9", "10", "80", "81", "443", "444", "0444", "9999", "10000", "59999", "64999",
    "65499", "65529", "65535", "65536", "66000", "70000", "100000",
];

#[derive(Default)]
struct Probes {
    found: Vec<String>,
    seen: HashSet<String>,
}

impl Probes {
    fn add(&mut self, origin: String) {
        if !origin.is_empty() && self.seen.insert(origin.clone()) {
            self.found.push(origin);
        }
    }

    fn add_allowed(&mut self, origin: &str) {
        self.add(origin.to_ascii_uppercase());
        self.add(format!("{origin}.evil.example"));
        self.add(format!("https://evil.example/{origin}"));
        self.add(origin.to_owned());
    }

    /// Adds texts for each transition. The automaton reads backwards, so texts grow at the front.
    fn follow(&mut self, dfa: &Dfa) {
        let (read, before) = shortest_texts(dfa);
        let left: Vec<Option<String>> = dfa
            .states()
            .map(|state| dfa.shortest_before(&[(state, String::new())]))
            .collect();
        let origin = |state: State, byte: u8, end: &str| {
            let start = left[state].as_ref()?;
            Some(format!("{start}{}{end}", char::from(byte)))
        };
        for state in dfa.states().skip(Dfa::START) {
            let Some(end) = &read[state] else { continue };
            // The first and the last byte that lead to a state, because these are the boundaries of
            // ranges.
            let mut targets: Vec<(State, u8, u8)> = Vec::new();
            let mut dead = Vec::new();
            for byte in preferred_bytes().chain(*b"AZ") {
                let to = dfa.step(state, byte);
                let known = targets.iter_mut().find(|(known, ..)| *known == to);
                match known {
                    _ if to == Dfa::DEAD => dead.push(byte),
                    Some((.., last)) => *last = byte,
                    None => targets.push((to, byte, byte)),
                }
            }
            for (to, first, last) in &targets {
                for byte in [*first, *last] {
                    let origin = origin(*to, byte, end);
                    origin.into_iter().for_each(|origin| self.add(origin));
                }
            }
            let targets: Vec<State> = targets.iter().map(|(to, ..)| *to).collect();
            // A dead byte in place of a live one, a missing byte, or the start of the previous text.
            let is_kind = |kind: &[u8]| dead.iter().copied().find(|byte| kind.contains(byte));
            let kinds = [b"abcxyz".as_slice(), b"059", b".", b"-", b"AZ", b":"];
            for byte in kinds.into_iter().filter_map(is_kind) {
                for to in targets.iter().take(3).chain([&state, &before[state]]) {
                    origin(*to, byte, end)
                        .into_iter()
                        .for_each(|origin| self.add(origin));
                }
            }
        }
    }
}

/// Returns the shortest text that leads to each state, and the state before its last step.
fn shortest_texts(dfa: &Dfa) -> (Vec<Option<String>>, Vec<State>) {
    let mut read = vec![None; dfa.states().len()];
    let mut before = vec![Dfa::START; dfa.states().len()];
    read[Dfa::START] = Some(String::new());
    let mut queue = VecDeque::from([Dfa::START]);
    while let Some(state) = queue.pop_front() {
        let end = read[state].clone().unwrap_or_default();
        for byte in preferred_bytes() {
            let to = dfa.step(state, byte);
            if to != Dfa::DEAD && read[to].is_none() {
                read[to] = Some(format!("{}{end}", char::from(byte)));
                before[to] = state;
                queue.push_back(to);
            }
        }
    }
    (read, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_the_shortest_text_that_leads_to_it() {
        let dfa = automata::build_automaton(&[r"https?://([a-z]+\.)?ab\.c(:[0-9]+)?"]).unwrap();
        let (read, before) = shortest_texts(&dfa);
        let mut reached = HashSet::from([Dfa::START]);
        let mut last = reached.clone();
        let mut length = 0;
        while !last.is_empty() {
            for &state in &last {
                let text = read[state].as_deref().unwrap();
                assert_eq!(text.len(), length, "{text}");
                let end = text
                    .bytes()
                    .rev()
                    .fold(Dfa::START, |at, byte| dfa.step(at, byte));
                assert_eq!(end, state, "{text}");
                if let Some(first) = text.bytes().next() {
                    assert_eq!(dfa.step(before[state], first), state, "{text}");
                }
            }
            let steps = |state: &State| {
                preferred_bytes()
                    .map(|byte| dfa.step(*state, byte))
                    .collect()
            };
            let next: HashSet<State> = last.iter().flat_map::<Vec<_>, _>(steps).collect();
            let is_new = |state: &State| *state != Dfa::DEAD && reached.insert(*state);
            last = next.into_iter().filter(is_new).collect();
            length += 1;
        }
        assert!(length > "http://ab.c".len());
        assert_eq!(read.iter().flatten().count(), reached.len());
    }
}
