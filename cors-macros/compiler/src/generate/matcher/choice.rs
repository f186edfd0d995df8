//! Which strategy matches which entries: the cheapest that can.

use core::fmt;
use std::borrow::Cow;

use super::group::Group;
use crate::analysis::PatternGroup;
use crate::automaton::{Dfa, union};
use crate::model::Pattern;
use cors_origin::matcher::strategy::{self, choose_for_origins, choose_for_patterns};

/// A way to match some entries.
pub(super) enum Strategy<'a> {
    /// Comparisons and look-ups.
    Lookup(strategy::Strategy),
    /// A step for each byte.
    Automaton {
        dfa: Cow<'a, Dfa>,
        /// What it accepts.
        texts: Vec<String>,
    },
    /// The same, for one regex.
    Regex { dfa: &'a Dfa, text: String },
}

/// How the entries of a group are matched, but for predicates; `patterns` are those of the group.
pub(super) fn of<'a>(
    group: &Group<'a>,
    patterns: impl Iterator<Item = &'a PatternGroup<'a>>,
) -> Vec<Strategy<'a>> {
    let exact: Vec<&str> = group.exact.iter().map(String::as_str).collect();
    let exact = choose_for_origins(&exact).into_iter();
    let mut strategies: Vec<Strategy<'_>> = exact.map(Strategy::Lookup).collect();
    for PatternGroup { patterns, dfa, .. } in patterns {
        strategies.extend(self::patterns(patterns, dfa));
    }
    let regexes = group.regexes.iter();
    strategies.extend(regexes.map(|(text, dfa)| Strategy::Regex {
        dfa,
        text: text.clone(),
    }));
    strategies
}

/// How patterns are matched; `union` is their automaton.
pub(super) fn patterns<'a>(patterns: &[&'a Pattern], union: &'a Dfa) -> Vec<Strategy<'a>> {
    let (strategies, rest) = choose_for_patterns(patterns);
    let mut strategies: Vec<Strategy<'_>> = strategies.into_iter().map(Strategy::Lookup).collect();
    if !rest.is_empty() {
        let dfa = match rest.len() == patterns.len() {
            true => Cow::Borrowed(union),
            false => Cow::Owned(self::union(&rest)),
        };
        let texts = rest.iter().map(ToString::to_string).collect();
        strategies.push(Strategy::Automaton { dfa, texts });
    }
    strategies
}

impl fmt::Display for Strategy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lookup(strategy) => strategy.fmt(f),
            Self::Regex { .. } => f.write_str("an automaton of a regex"),
            Self::Automaton { texts, .. } if texts.len() == 1 => {
                f.write_str("an automaton of a pattern")
            }
            Self::Automaton { texts, .. } => write!(f, "an automaton of {} patterns", texts.len()),
        }
    }
}
