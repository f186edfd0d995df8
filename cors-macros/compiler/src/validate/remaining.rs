//! Mistakes that remain in a policy once it is corrected as its messages advise. They are reported at once, so
//! that no advice leads to another error.

use std::collections::{HashMap, HashSet};

use crate::declaration::{Declaration, Expr, ExprKind, Position};
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Redundancy, Text, offered, text};

/// Adds the mistakes that remain once the declaration is corrected. `check` returns the diagnostics of the
/// corrected declaration.
pub(crate) fn with_remaining(
    diagnostics: Diagnostics,
    declaration: &Declaration,
    check: impl FnOnce(&Declaration) -> Diagnostics,
) -> Diagnostics {
    let diagnostics: Vec<Diagnostic> = diagnostics.into_iter().collect();
    let mut corrections = HashMap::new();
    for diagnostic in &diagnostics {
        if let Some(code) = &diagnostic.correction {
            let code = || code.clone();
            corrections.entry(diagnostic.position).or_insert_with(code);
        }
    }
    if corrections.is_empty() {
        return diagnostics.into_iter().collect();
    }
    let correction = |diagnostic: &Diagnostic| {
        let code = corrections.get(&diagnostic.position);
        code.filter(|code| diagnostic.correction.as_ref() == Some(code))
    };
    let name = |diagnostic: &Diagnostic| (diagnostic.position, diagnostic.check.name());
    let uncorrected = diagnostics
        .iter()
        .filter(|diagnostic| correction(diagnostic).is_none());
    let uncorrected: HashSet<_> = uncorrected.map(name).collect();
    let corrected = declaration.with_replaced(&corrections);
    let remaining = check(&corrected).into_iter();
    let remaining = remaining.filter(|remaining| !uncorrected.contains(&name(remaining)));
    let remaining = Remaining::new(remaining, &corrections);
    let with_remaining = diagnostics
        .into_iter()
        .map(|diagnostic| match correction(&diagnostic) {
            Some(code) => remaining.add_to(diagnostic, code),
            None => diagnostic,
        });
    with_remaining.collect()
}

/// The mistakes in a corrected policy.
struct Remaining<'c> {
    corrections: &'c HashMap<Position, Vec<Expr>>,
    /// Those at a correction, by its position.
    own: HashMap<Position, Vec<Diagnostic>>,
    /// The others, by the position of the correction that leads to them.
    others: HashMap<Position, Vec<Diagnostic>>,
}

impl<'c> Remaining<'c> {
    fn new(
        found: impl Iterator<Item = Diagnostic>,
        corrections: &'c HashMap<Position, Vec<Expr>>,
    ) -> Self {
        let first = corrections.keys().copied().min().unwrap_or_default();
        let mut remaining = Self {
            corrections,
            own: HashMap::new(),
            others: HashMap::new(),
        };
        for diagnostic in found {
            let position = diagnostic.position;
            if corrections.contains_key(&position) {
                let own = remaining.own.entry(position).or_default();
                // A default is checked once for each rule that uses it.
                if !own.contains(&diagnostic) {
                    own.push(diagnostic);
                }
                continue;
            }
            let parts = diagnostic.notes.iter().flat_map(|note| &note.0);
            let mut positions = parts.filter_map(|part| match part {
                Part::Position(position) => Some(*position),
                _ => None,
            });
            let cause = positions.find(|position| corrections.contains_key(position));
            let others = remaining.others.entry(cause.unwrap_or(first));
            others.or_default().push(diagnostic);
        }
        remaining.pass_on();
        remaining
    }

