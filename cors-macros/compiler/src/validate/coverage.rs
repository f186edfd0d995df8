//! Redundant entries and rules.
//!
//! They look significant, but can be removed without effect.

use std::collections::HashSet;

use super::entry_text;
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
            match unreachable(rule, model, analysis) {
                Some(problem) => {
                    errors.report(model.rules[rule].position, problem);
                    true
                }
                None => false,
            }
        })
        .collect();
    let covering = analysis.covering(|entry| !unreachable[analysis.entries()[entry].rule]);
    for (index, &EntryRef { rule, entry }) in analysis.entries().iter().enumerate() {
        if unreachable[rule] || refused.contains(&index) || entry.source.is_some() {
            continue;
        }
        let by = covering.by(index).iter().find(|other| {
            let by = analysis.entries()[**other];
            let is_mutual = covering.by(**other).contains(&index);
            // An entry in a later rule has no effect. Of two equivalent entries, the later one is
            // redundant.
            // A pattern of `Loopback` is there for what the others accept.
            let is_mutual = is_mutual && by.entry.is_loopback == entry.is_loopback;
            by.entry.is_there_with(entry)
                && (by.entry.is_loopback || !entry.is_loopback)
                && by.entry.source.is_none()
                && !refused.contains(other)
                && by.rule <= rule
                && !(is_mutual && **other > index && entry.is_there_with(by.entry))
        });
        if let Some(other) = by {
            let by = analysis.entries()[*other].entry;
            errors.report(entry.position, covered(entry, by));
        }
    }
}

fn covered(entry: &Entry, by: &Entry) -> Diagnostic {
    if entry.text() == by.text() {
        return Diagnostic::new(
            Check::DuplicateEntry,
            text!["duplicate origin ", entry_text(entry)],
        )
        .note(text!["it is already listed ", by.position])
        .help("remove this entry");
    }
    Diagnostic::new(
        Check::CoveredOrigin,
        text![
            "origin ",
            entry_text(entry),
            " is already covered by ",
            entry_text(by)
        ],
    )
    .note(text!["the wider entry is ", by.position])
    .help("remove this entry, or narrow the other")
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
        "this rule allows any origin, so that rules below it can never be reached",
    )
    .note("the first rule that allows an origin decides")
    .help(text!["move this rule below the one ", last])
}

/// Checks whether earlier rules accept everything that a rule accepts.
fn unreachable(rule: usize, model: &Model, analysis: &Analysis<'_>) -> Option<Diagnostic> {
    let problem = |note: Text| {
        Some(
            Diagnostic::new(Check::UnreachableRule, "this rule can never be reached")
                .note(note)
                .help("move it before the rules that it is an exception to, or remove it"),
        )
    };
    let earlier = &model.rules[..rule];
    if let Some(any) = earlier.iter().find_map(|rule| rule.origins.any()) {
        return problem(text!["the rule for any origin ", any, " comes before it"]);
    }
    let mut entries = analysis
        .entries()
        .iter()
        .enumerate()
        .filter(|(_, listed)| listed.rule == rule)
        .peekable();
    // `Any`, or a rule in which all entries are invalid.
    entries.peek()?;
    let is_written = |entry: &Entry| entry.source.is_none();
    let is_covered = entries.all(|(index, listed)| {
        is_written(listed.entry)
            && analysis.is_covered(index, |other| {
                let by = analysis.entries()[other];
                by.rule < rule && is_written(by.entry) && by.entry.is_there_with(listed.entry)
            })
    });
    if is_covered {
        problem(
            "the first rule that allows an origin decides, and rules before it allow all of these"
                .into(),
        )
    } else {
        None
    }
}
