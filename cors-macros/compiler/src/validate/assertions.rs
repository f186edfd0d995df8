//! `assert_allowed` and `assert_denied`: a policy's own tests.

use std::collections::HashSet;

use super::entry_text;
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::{Position, nearest};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted, text};
use crate::model::{Entry, Model};
use cors_origin::origin::is_serialized_origin;

/// Maximum number of entries that are compared with origins that no entry accepts, to find similar
/// ones. Later assertions are reported without a similar entry.
const MAX_COMPARED: usize = 20_000;

/// Checks each assertion against the analysis. It must hold whether or not conditional entries are
/// included. Results of predicates are unknown.
pub(super) fn check_assertions(model: &Model, analysis: &Analysis<'_>, errors: &mut Diagnostics) {
    let any = model.rules.iter().find_map(|rule| rule.origins.any());
    let mut left = MAX_COMPARED;
    for assertion in &model.assertions {
        let origin = &assertion.origin;
        // In a policy with several rules, a rule for any origin only applies to origins that
        // browsers send.
        let is_for_any = model.rules.len() == 1 || is_serialized_origin(origin.as_bytes());
        let any = if is_for_any { any } else { None };
        let mut accepting = Vec::new();
        for index in analysis.accepting(origin) {
            accepting.push(analysis.entries()[index].entry);
        }
        let problem = match assertion.is_allowed {
            // `Any` has no condition.
            true if any.is_some() => None,
            true => denied(origin, &accepting, analysis, &mut left),
            false => allowed(origin, &accepting, any),
        };
        if let Some(problem) = problem {
            errors.report(assertion.position, problem);
        }
    }
}

/// Returns the text of an entry that is similar to an origin. `left` is how many entries may be compared.
fn similar_entry(origin: &str, analysis: &Analysis<'_>, left: &mut usize) -> Option<String> {
    *left = left.checked_sub(analysis.entries().len())?;
    let mut texts = Vec::new();
    for listed in analysis.entries() {
        texts.push(listed.entry.text());
    }
    let mut names = Vec::new();
    for text in &texts {
        names.push(text.as_str());
    }
    nearest(origin, &names).map(str::to_owned)
}

/// Returns a problem if an origin asserted to be allowed may be denied.
fn denied(
    origin: &str,
    accepting: &[&Entry],
    analysis: &Analysis<'_>,
    left: &mut usize,
) -> Option<Diagnostic> {
    if is_always_there(accepting) {
        return None;
    }
    let problem = Diagnostic::new(
        Check::AssertAllowed,
        text!["assertion failed: origin ", quoted(origin), " is denied"],
    );
    if let Some(entry) = accepting.first() {
        let problem = problem.note(text![
            "only the conditional entry ",
            entry.position,
            " accepts it"
        ]);
        return Some(problem.help("assert it in a test, where the condition holds"));
    }
    let help = match similar_entry(origin, analysis, left) {
        Some(near) => text!["a similar entry exists: ", quoted(near)],
        None => text![format!("add {origin:?} to `allow_origins`")],
    };
    Some(problem.note("no entry accepts it").help(help))
}

/// Returns whether one of the entries is included whatever the conditions: an entry without one, or
/// one of `#[cfg(a)]` and `#[cfg(not(a))]`.
fn is_always_there(entries: &[&Entry]) -> bool {
    let mut predicates = HashSet::new();
    for entry in entries {
        match &entry.condition {
            None => return true,
            Some(condition) => {
                if let Some(predicate) = condition.predicate() {
                    predicates.insert(predicate);
                }
            }
        }
    }
    let negated = |predicate: &'_ String| -> bool {
        let inner = predicate.strip_prefix("not(");
        let inner = inner.and_then(|inner| inner.strip_suffix(')'));
        inner.is_some_and(|inner| predicates.contains(inner))
    };
    predicates.iter().any(negated)
}

/// Returns a problem if an origin asserted to be denied is allowed.
fn allowed(origin: &str, accepting: &[&Entry], any: Option<Position>) -> Option<Diagnostic> {
    let (by, position, help) = match (accepting.first(), any) {
        (Some(entry), _) => (
            entry_text(entry),
            entry.position,
            "narrow that entry, or remove the assertion",
        ),
        (None, Some(any)) => (
            "`Any`".into(),
            any,
            "list the origins, or remove the assertion",
        ),
        (None, None) => return None,
    };
    let problem = Diagnostic::new(
        Check::AssertDenied,
        text!["assertion failed: origin ", quoted(origin), " is allowed"],
    );
    Some(
        problem
            .note(text![by, " ", position, " accepts it"])
            .help(help),
    )
}