    /// Passes on what a redundant correction makes redundant: to the correction that makes it redundant.
    fn pass_on(&mut self) {
        let own = self.own.iter().flat_map(|(position, own)| {
            let redundancies = own.iter().filter_map(|own| own.redundancy.as_ref());
            redundancies.map(|redundancy| (*position, redundancy.by))
        });
        let mut own: Vec<(Position, Position)> = own.collect();
        own.sort_unstable();
        for (position, by) in own {
            let mut others = self.others.remove(&position).unwrap_or_default();
            let is_passed_on = |other: &mut Diagnostic| other.redundancy.is_some();
            let passed_on = others.extract_if(.., is_passed_on).collect::<Vec<_>>();
            self.others.insert(position, others);
            self.others.entry(by).or_default().extend(passed_on);
        }
    }

    /// Adds what remains after a correction to its diagnostic.
    fn add_to(&self, mut diagnostic: Diagnostic, code: &[Expr]) -> Diagnostic {
        let position = diagnostic.position;
        let own = self.own.get(&position).map_or(&[][..], Vec::as_slice);
        let others = self.others.get(&position).map_or(&[][..], Vec::as_slice);
        let rejected = own.iter().filter(|own| own.redundancy.is_none());
        let rejected: Vec<&Diagnostic> = rejected.collect();
        if !rejected.is_empty() {
            add_rejected(&mut diagnostic, code, &rejected);
            return diagnostic;
        }
        let covered: Vec<_> = own
            .iter()
            .filter_map(|own| own.redundancy.clone())
            .collect();
        let is_covered = |code: &Expr| {
            covered
                .iter()
                .any(|covered| is_the_same(&covered.code, code))
        };
        // Of two equal entries, the one with the mistake is removed.
        let twin = |other: &Diagnostic| {
            let redundancy = other.redundancy.clone()?;
            let is_equal = redundancy.is_mutual && redundancy.by == position;
            let is_twin = is_equal && !is_covered(&redundancy.code);
            let by = other.position;
            is_twin.then_some(Redundancy { by, ..redundancy })
        };
        let twins = others.iter().filter_map(twin);
        let redundant: Vec<Redundancy> = twins.chain(covered.iter().cloned()).collect();
        let left = without(&redundant, code);
        let mut reasons = redundant.iter().map(|redundancy| self.reason(redundancy));
        let is_removed = left.is_empty();
        match reasons.next() {
            None => {}
            Some(reason) if is_removed => {
                replace(&mut diagnostic, code, text!["remove this entry: ", reason]);
            }
            Some(reason) => {
                diagnostic.notes.extend([reason].into_iter().chain(reasons));
                replace(&mut diagnostic, code, offered(&left));
            }
        }
        // Without the entry, no other mistake follows.
        if is_removed {
            return diagnostic;
        }
        for other in others.iter().filter(|other| twin(other).is_none()) {
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
        match self.corrections.contains_key(&by) {
            true => text![reason, ", once that is corrected"],
            false => reason,
        }
    }
}

/// Adds mistakes in corrected code, and their advice in place of the code.
fn add_rejected(diagnostic: &mut Diagnostic, code: &[Expr], rejected: &[&Diagnostic]) {
    for rejected in rejected {
        let title = rejected.title.clone();
        let code = code.to_vec();
        let note = text!["corrected to ", code, ", it has another mistake: ", title];
        diagnostic.notes.push(note);
        diagnostic.notes.extend(rejected.notes.iter().cloned());
    }
    let helps = rejected.iter().flat_map(|rejected| &rejected.helps);
    // Code for one of several entries, or against one of several mistakes, is not for the position.
    if let ([_], [_]) = (code, rejected) {
        diagnostic.helps = helps.cloned().collect();
        return;
    }
    let written = offered(code);
    diagnostic.helps.retain(|help| *help != written);
    for help in helps.filter(|help| !is_code(help)) {
        if !diagnostic.helps.contains(help) {
            diagnostic.helps.push(help.clone());
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
    let is_left = |entry: &&Expr| {
        let mut redundant = redundant.iter();
        !redundant.any(|redundancy| is_the_same(&redundancy.code, entry))
    };
    let left = |entries: &[Expr]| entries.iter().filter(is_left).cloned().collect::<Vec<_>>();
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
