//! Suggestions for a rejected regex: a sound candidate, possibly with `https` only, or as a
//! pattern.

use std::collections::HashSet;

use super::reading::{readings, to_pattern, trailing_name};
use crate::analysis::{Analysis, is_confined};
use crate::declaration::{Expr, Function, LiteralStyle, MAX_SUGGESTION_LEN};
use crate::model::Regex;
use cors_origin::confinement::check_confinement;
use cors_origin::public_suffix::{Name, classify, registrable};

/// The probable intention of a regex.
pub(crate) struct Intent {
    /// A sound expression.
    pub(crate) reading: Option<String>,
    /// Whether there is an unescaped dot.
    pub(crate) has_loose_dot: bool,
    /// The registrable domains of the candidates, which are not counter-examples.
    pub(crate) domains: HashSet<String>,
}

/// Returns the probable intention of `expression`.
pub(crate) fn intent(expression: &str, analysis: &Analysis<'_>) -> Intent {
    let escaped = with_escaped_dots(expression);
    let reading = sound_reading(expression, analysis);
    let mut domains = HashSet::new();
    for reading in escaped.iter().chain(&reading) {
        let dfa = analysis.try_regex(reading);
        domains.extend(dfa.iter().flat_map(|dfa| analysis.domain_names(dfa)));
    }
    let name = trailing_name(expression);
    let name = name.trim_end_matches('.'); // the root
    if let Name::Registrable { .. } = classify(name) {
        domains.insert(registrable(name).to_owned());
    }
    Intent {
        reading,
        has_loose_dot: escaped.is_some(),
        domains,
    }
}

/// Returns the probable intention of `regex` as an entry, proved to be sound.
pub(crate) fn suggest_sound(regex: &Regex, analysis: &Analysis<'_>) -> Option<Expr> {
    let expression = sound_reading(&regex.expression, analysis)?;
    Some(to_entry(expression, regex.style))
}

/// Returns the entry for `https` only, if its text shows how.
pub(crate) fn suggest_https(regex: &Regex, analysis: &Analysis<'_>) -> Option<Expr> {
    let expression = match regex.expression.contains("https?:") {
        true => regex.expression.replace("https?:", "https:"),
        false => regex.expression.replace("http:", "https:"),
    };
    if expression.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let dfa = analysis.try_regex(&expression).ok()?;
    let is_secure = !analysis.accepts_insecure_origin(&dfa);
    is_secure.then(|| to_entry(expression, regex.style))
}

/// Returns the entry with `https` in place of its schemes, if that is sound.
pub(crate) fn suggest_scheme(regex: &Regex, analysis: &Analysis<'_>) -> Option<Expr> {
    let (_, rest) = regex.expression.split_once("://")?;
    let expression = format!("https://{rest}");
    if expression.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let dfa = analysis.try_regex(&expression).ok()?;
    is_confined(&dfa).then(|| to_entry(expression, regex.style))
}

/// Returns a sound expression as an entry: as an equivalent pattern, if there is one.
pub(crate) fn to_entry(expression: String, style: LiteralStyle) -> Expr {
    match to_pattern(&expression).filter(|pattern| check_confinement(pattern).is_ok()) {
        Some(pattern) => Expr::text(pattern.to_string()),
        None => Regex { expression, style }.to_expr(),
    }
}

/// Returns the entry for a regex in a plain string: as an equivalent pattern, if there is one.
pub(crate) fn entry_for(text: &str) -> Expr {
    let [_, reading] = readings(text);
    match to_pattern(&reading) {
        Some(pattern) => Expr::text(pattern.to_string()),
        None => Expr::call(Function::Regex.name(), [Expr::text(text)]),
    }
}

/// Returns the nearest candidate for `expression` that differs from it and is confined.
fn sound_reading(expression: &str, analysis: &Analysis<'_>) -> Option<String> {
    if expression.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let mut readings = readings(expression).to_vec();
    readings.dedup();
    readings.retain(|reading| reading != expression);
    readings.into_iter().find(|reading| {
        let dfa = analysis.try_regex(reading);
        dfa.is_ok_and(|dfa| is_confined(&dfa))
    })
}

/// Escapes every dot that matches any byte. Returns `None` if there is no such dot.
fn with_escaped_dots(expression: &str) -> Option<String> {
    let mut literal = String::new();
    let mut has_loose_dot = false;
    let mut in_class = false;
    let mut characters = expression.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                literal.push(character);
                literal.extend(characters.next());
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                has_loose_dot = true;
                literal.push('\\');
            }
            _ => {}
        }
        literal.push(character);
    }
    has_loose_dot.then_some(literal)
}

#[cfg(all(test, feature = "tokens"))]
mod tests;
