//! Regular expressions to one table, by `regex-automata`.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::dfa::{Dfa, State};

/// The automaton that reads from the last byte to the first and accepts what is a full match of
/// any of `expressions`.
pub(crate) fn reverse(expressions: &[String]) -> Dfa {
    let nfa = thompson::Compiler::new()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(
            thompson::Config::new()
                .reverse(true)
                .utf8(false)
                .which_captures(WhichCaptures::None),
        )
        .build_many(expressions)
        .expect("patterns are spelled as valid expressions");
    let dense = dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                // Every way to match counts, not the preferred one only.
                .match_kind(MatchKind::All)
                // Both serve searching, and cost time to build.
                .accelerate(false)
                .specialize_start_states(false),
        )
        .build_from_nfa(&nfa)
        .expect("no limit is set, and patterns have no look-around");
    copy(&dense)
}

/// Copies what can be reached from the start, row by row.
fn copy(dense: &dense::DFA<Vec<u32>>) -> Dfa {
    let start = dense
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .expect("anchored searches are supported");
    let mut dfa = Dfa::new(|byte| dense.byte_classes().get(byte));
    let bytes: Vec<u8> = dfa.representatives().collect();

    // `found` is both the list of states and the queue of those to copy.
    let mut found = vec![start];
    let mut states = HashMap::from([(start, dfa.add_state(accepts(dense, start)))]);
    let mut copied = 0;
    while let Some(&from) = found.get(copied) {
        let from_state = states[&from];
        for (class, &byte) in bytes.iter().enumerate() {
            let to = dense.next_state(from, byte);
            if dense.is_dead_state(to) {
                continue;
            }
            let to_state: State = *states.entry(to).or_insert_with(|| {
                found.push(to);
                dfa.add_state(accepts(dense, to))
            });
            dfa.connect(from_state, class, to_state);
        }
        copied += 1;
    }
    dfa
}

/// Which expressions match if the input ends here. A dense automaton tells so one step later.
fn accepts(dense: &dense::DFA<Vec<u32>>, state: StateID) -> Vec<usize> {
    let end = dense.next_eoi_state(state);
    if !dense.is_match_state(end) {
        return Vec::new();
    }
    (0..dense.match_len(end))
        .map(|index| dense.match_pattern(end, index).as_usize())
        .collect()
}
