//! Suggestions for a rejected regex: a sound candidate, possibly with `https` only, or as a
//! pattern.

use std::collections::HashSet;

use super::offer::{Place, Replaced, Text, offer_entries};
use super::reading::{readings, to_pattern, trailing_name, with_any_port, with_literal_dots};
use crate::analysis::{Analysis, is_confined};
use crate::automaton::Dfa;
use crate::declaration::{Expr, LiteralStyle, MAX_SUGGESTION_LEN};
use crate::model::Regex;
use cors_origin::public_suffix::{Name, classify, registrable};

/// The probable intention of a regex.
pub(crate) struct Intent {
    /// The suggested entries, or a change if there are none.
    pub(crate) entries: Result<Vec<Expr>, Change>,
    /// The registrable domains of the candidates, which are not counter-examples.
    pub(crate) domains: HashSet<String>,
}

/// A change of a regex that leads to an accepted one.
#[derive(Clone, Copy)]
pub(crate) enum Change {
    /// Dots are literal, and `.*` is a part of a label.
    LiteralDots,
    /// There is nothing like `.*` at its end.
    LiteralEnd,
    /// It names its domains.
    NamedDomains,
}

/// Returns the probable intention of `regex`.
pub(crate) fn intent(regex: &Regex, place: Place, analysis: &Analysis<'_>) -> Intent {
    let expression = &regex.expression;
    let mut domains = HashSet::new();
    let mut add_domains = |dfa: &Dfa| {
        for name in analysis.domain_names(dfa) {
            domains.insert(name);
        }
    };
    if let Some(escaped) = with_escaped_dots(expression)
        && let Ok(dfa) = analysis.try_regex(&escaped)
    {
        add_domains(&dfa);
    }
    for readings in readings(expression) {
        for reading in readings {
            if reading.len() <= MAX_SUGGESTION_LEN
                && let Ok(dfa) = analysis.try_regex(&reading)
                && is_confined(&dfa)
            {
                add_domains(&dfa);
            }
        }
    }
    let name = trailing_name(expression);
    let name = name.trim_end_matches('.'); // the root
    if let Name::Registrable { .. } = classify(name) {
        domains.insert(registrable(name).to_owned());
    }
    Intent {
        entries: suggest_sound(regex, place, analysis).ok_or_else(|| change(expression, analysis)),
        domains,
    }
}

/// Returns a change after which a rejected regex is accepted.
fn change(expression: &str, analysis: &Analysis<'_>) -> Change {
    let is_accepted = |expression: &str| {
        let is_short = expression.len() <= MAX_SUGGESTION_LEN;
        is_short
            && analysis
                .try_regex(expression)
                .is_ok_and(|dfa| is_confined(&dfa))
    };
    let literal = with_literal_dots(expression);
    if literal != expression && is_accepted(&literal) {
        return Change::LiteralDots;
    }
    let end = expression.trim_end_matches('$');
    let named = end.strip_suffix(".*").or_else(|| end.strip_suffix(".+"));
    match named {
        Some(named) if is_accepted(&with_literal_dots(named)) => Change::LiteralEnd,
        _ => Change::NamedDomains,
    }
}

/// Returns the entries that the author of `regex` probably wanted.
pub(crate) fn suggest_sound(
    regex: &Regex,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    sound(&regex.expression, regex.style, place, analysis)
}

/// Returns the entries for a regex in a plain string.
pub(crate) fn entries_for(text: &str, place: Place, analysis: &Analysis<'_>) -> Option<Vec<Expr>> {
    let style = LiteralStyle::Ordinary;
    let as_written = || {
        let regex = Regex {
            expression: text.to_owned(),
            style,
        };
        let replaced = Replaced::origin(Text::Plain(text), place, analysis);
        offer_entries(vec![regex.to_expr()], &replaced)
    };
    sound(text, style, place, analysis).or_else(as_written)
}

