//! Mistakes that remain in a policy once it is corrected as its messages advise. They are reported at once, so
//! that no advice leads to another error.

use crate::check::Check;
use crate::declaration::{ByPosition, Declaration, Expr, ExprKind, Position};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Redundancy, Text, offered, text};

/// Adds the mistakes that remain once the declaration is corrected. `check` returns the diagnostics of the
/// corrected declaration.
pub(crate) fn with_remaining(
    diagnostics: Diagnostics,
    declaration: &Declaration,
    check: &dyn Fn(&Declaration) -> Diagnostics,
) -> Diagnostics {
    let mut corrections = ByPosition::new();
    for diagnostic in diagnostics.as_slice() {
        if let Some(code) = &diagnostic.correction {
            let first = corrections.at(diagnostic.position);
            if first.is_none() {
                *first = Some(code.clone());
            }
        }
    }
    let positions = corrections.positions();
    let Some(first) = positions.first() else {
        return diagnostics;
    };
    let correction = |diagnostic: &Diagnostic| {
        let code = corrections.get(diagnostic.position);
        code.filter(|code| diagnostic.correction.as_ref() == Some(code))
    };
    let mut uncorrected: ByPosition<Vec<Check>> = ByPosition::new();
    for diagnostic in diagnostics.as_slice() {
        let checks = uncorrected.at(diagnostic.position).get_or_insert_default();
        if correction(diagnostic).is_none() && !checks.contains(&diagnostic.check) {
            checks.push(diagnostic.check);
        }
    }
    let mut remaining = Remaining {
        corrections: &corrections,
        found: ByPosition::new(),
    };
    for diagnostic in check(&declaration.with_replaced(&corrections)) {
        let checks = uncorrected.get(diagnostic.position);
        if !checks.is_some_and(|checks| checks.contains(&diagnostic.check)) {
            remaining.add(diagnostic, *first);
        }
    }
    for position in &positions {
        remaining.pass_on(*position);
    }
    let mut with_remaining = Diagnostics::default();
    for diagnostic in diagnostics {
        let diagnostic = match correction(&diagnostic) {
            Some(code) => remaining.add_to(diagnostic, code),
            None => diagnostic,
        };
        with_remaining.report(diagnostic.position, diagnostic);
    }
    with_remaining
}

/// The mistakes in a corrected policy.
struct Remaining<'c> {
    corrections: &'c ByPosition<Vec<Expr>>,
    /// By the position of the correction that leads to them.
    found: ByPosition<Found>,
}

/// The mistakes after a correction.
#[derive(Default)]
struct Found {
    /// Those at its position.
    own: Vec<Diagnostic>,
    /// Those at other positions.
    others: Vec<Diagnostic>,
}

impl Remaining<'_> {
    /// Adds a mistake. `first` is the position of the first correction, which is the cause of mistakes without
    /// another one.
    fn add(&mut self, diagnostic: Diagnostic, first: Position) {
        let position = diagnostic.position;
        if self.corrections.get(position).is_some() {
            let own = &mut self.at(position).own;
            // A default is checked once for each rule that uses it.
            if !own.contains(&diagnostic) {
                own.push(diagnostic);
            }
            return;
        }
        let cause = self.cause(&diagnostic).unwrap_or(first);
        self.at(cause).others.push(diagnostic);
    }

    /// Returns the first correction that a mistake refers to.
    fn cause(&self, diagnostic: &Diagnostic) -> Option<Position> {
        for note in &diagnostic.notes {
            for part in &note.0 {
                if let Part::Position(position) = part
                    && self.corrections.get(*position).is_some()
                {
                    return Some(*position);
                }
            }
        }
        None
    }

    fn at(&mut self, position: Position) -> &mut Found {
        self.found.at(position).get_or_insert_default()
    }

    /// Passes on what a redundant correction makes redundant: to the correction that makes it redundant.
    fn pass_on(&mut self, position: Position) {
        let found = self.at(position);
        // Rather another one than itself.
        let rank = |by: Position| (by == position, by);
        let mut by = None;
        for own in &found.own {
            if let Some(redundancy) = &own.redundancy
                && by.is_none_or(|first| rank(redundancy.by) < rank(first))
            {
                by = Some(redundancy.by);
            }
        }
        let Some(by) = by else {
            return;
        };
        let mut passed_on = Vec::new();
        let mut left = Vec::new();
        for other in core::mem::take(&mut found.others) {
            match other.redundancy {
                Some(_) => passed_on.push(other),
                None => left.push(other),
            }
        }
        found.others = left;
        self.at(by).others.append(&mut passed_on);
    }

    /// Adds what remains after a correction to its diagnostic.
    fn add_to(&self, mut diagnostic: Diagnostic, code: &[Expr]) -> Diagnostic {
        let position = diagnostic.position;
        let Some(found) = self.found.get(position) else {
            return diagnostic;
        };
        let mut rejected = Vec::new();
        let mut covered = Vec::new();
        for own in &found.own {
            match &own.redundancy {
                None => rejected.push(own),
                Some(redundancy) => covered.push(redundancy.clone()),
            }
        }
        if !rejected.is_empty() {
            add_rejected(&mut diagnostic, code, &rejected);
            return diagnostic;
        }
        let mut redundant = Vec::new();
        let mut others = Vec::new();
        for other in &found.others {
            match &other.redundancy {
                // Of two equal entries, the one with the mistake is removed.
                Some(redundancy)
                    if redundancy.is_mutual
                        && redundancy.by == position
                        && !has(&covered, &redundancy.code) =>
                {
                    let by = other.position;
                    let redundancy = redundancy.clone();
                    redundant.push(Redundancy { by, ..redundancy });
                }
                _ => others.push(other),
            }
        }
        redundant.append(&mut covered);
        let left = without(&redundant, code);
        // Without the entry, no other mistake follows.
        if left.is_empty() {
            if let Some(redundancy) = redundant.first() {
                let advice = text!["remove this entry: ", self.reason(redundancy)];
                replace(&mut diagnostic, code, advice);
            }
            return diagnostic;
        }
        for redundancy in &redundant {
            diagnostic.notes.push(self.reason(redundancy));
        }
        if !redundant.is_empty() {
            replace(&mut diagnostic, code, offered(&left));
        }
        for other in &others {
            let action = match other.redundancy {
                Some(_) => "then remove the entry ",
                None => "then correct the code ",
            };
            let title = other.title.clone();
            let help = text![action, other.position, ": ", title];
            diagnostic.helps.push(help);
        }
        diagnostic
    }

    /// Returns why an entry is redundant.
    fn reason(&self, redundancy: &Redundancy) -> Text {
        let by = redundancy.by;
        let reason = text![redundancy.reason.clone(), " ", by];
        match self.corrections.get(by) {
            Some(_) => text![reason, ", once that is corrected"],
            None => reason,
        }
    }
}

