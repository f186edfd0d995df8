//! Builds tables from patterns and regular expressions, with `regex-automata`.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::dfa::{Dfa, State};
use crate::model::{Host, Label, LabelPart, Pattern, Port};

/// `*` accepts one or more bytes of a label.
const WILDCARD: &str = "[a-z0-9_-]+";
/// `**` accepts one or more labels.
const DEEP_WILDCARD: &str = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*";

/// Maximum length of a regex; longer ones are rejected without parsing.
pub(crate) const MAX_REGEX_LEN: usize = 4096;

/// Maximum number of bytes that `regex-automata` may use for each step of a regex. Counted
/// repetitions multiply, so a short text can need a huge table.
pub(crate) const MAX_REGEX_BYTES: usize = 1 << 19;

/// The reason why an expression has no automaton.
pub(super) enum BuildError {
    /// It is not a regular expression. Contains the reason.
    Invalid(String),
    /// It exceeds the limit.
    TooLarge,
}

/// Returns the automaton that accepts what any of `patterns` accepts, with indices as labels.
pub fn union(patterns: &[&Pattern]) -> Dfa {
    from_trusted(&to_regexes(patterns))
}

/// Returns the automaton that only accepts `origin`.
pub(crate) fn singleton(origin: &str) -> Dfa {
    let mut expression = String::new();
    text(origin, &mut expression);
    from_trusted(&[expression])
}

/// Returns an automaton that accepts what any of `patterns` accepts, with some label, unless
/// `regex-automata` needs more than `limit` bytes.
///
/// Common text before or after the first wildcards is factored out. As separate expressions, all
/// patterns would be candidates at every byte of the wildcard, which takes quadratic time.
pub(super) fn merged_within(patterns: &[&Pattern], limit: usize) -> Option<Dfa> {
    let mut starts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut expressions = Vec::new();
    for pattern in patterns {
        let expression = pattern_to_regex(pattern);
        match expression.split_once(WILDCARD) {
            Some((start, rest)) => {
                let starts = starts.entry(rest.to_owned()).or_default();
                starts.insert(start.to_owned());
            }
            None => expressions.push(expression),
        }
    }
    let mut rests: BTreeMap<BTreeSet<String>, Vec<String>> = BTreeMap::new();
    for (rest, starts) in starts {
        rests.entry(starts).or_default().push(rest);
    }
    for (starts, rests) in rests {
        let starts: Vec<String> = starts.into_iter().collect();
        expressions.push(alternatives(&starts) + WILDCARD + &alternatives(&rests));
    }
    from_trusted_within(&expressions, limit)
}

/// Returns an expression that matches one of `texts`, which must be sorted. Common prefixes are
/// factored out.
fn alternatives(texts: &[String]) -> String {
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else {
        return String::new();
    };
    if texts.len() == 1 {
        return first.clone();
    }
    // Literal bytes: no class, group or escape is split.
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'/');
    let same = first.bytes().zip(last.bytes());
    let same = same.take_while(|(a, b)| a == b && is_literal(*a));
    let length = same.count();
    let rests: Vec<&str> = texts.iter().map(|text| &text[length..]).collect();
    format!("{}(?:{})", &first[..length], rests.join("|"))
}

fn to_regexes(patterns: &[&Pattern]) -> Vec<String> {
    let patterns = patterns.iter();
    patterns.map(|pattern| pattern_to_regex(pattern)).collect()
}

/// Returns the automaton that reads backwards and accepts the full matches of any of `expressions`,
/// none of which comes from a user.
pub(super) fn from_trusted<E: AsRef<str>>(expressions: &[E]) -> Dfa {
    let nfa = nfa(expressions, None).expect("patterns are spelled as valid expressions");
    let dense = dense(&nfa, None).expect("no limit is set, and patterns have no look-around");
    copy(&dense)
}

/// Returns the automaton of such expressions, unless `regex-automata` needs more than `limit`
/// bytes.
pub(crate) fn from_trusted_within<E: AsRef<str>>(expressions: &[E], limit: usize) -> Option<Dfa> {
    let nfa = nfa(expressions, None).expect("patterns are spelled as valid expressions");
    Some(copy(&dense(&nfa, Some(limit)).ok()?))
}

/// Returns the automaton of an expression that a user wrote, in bounded time.
pub(super) fn from_untrusted(expression: &str) -> Result<Dfa, BuildError> {
    if expression.len() > MAX_REGEX_LEN {
        return Err(BuildError::TooLarge);
    }
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let parsed = syntax::parse_with(expression, &syntax)
        .map_err(|error| BuildError::Invalid(reason(&error.to_string())))?;
    if parsed.properties().look_set().contains_word_unicode() {
        let reason = "it needs Unicode word boundaries, and origins are ASCII: remove `(?u)`";
        return Err(BuildError::Invalid(reason.to_owned()));
    }
    let nfa =
        nfa(&[expression], Some(MAX_REGEX_BYTES)).map_err(|error| match error.size_limit() {
            Some(_) => BuildError::TooLarge,
            None => BuildError::Invalid(error.to_string()),
        })?;
    let dense = dense(&nfa, Some(MAX_REGEX_BYTES)).map_err(|error| {
        match error.is_size_limit_exceeded() {
            true => BuildError::TooLarge,
            false => BuildError::Invalid(error.to_string()),
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
pub(super) fn any_port(default: Option<u16>) -> String {
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
