//! The automaton of a regex that a user wrote.

use super::build::{self, Unbuildable};
use super::dfa::Dfa;
use super::serialized::Serialized;
use crate::check::Check;
use crate::diagnostic::{Diagnostic, quoted, text};

/// A regex longer than this is refused unread.
const LONGEST_REGEX: usize = 4096;

/// The most states of a regex together with what has to be known of serialized origins.
const MOST_STATES: usize = 1 << 14;

/// The automaton of the full matches of `regex` that are serialized origins, with the label 0.
pub(crate) fn of(regex: &str, serialized: &Serialized) -> Result<Dfa, Diagnostic> {
    if regex.len() > LONGEST_REGEX {
        return Err(too_large(regex));
    }
    let dfa = build::of_regex(regex).map_err(|unbuildable| match unbuildable {
        Unbuildable::Invalid(reason) => invalid(regex, &reason),
        Unbuildable::TooLarge => too_large(regex),
    })?;
    let dfa = serialized.part_within(MOST_STATES, &dfa);
    let dfa = dfa.ok_or_else(|| too_large(regex))?;
    match dfa.is_empty() {
        true => Err(empty(regex)),
        false => Ok(dfa),
    }
}

fn invalid(regex: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Check::RegexInvalid,
        text!["regex ", quoted(regex), " is no regular expression"],
    )
    .note(reason.to_owned())
    .note("the syntax is that of the `regex` crate, for bytes of ASCII")
}

fn too_large(regex: &str) -> Diagnostic {
    Diagnostic::new(
        Check::RegexTooLarge,
        text!["regex ", quoted(regex), " is too large"],
    )
    .note(format!(
        "its text is limited to {LONGEST_REGEX} bytes, its automaton to {} bytes and {MOST_STATES} states",
        build::REGEX_LIMIT
    ))
    .help("split it into several entries, or lower the counts of its repetitions")
}

fn empty(regex: &str) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::RegexEmpty,
        text!["regex ", quoted(regex), " accepts no origin"],
    )
    .note("it has to match a whole origin: scheme, host and port, as browsers send them");
    // Signs that a host may have, and that mean nothing in a regex.
    let problem = match regex.contains(['!', '"', '&', '\'', ';', '=', '`', '~']) {
        true => problem.note(
            "hosts of regexes have letters, digits, `-`, `_` and dots; others are exact entries",
        ),
        false => problem,
    };
    match regex.contains("://") || regex.contains(r":\/\/") {
        true => {
            problem.help("leave out paths, slashes at the end, uppercase letters and default ports")
        }
        false => problem.help(
            "start with the scheme, as in `regex(\"https://(shop|blog)\\\\.example\\\\.com\")`",
        ),
    }
}
