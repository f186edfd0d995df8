//! Builds tables from the text of regular expressions, with `regex-automata`.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::dfa::{Dfa, State};
use super::regex_error::{MAX_REGEX_BYTES, MAX_REGEX_LEN, RegexError};

/// Returns the automaton that reads backwards and accepts the full matches of any of `expressions`,
/// none of which comes from a user, with indices as labels, unless `regex-automata` needs more than
/// `limit` bytes.
#[cfg(any(test, feature = "export"))]
pub(crate) fn from_trusted_within<E: AsRef<str>>(expressions: &[E], limit: usize) -> Option<Dfa> {
    let nfa = nfa(expressions, None).expect("the expressions are valid");
    Some(copy(&dense(&nfa, Some(limit)).ok()?))
}

/// Returns the automaton of such expressions.
#[cfg(test)]
pub(super) fn from_trusted<E: AsRef<str>>(expressions: &[E]) -> Dfa {
    from_trusted_within(expressions, usize::MAX).expect("no limit is reached")
}

/// Returns the automaton of an expression that a user wrote, in bounded time.
pub(super) fn from_untrusted(expression: &str) -> Result<Dfa, RegexError> {
    if expression.len() > MAX_REGEX_LEN {
        return Err(RegexError::TooLarge);
    }
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let parsed = syntax::parse_with(expression, &syntax)
        .map_err(|error| RegexError::Invalid(reason(&error.to_string())))?;
    if parsed.properties().look_set().contains_word_unicode() {
        let reason = "it needs Unicode word boundaries, and origins are ASCII: remove `(?u)`";
        return Err(RegexError::Invalid(reason.to_owned()));
    }
    let nfa =
        nfa(&[expression], Some(MAX_REGEX_BYTES)).map_err(|error| match error.size_limit() {
            Some(_) => RegexError::TooLarge,
            None => RegexError::Invalid(error.to_string()),
        })?;
    let dense = dense(&nfa, Some(MAX_REGEX_BYTES)).map_err(|error| {
        match error.is_size_limit_exceeded() {
            true => RegexError::TooLarge,
            false => RegexError::Invalid(error.to_string()),
        }
    })?;
    Ok(copy(&dense))
}

/// Returns the last line of a message with an excerpt.
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
                // All matches count, not only the preferred one.
                .match_kind(MatchKind::All)
                // Both speed up searches, but take time to build.
                .accelerate(false)
                .specialize_start_states(false)
                .dfa_size_limit(limit)
                .determinize_size_limit(limit),
        )
        .build_from_nfa(nfa)
        .map_err(Box::new)
}

/// Copies the reachable states, row by row.
fn copy(dense: &dense::DFA<Vec<u32>>) -> Dfa {
    let start = dense
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .expect("anchored searches are supported");
    let mut dfa = Dfa::new(|byte| dense.byte_classes().get(byte));
    let bytes: Vec<u8> = dfa.representatives().collect();

    // The new number of each state, by its row in the dense table; the dead state for those not yet
    // found.
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

/// Returns the expressions that match if the input ends here. A dense automaton reports matches one
/// step later.
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