/// Returns the nearest candidate for an expression that can be suggested.
fn sound(
    expression: &str,
    style: LiteralStyle,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    if expression.len() > MAX_SUGGESTION_LEN {
        return None;
    }
    let replaced = Replaced::origin(Text::Regex(expression), place, analysis);
    let regex = Regex {
        expression: expression.to_owned(),
        style,
    };
    let same = regex.to_expr();
    for readings in readings(expression) {
        let mut entries = Vec::new();
        for reading in readings {
            entries.push(to_entry(reading, style));
        }
        if !entries.contains(&same)
            && let Some(entries) = offer_entries(entries, &replaced)
        {
            return Some(entries);
        }
    }
    None
}

/// Returns whether a colon is repeated, as in the pattern `http://localhost:*`.
pub(crate) fn repeats_colon(regex: &Regex) -> bool {
    with_any_port(&regex.expression).is_some()
}

/// Returns the entries for any port, in place of a repeated colon.
pub(crate) fn suggest_any_port(
    regex: &Regex,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let expression = with_any_port(&regex.expression)?;
    corrected(&expression, regex.style, place, analysis)
}

/// Returns the entry for `https` only, if its text shows how.
pub(crate) fn suggest_https(
    regex: &Regex,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let expression = match regex.expression.contains("https?:") {
        true => regex.expression.replace("https?:", "https:"),
        false => regex.expression.replace("http:", "https:"),
    };
    with_expression(expression, regex, place, analysis)
}

/// Returns the entry with `https` in place of its schemes.
pub(crate) fn suggest_scheme(
    regex: &Regex,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let (_, rest) = regex.expression.split_once("://")?;
    let expression = format!("https://{rest}");
    with_expression(expression, regex, place, analysis)
}

/// Returns the entry without a typo in its scheme.
pub(crate) fn suggest_typed_scheme(
    regex: &Regex,
    typed: &str,
    intended: &str,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let expression = regex.expression.trim_start_matches('^');
    let rest = expression.strip_prefix(typed)?;
    corrected(&format!("{intended}{rest}"), regex.style, place, analysis)
}

/// Returns the entries for an expression without a typo: itself, or the nearest candidate.
fn corrected(
    expression: &str,
    style: LiteralStyle,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    let entries = vec![to_entry(expression.to_owned(), style)];
    let replaced = Replaced::origin(Text::Regex(expression), place, analysis);
    offer_entries(entries, &replaced).or_else(|| sound(expression, style, place, analysis))
}

fn with_expression(
    expression: String,
    regex: &Regex,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Vec<Expr>> {
    if expression.len() > MAX_SUGGESTION_LEN || expression == regex.expression {
        return None;
    }
    let replaced = Replaced::origin(Text::Regex(&regex.expression), place, analysis);
    offer_entries(vec![to_entry(expression, regex.style)], &replaced)
}

/// Returns an expression as an entry: as an equivalent pattern, if there is one.
fn to_entry(expression: String, style: LiteralStyle) -> Expr {
    match to_pattern(&expression) {
        Some(pattern) => Expr::text(pattern.to_string()),
        None => Regex { expression, style }.to_expr(),
    }
}

/// Escapes every dot that matches any byte. Returns `None` if there is no such dot.
fn with_escaped_dots(expression: &str) -> Option<String> {
    let dots = unescaped_dots(expression);
    let mut literal = expression.to_owned();
    for dot in dots.iter().rev() {
        literal.insert(*dot, '\\');
    }
    (!dots.is_empty()).then_some(literal)
}

/// Returns whether a dot that matches any byte is probably meant as a dot: it is not repeated.
pub(crate) fn has_single_dot(expression: &str) -> bool {
    for dot in unescaped_dots(expression) {
        if !expression[dot + 1..].starts_with(['*', '+', '?', '{']) {
            return true;
        }
    }
    false
}

/// Returns the positions of the dots that match any byte.
fn unescaped_dots(expression: &str) -> Vec<usize> {
    let mut dots = Vec::new();
    let mut in_class = false;
    let mut characters = expression.char_indices();
    while let Some((position, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => dots.push(position),
            _ => {}
        }
    }
    dots
}

#[cfg(all(test, feature = "regex", feature = "tokens"))]
mod tests;
