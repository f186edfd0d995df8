//! Redundant entries and rules.
//!
//! They look significant, but can be removed without effect.

use std::collections::HashSet;

use super::entry_text;
use super::redundant::{Shown, covered};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::Position;
use crate::diagnostic::{Diagnostic, Diagnostics, Text, text};
use crate::model::{Entry, EntryRef, Model, Rule};

/// Entries in `refused` count neither as covered nor as covering. Neither do the values of
/// variables, which the author does not control.
pub(super) fn check_redundant_entries(
    model: &Model,
    analysis: &Analysis<'_>,
    refused: &HashSet<usize>,
    errors: &mut Diagnostics,
) {
    let for_any = model.rules.iter().map(|rule| rule.origins.any());
    let for_any = for_any
        .enumerate()
        .find_map(|(rule, any)| Some((rule, any?)));
    let misplaced = misplaced_any(model);
    if let Some((any, last)) = misplaced {
        errors.report(
            model.rules[any].position,
            too_early(model.rules[last].position),
        );
    }
    let unreachable: Vec<bool> = (0..model.rules.len())
        .map(|rule| {
            // Once the rule for any origin is moved, the others can be reached.
            let is_listed = model.rules[rule].origins.any().is_none();
            if misplaced.is_some_and(|(any, _)| any < rule && is_listed) {
                return true;
            }
            match unreachable(rule, for_any, analysis) {
                Some(problem) => {
                    errors.report(model.rules[rule].position, problem);
                    true
                }
                None => false,
            }
        })
        .collect();
    for (index, &EntryRef { rule, entry }) in analysis.entries().iter().enumerate() {
        if unreachable[rule] || refused.contains(&index) || entry.source.is_some() {
            continue;
        }
        let by = analysis.covering(index, &|other| {
            let by = analysis.entries()[other];
            // An entry in a later rule has no effect. Of two equivalent entries, the later one is
            // redundant.
            // A pattern of `Loopback` is necessary for what the others accept.
            by.rule <= rule
                && by.entry.source.is_none()
                && (by.entry.is_loopback || !entry.is_loopback)
                && !refused.contains(&other)
                && by.entry.is_present_whenever(entry)
                && !(other > index
                    && by.entry.is_loopback == entry.is_loopback
                    && entry.is_present_whenever(by.entry)
                    && analysis.covers(index, other))
        });
        if let Some(other) = by {
            let by = analysis.entries()[other];
            let is_mutual = by.rule == rule && entry.is_present_whenever(by.entry);
            let [inner, outer] = [entry, by.entry].map(|entry| Shown {
                entry,
                quoted: entry_text(entry),
                code: entry.accepted_expr(),
            });
            let problem = covered("origin", Check::CoveredOrigin, inner, outer, is_mutual);
            errors.report(entry.position, problem);
        }
    }
}

/// Returns the rule for any origin that precedes rules for listed origins, and the last of those.
fn misplaced_any(model: &Model) -> Option<(usize, usize)> {
    let is_for_any = |rule: &Rule| rule.origins.any().is_some();
    let any = model.rules.iter().position(is_for_any)?;
    let last = model.rules.iter().rposition(|rule| !is_for_any(rule))?;
    (any < last).then_some((any, last))
}

fn too_early(last: Position) -> Diagnostic {
    Diagnostic::new(
        Check::UnreachableRule,
        "this rule allows any origin, so later rules can never be reached",
    )
    .note("the first rule that allows an origin applies")
    .help(text!["move this rule below the one ", last])
}

/// Checks whether earlier rules accept everything that a rule accepts. `for_any` is the first rule for
/// any origin.
fn unreachable(
    rule: usize,
    for_any: Option<(usize, Position)>,
    analysis: &Analysis<'_>,
) -> Option<Diagnostic> {
    let problem = |note: Text| {
        Some(
            Diagnostic::new(Check::UnreachableRule, "this rule can never be reached")
                .note(note)
                .help("move it before the rules that accept its origins, or remove it"),
        )
    };
    if let Some((_, any)) = for_any.filter(|(earlier, _)| *earlier < rule) {
        return problem(text!["the rule for any origin ", any, " comes before it"]);
    }
    let mut entries = analysis.entries_of(rule).peekable();
    // `Any`, or a rule in which all entries are invalid.
    entries.peek()?;
    let is_written = |entry: &Entry| entry.source.is_none();
    let is_covered = entries.all(|(index, entry)| {
        is_written(entry)
            && analysis.is_covered(index, &|other| {
                let by = analysis.entries()[other];
                by.rule < rule && is_written(by.entry) && by.entry.is_present_whenever(entry)
            })
    });
    if is_covered {
        problem(
            "the first rule that allows an origin applies, and earlier rules allow every origin of this rule"
                .into(),
        )
    } else {
        None
    }
}
