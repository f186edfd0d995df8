//! Automata of regular expressions. `regex-automata` parses them, and builds the nondeterministic
//! automaton.

use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::syntax;

use super::determinize::determinize_within;
use super::dfa::Dfa;
use super::graph::Graph;
use super::nfa::add_nfa;
use super::regex_error::{MAX_REGEX_LEN, MAX_REGEX_STEPS, RegexError};

/// Maximum number of bytes of the nondeterministic automaton of a regex. Counted repetitions multiply,
/// so a short text can need a huge one.
const MAX_REGEX_BYTES: usize = 1 << 19;

/// Returns the automaton that reads backwards and accepts the full matches of any of `expressions`,
/// none of which comes from a user, with indices as labels, unless building it takes more than
/// `most` steps.
#[cfg(any(test, feature = "export"))]
pub(crate) fn from_trusted_within<E: AsRef<str>>(most: usize, expressions: &[E]) -> Option<Dfa> {
    let nfa = compiler(None).syntax(syntax()).build_many(expressions);
    determinized(most, &nfa.expect("the expressions are valid"))
}

/// Returns the automaton of such expressions.
#[cfg(test)]
pub(super) fn from_trusted<E: AsRef<str>>(expressions: &[E]) -> Dfa {
    from_trusted_within(usize::MAX, expressions).expect("no limit is set")
}

/// Returns the automaton of an expression that a user wrote, in bounded time.
pub(super) fn from_untrusted(expression: &str) -> Result<Dfa, RegexError> {
    if expression.len() > MAX_REGEX_LEN {
        return Err(RegexError::TooLarge);
    }
    let parsed = syntax::parse_with(expression, &syntax())
        .map_err(|error| RegexError::Invalid(reason(&error.to_string())))?;
    if parsed.properties().look_set().contains_word_unicode() {
        let reason = "it needs Unicode word boundaries, and origins are ASCII: remove `(?u)`";
        return Err(RegexError::Invalid(reason.to_owned()));
    }
    let nfa = compiler(Some(MAX_REGEX_BYTES)).build_from_hir(&parsed);
    let nfa = nfa.map_err(|error| match error.size_limit() {
        Some(_) => RegexError::TooLarge,
        None => RegexError::Invalid(error.to_string()),
    })?;
    determinized(MAX_REGEX_STEPS, &nfa).ok_or(RegexError::TooLarge)
}

/// Returns the last line of a message with an excerpt.
fn reason(message: &str) -> String {
    let last = message.lines().last().unwrap_or(message);
    last.trim_start_matches("error: ").to_owned()
}

fn syntax() -> syntax::Config {
    syntax::Config::new().unicode(false).utf8(false)
}

/// Returns the compiler of automata with at most `limit` bytes.
fn compiler(limit: Option<usize>) -> thompson::Compiler {
    let mut compiler = thompson::Compiler::new();
    compiler.configure(
        thompson::Config::new()
            .reverse(true)
            .utf8(false)
            .nfa_size_limit(limit)
            .which_captures(WhichCaptures::None),
    );
    compiler
}

fn determinized(most: usize, nfa: &NFA) -> Option<Dfa> {
    let mut graph = Graph::default();
    let start = add_nfa(most, nfa, &mut graph)?;
    determinize_within(most, &graph, start)
}
