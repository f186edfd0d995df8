//! The language of serialized origins, and parts of it.
//! <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>

use super::build::{self, Unbuildable};
use super::dfa::Dfa;
use super::expression;
use super::product::{difference, intersection, intersection_within};
use crate::diagnostics::{Check, Problem, quoted};

/// A regex longer than this is refused unread.
const LONGEST_REGEX: usize = 4096;

/// The most states of a regex together with what has to be known of serialized origins.
const MOST_STATES: usize = 1 << 14;

const HOST: &str = r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])";

/// All serialized origins, as what has their shape and no default port.
pub(crate) struct Serialized {
    shape: Dfa,
    default_port: Dfa,
}

pub(crate) fn all() -> Serialized {
    let port = expression::any_port(None);
    Serialized {
        shape: build::of_patterns(&[format!("[a-z][a-z0-9+.-]*://{HOST}{port}")]),
        // The default port is left out.
        default_port: build::of_patterns(&["http://[^/]+:80|https://[^/]+:443".to_owned()]),
    }
}

/// Origins that anyone on the network path can forge; see [`is_insecure`].
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
pub(crate) fn insecure() -> Dfa {
    // It is asked about serialized origins only, so ports need not be told apart.
    build::of_patterns(&[
        "http://.+".to_owned(),
        r"http://(?:(?:[a-z0-9_-]+\.)*localhost\.?|127(?:\.[0-9]+){3}|\[::1\])(?::[0-9]+)?"
            .to_owned(),
    ])
}

pub(crate) fn is_insecure(labels: &[usize]) -> bool {
    labels == [0]
}

/// What `dfa` accepts of `insecure`.
pub(crate) fn insecure_part(dfa: &Dfa, insecure: &Dfa) -> Dfa {
    intersection(dfa, insecure, |labels, insecure| {
        match is_insecure(insecure) {
            true => labels.to_vec(),
            false => Vec::new(),
        }
    })
}

/// What `dfa` accepts of a scheme, if it accepts any of it.
pub(crate) fn with_scheme(scheme: &str, dfa: &Dfa) -> Option<Dfa> {
    let all = build::of_patterns(&[format!("{scheme}://.+")]);
    let part = intersection(dfa, &all, where_both_accept);
    (!part.is_empty()).then_some(part)
}

fn where_both_accept(a: &[usize], b: &[usize]) -> Vec<usize> {
    match b {
        [] => Vec::new(),
        _ => a.to_vec(),
    }
}

/// The automaton of the full matches of `regex` that are serialized origins, with the label 0.
pub(crate) fn only(regex: &str, serialized: &Serialized) -> Result<Dfa, Problem> {
    if regex.len() > LONGEST_REGEX {
        return Err(too_large(regex));
    }
    let dfa = build::of_regex(regex).map_err(|unbuildable| match unbuildable {
        Unbuildable::Invalid(reason) => invalid(regex, &reason),
        Unbuildable::TooLarge => too_large(regex),
    })?;
    let dfa = intersection_within(MOST_STATES, &dfa, &serialized.shape, where_both_accept)
        .ok_or_else(|| too_large(regex))?;
    let dfa = difference(&dfa, &serialized.default_port);
    match dfa.is_empty() {
        true => Err(empty(regex)),
        false => Ok(dfa),
    }
}

fn invalid(regex: &str, reason: &str) -> Problem {
    Problem::new(
        Check::RegexInvalid,
        format!("regex {} is no regular expression", quoted(regex)),
    )
    .note(reason)
    .note("the syntax is that of the `regex` crate, for bytes of ASCII")
}

fn too_large(regex: &str) -> Problem {
    Problem::new(
        Check::RegexTooLarge,
        format!("regex {} is too large", quoted(regex)),
    )
    .note(format!(
        "its text is limited to {LONGEST_REGEX} bytes, its automaton to {} bytes and {MOST_STATES} states",
        build::REGEX_LIMIT
    ))
    .help("split it into several entries, or lower the counts of its repetitions")
}

fn empty(regex: &str) -> Problem {
    let problem = Problem::new(
        Check::RegexEmpty,
        format!("regex {} accepts no origin", quoted(regex)),
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
