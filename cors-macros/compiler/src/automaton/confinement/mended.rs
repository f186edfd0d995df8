//! What to write in place of a regex that is refused.

use super::domains::Domain;
use super::hosts::Hosts;
use super::{MOST_DOMAINS, of_pattern};
use crate::automaton::insecure::Insecure;
use crate::automaton::regex;
use crate::automaton::serialized::Serialized;
use crate::diagnostic::LONGEST_OFFER;
use crate::model::{Regex, Spelling, as_pattern, meant};

/// The expression that the author of another may have meant, proved to be sound, with the domains
/// that it is confined to.
pub(super) fn sound_reading(
    expression: &str,
    serialized: &Serialized,
) -> Option<(String, Vec<Domain>)> {
    if expression.len() > LONGEST_OFFER {
        return None;
    }
    let mut readings = meant(expression).to_vec();
    readings.dedup();
    readings.retain(|reading| reading != expression);
    readings.into_iter().find_map(|expression| {
        let dfa = regex::of(&expression, serialized).ok()?;
        let domains = Hosts::of(&dfa).domains("", MOST_DOMAINS + 1);
        (domains.len() <= MOST_DOMAINS).then_some((expression, domains))
    })
}

/// The entry that the author of `regex` may have meant.
pub(crate) fn mended(regex: &Regex, serialized: &Serialized) -> Option<String> {
    let (expression, _) = sound_reading(&regex.expression, serialized)?;
    Some(as_written(expression, regex.spelling))
}

/// The same entry for `https` only, if it can be told by its text.
pub(crate) fn for_https(
    regex: &Regex,
    insecure: &Insecure,
    serialized: &Serialized,
) -> Option<String> {
    let written = &regex.expression;
    let expression = match written.contains("https?:") {
        true => written.replace("https?:", "https:"),
        false => written.replace("http:", "https:"),
    };
    if expression.len() > LONGEST_OFFER {
        return None;
    }
    let dfa = regex::of(&expression, serialized).ok()?;
    let is_secure = insecure.part(&dfa).is_empty();
    is_secure.then(|| as_written(expression, regex.spelling))
}

/// A sound expression as an entry: a pattern, if one says the same.
pub(crate) fn as_written(expression: String, spelling: Spelling) -> String {
    match as_pattern(&expression).filter(|pattern| of_pattern(pattern).is_ok()) {
        Some(pattern) => format!("\"{pattern}\""),
        None => Regex {
            expression,
            spelling,
        }
        .to_string(),
    }
}
