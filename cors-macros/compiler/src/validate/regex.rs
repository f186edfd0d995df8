//! Regexes that accept no origin, or whose automaton cannot be built.

use crate::analysis::{Analysis, schemes};
use crate::automaton::{
    Dfa, MAX_REGEX_LEN, MAX_REGEX_STATES, MAX_REGEX_STEPS, RegexBudget, RegexError,
};
use crate::check::Check;
use crate::declaration::{Expr, Function};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted_code, text};
#[cfg(not(feature = "regex"))]
use crate::feature::Feature;
use crate::model::{EntryKind, EntryRef, Model, Regex};
use crate::suggest::Place;
use crate::suggest::regex::{repeats_colon, suggest_any_port, suggest_sound, suggest_typed_scheme};
use cors_origin::pattern::intended_scheme;

/// Reports each regex that has no automaton.
pub(super) fn check_regexes(model: &Model, analysis: &Analysis<'_>, errors: &mut Diagnostics) {
    for (index, error) in analysis.regex_errors() {
        let EntryRef { rule, entry } = analysis.entries()[index];
        let place = Place::of_entry(entry, &model.rules[rule]);
        if let EntryKind::Regex(regex) = &entry.kind
            && let Some(problem) = problem(regex, error)
        {
            errors.report(
                entry.position,
                match suggest_sound(regex, place, analysis) {
                    Some(entries) => problem.suggest(entries),
                    None => problem,
                },
            );
        }
    }
}

/// Reports each regex that accepts other origins than its author thinks: with the port of a pattern, or with a
/// typo in its scheme. Marks the rejected entries.
pub(super) fn check_typos(
    model: &Model,
    analysis: &Analysis<'_>,
    refused: &mut [bool],
    errors: &mut Diagnostics,
) {
    for (index, listed) in analysis.entries().iter().enumerate() {
        let EntryKind::Regex(regex) = &listed.entry.kind else {
            continue;
        };
        let Some(dfa) = analysis.regex(index) else {
            continue;
        };
        let place = Place::of_entry(listed.entry, &model.rules[listed.rule]);
        let problem = match repeats_colon(regex) {
            true => Some(repeated_colon(regex, place, analysis)),
            false => mistyped_scheme(regex, dfa, place, analysis),
        };
        if let Some(problem) = problem {
            refused[index] = true;
            errors.report(listed.entry.position, problem);
        }
    }
}

/// A regex with the port of a pattern. It would be accepted, but never match a port.
fn repeated_colon(regex: &Regex, place: Place, analysis: &Analysis<'_>) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::WildcardPort,
        text![
            "regex ",
            quoted_code(regex.literal()),
            " has the wildcard of a pattern as its port"
        ],
    )
    .note("in a regex, `:*` matches any number of colons, and no port");
    match suggest_any_port(regex, place, analysis) {
        Some(entries) => problem.suggest(entries),
        None => problem.help(text![
            "for any port, write ",
            Expr::call(
                Function::Regex.name(),
                [Expr::text("http://localhost(:[0-9]+)?")]
            )
        ]),
    }
}

/// A regex that accepts a scheme with a typo.
fn mistyped_scheme(
    regex: &Regex,
    dfa: &Dfa,
    place: Place,
    analysis: &Analysis<'_>,
) -> Option<Diagnostic> {
    let schemes = schemes(dfa)?;
    let mut typos = schemes.iter();
    let (typed, intended) = typos.find_map(|typed| Some((typed, intended_scheme(typed)?)))?;
    let problem = Diagnostic::new(
        Check::OriginScheme,
        text![
            "regex ",
            quoted_code(regex.literal()),
            format!(" accepts the scheme `{typed}`, which looks like a typo of `{intended}`")
        ],
    )
    .note("web pages have the scheme `http` or `https`");
    Some(
        match suggest_typed_scheme(regex, typed, intended, place, analysis) {
            Some(entries) => problem.suggest(entries),
            None => problem.help(format!("write `{intended}` in place of `{typed}`")),
        },
    )
}

