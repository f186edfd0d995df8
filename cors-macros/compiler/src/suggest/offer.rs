//! The one place that decides whether code is suggested.
//!
//! A suggestion is pasted without a second thought. So it is what the author wrote, with the mistake
//! removed: it passes the same checks in the same place, and names no domain that was not written.

use super::names::distinct;
use super::reading::with_any_port;
use super::written::Labels;
use crate::analysis::{Analysis, is_confined};
use crate::automaton::{Dfa, RegexError, is_included, union};
use crate::declaration::{Expr, ExprKind, Key, Risk};
use crate::model::{self, Entry, EntryKind, Pattern, Regex, Rule};
use cors_origin::confinement::check_confinement;
use cors_origin::pattern::is_written;

/// Maximum number of pairs of states for checking that a suggestion accepts less than a regex.
const MAX_PAIRS: usize = 2_000;

/// The code that a suggestion replaces.
#[derive(Clone, Copy)]
pub(crate) struct Replaced<'r> {
    pub(crate) key: Key,
    pub(crate) place: Place,
    pub(crate) text: Text<'r>,
    pub(crate) analysis: &'r Analysis<'r>,
}

/// Where a suggestion is pasted.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Whether the rule allows credentials.
    pub(crate) has_credentials: bool,
    /// Whether there is room for one entry only: in an opt-out.
    pub(crate) is_for_one: bool,
    /// Whether the entry may be insecure or unconfined. Such code is not suggested, but it shows the mistakes
    /// that remain once another one is corrected.
    pub(crate) accepts_risks: bool,
}

impl Place {
    /// Returns that of an entry in a list.
    pub(crate) fn in_list(has_credentials: bool) -> Self {
        Self {
            has_credentials,
            is_for_one: false,
            accepts_risks: false,
        }
    }

    /// Returns that of an entry of a rule.
    pub(crate) fn of_entry(entry: &Entry, rule: &Rule) -> Self {
        Self {
            has_credentials: rule.credentials.is_some(),
            is_for_one: !entry.opt_outs.is_empty(),
            accepts_risks: false,
        }
    }

    /// Returns the place for entries that may be insecure or unconfined.
    pub(crate) fn with_risks(self) -> Self {
        Self {
            accepts_risks: true,
            ..self
        }
    }
}

/// The text that a suggestion replaces.
#[derive(Clone, Copy)]
pub(crate) enum Text<'r> {
    /// An origin, or code with origins in it.
    Plain(&'r str),
    /// A regex. A suggestion accepts nothing else, apart from the scheme.
    Regex(&'r str),
}

/// Returns a value of the key, if it can be suggested.
pub(crate) fn offer(value: Expr, replaced: &Replaced<'_>) -> Option<Expr> {
    if !value.is_short() {
        return None;
    }
    let entries = model::entries_of(replaced.key, &value, replaced.place.has_credentials)?;
    let is_offered = entries.iter().all(|entry| replaced.offers(entry));
    is_offered.then_some(value)
}

/// Returns several entries, if all of them can be suggested.
pub(crate) fn offer_entries(entries: Vec<Expr>, replaced: &Replaced<'_>) -> Option<Vec<Expr>> {
    let entries = distinct(entries);
    if replaced.place.is_for_one && entries.len() > 1 {
        return None;
    }
    match offer(Expr::list(entries), replaced)?.kind {
        ExprKind::List(entries) => Some(entries),
        _ => None,
    }
}

impl<'r> Replaced<'r> {
    /// Creates one for an entry of `allow_origins`.
    pub(crate) fn origin(text: Text<'r>, place: Place, analysis: &'r Analysis<'r>) -> Self {
        Self {
            key: Key::AllowOrigins,
            place,
            text,
            analysis,
        }
    }

    /// Returns whether an entry passes the checks, and accepts nothing that was not written.
    fn offers(&self, entry: &Entry) -> bool {
        let accepts = |risk| entry.opt_outs.iter().any(|accepted| accepted.risk == risk);
        let may_be_insecure = self.place.accepts_risks
            || !self.place.has_credentials
            || accepts(Risk::InsecureOrigin);
        let may_be_unconfined = self.place.accepts_risks || accepts(Risk::UnconfinedOrigin);
        match &entry.kind {
            // It is only suggested where the word was written.
            EntryKind::Pattern(_) if entry.is_loopback => true,
            EntryKind::Pattern(pattern) => {
                (may_be_insecure || !pattern.is_insecure())
                    && (may_be_unconfined || check_confinement(pattern).is_ok())
                    && self.has_pattern(pattern)
            }
            EntryKind::Regex(regex) => {
                if with_any_port(&regex.expression).is_some() {
                    return false;
                }
                let Ok(dfa) = self.analysis.try_regex(&regex.expression) else {
                    return false;
                };
                (may_be_insecure || !self.analysis.accepts_insecure_origin(&dfa))
                    && (may_be_unconfined || is_confined(&dfa))
                    && self.has_regex(regex, &dfa)
            }
            EntryKind::Null => accepts(Risk::NullOrigin),
            EntryKind::File => accepts(Risk::FileOrigin),
            EntryKind::Predicate(_) => {
                !self.place.has_credentials || accepts(Risk::CredentialedPredicate)
            }
            EntryKind::Configured => true,
        }
    }

    /// Returns whether the domain of a pattern was written.
    fn has_pattern(&self, pattern: &Pattern) -> bool {
        match self.text {
            Text::Plain(text) => is_written(text, pattern),
            Text::Regex(written) => {
                Labels::of_regex(written).have(&pattern.domain())
                    && self.is_narrower(&union(&[pattern]), written)
            }
        }
    }

    /// Returns whether the domains of a regex were written, or all of it.
    fn has_regex(&self, regex: &Regex, dfa: &Dfa) -> bool {
        match self.text {
            Text::Plain(text) => {
                let literal = regex.style.print(&regex.expression);
                text.contains(&regex.expression) || text.contains(&literal)
            }
            Text::Regex(written) => {
                let labels = Labels::of_regex(written);
                for domain in self.analysis.domain_names(dfa) {
                    if !labels.have(&domain) {
                        return false;
                    }
                }
                self.is_narrower(dfa, written)
            }
        }
    }

    /// Returns whether a suggestion accepts nothing that a regex does not accept, apart from the scheme.
    /// A regex without origins has no such limit.
    fn is_narrower(&self, dfa: &Dfa, written: &str) -> bool {
        let expression = written.replace("http:", "https?:");
        match self.analysis.try_regex(&expression) {
            Ok(written) => is_included(&mut { MAX_PAIRS }, dfa, &written) == Some(true),
            Err(RegexError::Empty | RegexError::Invalid(_)) => true,
            Err(_) => false,
        }
    }
}
