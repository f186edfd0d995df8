//! Automata of regular expressions, which `regex-syntax` parses.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use super::determinize::determinize_within;
use super::dfa::Dfa;
use super::graph::Graph;
use super::lookaround::add_nfa;
use super::nfa::Nfa;
use super::regex_error::{MAX_REGEX_LEN, MAX_REGEX_STEPS, RegexError};

/// Maximum number of states of the nondeterministic automaton of a regex.
const MAX_REGEX_NFA_STATES: usize = 1 << 14;

/// Returns the automaton that reads backwards and accepts the full matches of any of `expressions`,
/// none of which comes from a user, with indices as labels, unless building it takes more than
/// `most` steps.
#[cfg(any(test, feature = "export"))]
pub(crate) fn from_trusted_within<E: AsRef<str>>(most: usize, expressions: &[E]) -> Option<Dfa> {
    let regexes = expressions
        .iter()
        .map(|expression| parse(expression.as_ref()));
    let regexes: Result<Vec<Hir>, _> = regexes.collect();
    let nfa = Nfa::new(most, &regexes.expect("the expressions are valid"))?;
    determinized(most, &nfa)
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
    let parsed = parse(expression)?;
    if parsed.properties().look_set().contains_word_unicode() {
        let reason = "it needs Unicode word boundaries, and origins are ASCII: remove `(?u)`";
        return Err(RegexError::Invalid(reason.to_owned()));
    }
    let nfa = Nfa::new(MAX_REGEX_NFA_STATES, &[parsed]).ok_or(RegexError::TooLarge)?;
    determinized(MAX_REGEX_STEPS, &nfa).ok_or(RegexError::TooLarge)
}

/// Returns the last line of a message with an excerpt.
fn reason(message: &str) -> String {
    let last = message.lines().last().unwrap_or(message);
    last.trim_start_matches("error: ").to_owned()
}

fn parse(expression: &str) -> Result<Hir, RegexError> {
    let mut parser = ParserBuilder::new();
    let mut parser = parser.unicode(false).utf8(false).build();
    parser
        .parse(expression)
        .map_err(|error| RegexError::Invalid(reason(&error.to_string())))
}

fn determinized(most: usize, nfa: &Nfa) -> Option<Dfa> {
    let mut graph = Graph::default();
    let start = add_nfa(most, nfa, &mut graph)?;
    determinize_within(most, &graph, start)
}