/// Returns the problem of a regex without an automaton, unless another regex caused it.
fn problem(regex: &Regex, error: &RegexError) -> Option<Diagnostic> {
    Some(match error {
        #[cfg(not(feature = "regex"))]
        RegexError::Disabled => disabled(regex),
        RegexError::Invalid(reason) => invalid(regex, reason),
        RegexError::TooLarge => too_large(regex),
        RegexError::TooLargeTogether => too_large_together(regex),
        RegexError::Empty => empty(regex),
        RegexError::Unread => return None,
    })
}

#[cfg(not(feature = "regex"))]
fn disabled(regex: &Regex) -> Diagnostic {
    Diagnostic::new(
        Check::RegexInvalid,
        text![
            "regex ",
            quoted_code(regex.literal()),
            Feature::Regex.needed()
        ],
    )
    .note("without it, the engine that proves which origins a regex accepts is not compiled")
    .help(Feature::Regex.how_to_add())
    .help(text![
        "write patterns in place of the regex: ",
        Expr::text("https://*.example.com"),
        " accepts one label, and ",
        Expr::text("https://**.example.com"),
        " one or more"
    ])
}

fn invalid(regex: &Regex, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Check::RegexInvalid,
        text![
            "regex ",
            quoted_code(regex.literal()),
            " is not a regular expression"
        ],
    )
    .note(reason.to_owned())
    .note("the syntax is that of the `regex` crate, ASCII only")
}

fn too_large(regex: &Regex) -> Diagnostic {
    Diagnostic::new(
        Check::RegexTooLarge,
        text!["regex ", quoted_code(regex.literal()), " is too large"],
    )
    .note(format!(
        "its text is limited to {MAX_REGEX_LEN} bytes, its automaton to {MAX_REGEX_STATES} states, and building the automaton to {MAX_REGEX_STEPS} steps"
    ))
    .help("split it into several entries, or lower the counts of its repetitions")
}

fn too_large_together(regex: &Regex) -> Diagnostic {
    Diagnostic::new(
        Check::RegexTooLarge,
        text![
            "regex ",
            quoted_code(regex.literal()),
            " is too large together with those before it"
        ],
    )
    .note(format!(
        "all regexes of a policy together may have {MAX_REGEX_STATES} states, plus {} for each of their bytes",
        RegexBudget::STATES_PER_BYTE
    ))
    .help("lower the counts of repetitions, or write patterns and origins in place of regexes")
}

fn empty(regex: &Regex) -> Diagnostic {
    let problem = Diagnostic::new(
        Check::RegexEmpty,
        text!["regex ", quoted_code(regex.literal()), " accepts no origin"],
    )
    .note("it has to match a whole origin: scheme, host and port, as browsers send them");
    let regex = &regex.expression;
    // Characters that hosts may contain, and that are not special in a regex.
    let problem = match regex.contains(['!', '"', '&', '\'', ';', '=', '`', '~']) {
        true => problem.note(
            "in a regex, hosts only contain letters, digits, `-`, `_` and dots; write other hosts as exact entries",
        ),
        false => problem,
    };
    match regex.contains("://") || regex.contains(r":\/\/") {
        true => {
            problem.help("leave out paths, slashes at the end, uppercase letters and default ports")
        }
        false => problem.help(text![
            "start with the scheme, as in ",
            Function::Regex.example()
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::LiteralStyle;
    use crate::diagnostic::Part;

    /// Authors who wrote a whole origin learn what to remove; others learn how an origin starts.
    #[test]
    fn advice_for_an_empty_regex_names_what_it_lacks() {
        for (regex, advice) in [
            (r"https://example\.com/", "leave out"),
            (r"https:\/\/example\.com\/", "leave out"),
            (r"example\.com", "start with the scheme"),
        ] {
            let problem = empty(&Regex {
                expression: regex.to_owned(),
                style: LiteralStyle::Ordinary,
            });
            let Part::Plain(help) = &problem.helps[0].0[0] else {
                panic!("{problem:?}");
            };
            assert!(help.starts_with(advice), "{regex} {problem:?}");
        }
    }
}