/// Adds mistakes in corrected code, and their advice in place of the code.
fn add_rejected(diagnostic: &mut Diagnostic, code: &[Expr], rejected: &[&Diagnostic]) {
    for rejected in rejected {
        let title = rejected.title.clone();
        let code = code.to_vec();
        let note = text![
            "once corrected to ",
            code,
            ", there is another mistake: ",
            title
        ];
        diagnostic.notes.push(note);
        for note in &rejected.notes {
            diagnostic.notes.push(note.clone());
        }
    }
    // Code for one of several entries, or against one of several mistakes, is not for the position.
    if let ([_], [rejected]) = (code, rejected) {
        diagnostic.helps = rejected.helps.clone();
        return;
    }
    let written = offered(code);
    diagnostic.helps.retain(|help| *help != written);
    for rejected in rejected {
        for help in &rejected.helps {
            if !is_code(help) && !diagnostic.helps.contains(help) {
                diagnostic.helps.push(help.clone());
            }
        }
    }
}

/// Returns whether advice is code for the position.
fn is_code(help: &Text) -> bool {
    match help.0.as_slice() {
        [Part::Plain(verb), Part::Code(_)] => verb.ends_with("write "),
        _ => false,
    }
}

/// Returns code without its redundant entries.
fn without(redundant: &[Redundancy], code: &[Expr]) -> Vec<Expr> {
    let left = |entries: &[Expr]| {
        let mut left = Vec::new();
        for entry in entries {
            if !has(redundant, entry) {
                left.push(entry.clone());
            }
        }
        left
    };
    match code {
        [
            Expr {
                kind: ExprKind::List(entries),
                ..
            },
        ] => match left(entries) {
            entries if entries.is_empty() => Vec::new(),
            entries => vec![Expr::list(entries)],
        },
        entries => left(entries),
    }
}

/// Returns whether an entry is one of those that are redundant.
fn has(redundant: &[Redundancy], entry: &Expr) -> bool {
    let mut redundant = redundant.iter();
    redundant.any(|redundancy| is_the_same(&redundancy.code, entry))
}

/// Replaces the advice to write code, or all of it.
fn replace(diagnostic: &mut Diagnostic, code: &[Expr], advice: Text) {
    let written = offered(code);
    match diagnostic.helps.iter_mut().find(|help| **help == written) {
        Some(help) => *help = advice,
        None => diagnostic.helps = vec![advice],
    }
}

/// Returns whether two entries are the same. Methods may be words or strings.
fn is_the_same(one: &Expr, other: &Expr) -> bool {
    match (&one.kind, &other.kind) {
        (
            ExprKind::Text(one, _) | ExprKind::Word(one),
            ExprKind::Text(other, _) | ExprKind::Word(other),
        ) => one == other,
        (one, other) => one == other,
    }
}
