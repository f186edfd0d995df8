//! Regular expressions to one table, by `regex-automata`.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::dfa::{Dfa, State};
use super::expression;
use crate::model::Origin;

/// The most bytes that `regex-automata` may take for each step of a regex. Counted repetitions
/// multiply, so that a short text can stand for a table without end.
pub(crate) const REGEX_LIMIT: usize = 1 << 19;

/// Why a regex has no automaton.
pub(crate) enum Unbuildable {
    /// It is no regular expression, for this reason.
    Invalid(String),
    /// It takes more than the limit.
    TooLarge,
}

/// The automaton that accepts what any of `patterns` accepts, by index.
pub(crate) fn union(patterns: &[&Origin]) -> Dfa {
    let expressions: Vec<String> = patterns
        .iter()
        .map(|pattern| expression::of(pattern))
        .collect();
    of_patterns(&expressions)
}

/// The automaton that reads from the last byte to the first and accepts what is a full match of
/// any of `expressions`, which spell patterns.
pub(crate) fn of_patterns(expressions: &[String]) -> Dfa {
    let nfa = nfa(expressions, None).expect("patterns are spelled as valid expressions");
    let dense = dense(&nfa, None).expect("no limit is set, and patterns have no look-around");
    copy(&dense)
}

/// The same, unless `regex-automata` takes more than `limit` bytes for it.
pub(crate) fn of_patterns_within(expressions: &[String], limit: usize) -> Option<Dfa> {
    let nfa = nfa(expressions, None).expect("patterns are spelled as valid expressions");
    Some(copy(&dense(&nfa, Some(limit)).ok()?))
}

/// The same for what a user wrote.
pub(crate) fn of_regex(expression: &str) -> Result<Dfa, Unbuildable> {
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let parsed = syntax::parse_with(expression, &syntax)
        .map_err(|error| Unbuildable::Invalid(reason(&error.to_string())))?;
    if parsed.properties().look_set().contains_word_unicode() {
        let reason = "it asks for words of Unicode, and origins are ASCII: leave out `(?u)`";
        return Err(Unbuildable::Invalid(reason.to_owned()));
    }
    let nfa = nfa(&[expression], Some(REGEX_LIMIT)).map_err(|error| match error.size_limit() {
        Some(_) => Unbuildable::TooLarge,
        None => Unbuildable::Invalid(error.to_string()),
    })?;
    let dense =
        dense(&nfa, Some(REGEX_LIMIT)).map_err(|error| match error.is_size_limit_exceeded() {
            true => Unbuildable::TooLarge,
            false => Unbuildable::Invalid(error.to_string()),
        })?;
    Ok(copy(&dense))
}

/// The last line of a message with an excerpt.
fn reason(message: &str) -> String {
    let last = message.lines().last().unwrap_or(message);
    last.trim_start_matches("error: ").to_owned()
}

fn nfa<E: AsRef<str>>(
    expressions: &[E],
    limit: Option<usize>,
) -> Result<NFA, Box<thompson::BuildError>> {
    thompson::Compiler::new()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(
            thompson::Config::new()
                .reverse(true)
                .utf8(false)
                .nfa_size_limit(limit)
                .which_captures(WhichCaptures::None),
        )
        .build_many(expressions)
        .map_err(Box::new)
}

fn dense(nfa: &NFA, limit: Option<usize>) -> Result<dense::DFA<Vec<u32>>, Box<dense::BuildError>> {
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                // Every way to match counts, not the preferred one only.
                .match_kind(MatchKind::All)
                // Both serve searching, and cost time to build.
                .accelerate(false)
                .specialize_start_states(false)
                .dfa_size_limit(limit)
                .determinize_size_limit(limit),
        )
        .build_from_nfa(nfa)
        .map_err(Box::new)
}

/// Copies what can be reached from the start, row by row.
fn copy(dense: &dense::DFA<Vec<u32>>) -> Dfa {
    let start = dense
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .expect("anchored searches are supported");
    let mut dfa = Dfa::new(|byte| dense.byte_classes().get(byte));
    let bytes: Vec<u8> = dfa.representatives().collect();

    // The new number of each state, by its row in the dense table; the dead state for those that
    // are not found yet.
    let row = |state: StateID| state.as_usize() >> dense.stride2();
    let mut numbers: Vec<State> = Vec::new();
    let mut number = |state: StateID, dfa: &mut Dfa| {
        if numbers.len() <= row(state) {
            numbers.resize(row(state) + 1, Dfa::DEAD);
        }
        let is_new = numbers[row(state)] == Dfa::DEAD;
        if is_new {
            numbers[row(state)] = dfa.add_state(accepts(dense, state));
        }
        (numbers[row(state)], is_new)
    };
    // `found` is both the list of states and the queue of those to copy.
    let mut found = vec![(start, number(start, &mut dfa).0)];
    let mut copied = 0;
    while let Some(&(from, from_number)) = found.get(copied) {
        for (class, &byte) in bytes.iter().enumerate() {
            let to = dense.next_state(from, byte);
            if dense.is_dead_state(to) {
                continue;
            }
            let (to_number, is_new) = number(to, &mut dfa);
            if is_new {
                found.push((to, to_number));
            }
            dfa.connect(from_number, class, to_number);
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
    let mut accepts: Vec<usize> = (0..dense.match_len(end))
        .map(|index| dense.match_pattern(end, index).as_usize())
        .collect();
    accepts.sort_unstable();
    accepts
}
