//! Redundant entries and rules.
//!
//! They look significant, but can be removed without effect.

use super::entry_text;
use super::redundant::{Shown, covered};
use crate::analysis::Analysis;
use crate::check::Check;
use crate::declaration::Position;
use crate::diagnostic::{Diagnostic, Diagnostics, Text, text};
use crate::model::{Entry, EntryRef, Model};

/// Entries that are `refused` count neither as covered nor as covering. Neither do the values of
/// variables, which the author does not control.
pub(super) fn check_redundant_entries(
    model: &Model,
    analysis: &Analysis<'_>,
    refused: &[bool],
    errors: &mut Diagnostics,
) {
    // The first rule for any origin, and the last one for listed origins.
    let mut for_any = None;
    let mut last_listed = None;
    for (index, rule) in model.rules.iter().enumerate() {
        match rule.origins.any() {
            None => last_listed = Some(index),
            Some(any) if for_any.is_none() => for_any = Some((index, any)),
            Some(_) => {}
        }
    }
    let misplaced = match (for_any, last_listed) {
        (Some((any, _)), Some(last)) if any < last => Some((any, last)),
        _ => None,
    };
    if let Some((any, last)) = misplaced {
        errors.report(
            model.rules[any].position,
            too_early(model.rules[last].position),
        );
    }
    // Whether each rule is unreachable.
    let mut is_unreachable = Vec::new();
    for (index, rule) in model.rules.iter().enumerate() {
        // Once the rule for any origin is moved, the others can be reached.
        let is_listed = rule.origins.any().is_none();
        let is_behind_any = misplaced.is_some_and(|(any, _)| any < index && is_listed);
        let problem = match is_behind_any {
            true => None,
            false => unreachable(index, for_any, analysis),
        };
        is_unreachable.push(is_behind_any || problem.is_some());
        if let Some(problem) = problem {
            errors.report(rule.position, problem);
        }
    }
    for (index, &EntryRef { rule, entry }) in analysis.entries().iter().enumerate() {
        if is_unreachable[rule] || refused[index] || entry.source.is_some() {
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
                && !refused[other]
                && by.entry.is_present_whenever(entry)
                && !(other > index
                    && by.entry.is_loopback == entry.is_loopback
                    && entry.is_present_whenever(by.entry)
                    && analysis.covers(index, other))
        });
        if let Some(other) = by {
            let by = analysis.entries()[other];
            let is_mutual = by.rule == rule && entry.is_present_whenever(by.entry);
            let check = Check::CoveredOrigin;
            let problem = covered("origin", check, shown(entry), shown(by.entry), is_mutual);
            errors.report(entry.position, problem);
        }
    }
}

fn shown(entry: &Entry) -> Shown<'_> {
    Shown {
        entry,
        quoted: entry_text(entry),
        code: entry.accepted_expr(),
    }
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
    if let Some((earlier, any)) = for_any
        && earlier < rule
    {
        return problem(text!["the rule for any origin ", any, " comes before it"]);
    }
    let is_written = |entry: &Entry| entry.source.is_none();
    let mut has_entries = false;
    for (index, entry) in analysis.entries_of(rule) {
        let is_covered = is_written(entry)
            && analysis.is_covered(index, &|other| {
                let by = analysis.entries()[other];
                by.rule < rule && is_written(by.entry) && by.entry.is_present_whenever(entry)
            });
        if !is_covered {
            return None;
        }
        has_entries = true;
    }
    match has_entries {
        true => problem(
            "the first rule that allows an origin applies, and earlier rules allow every origin of this rule"
                .into(),
        ),
        // `Any`, or a rule in which all entries are invalid.
        false => None,
    }
}
