//! Confinement of entries: whether their origins belong to a few registrable domains, and an origin
//! that shows if they do not.

use std::collections::HashSet;

use super::Analysis;
use super::counterexample::counterexample;
use super::domains::{owners, schemes};
use crate::automaton::Dfa;
use crate::model::EntryKind;
use cors_origin::confinement::{Unconfined, check_confinement};

impl Analysis<'_> {
    /// Checks that the origins of the entry `index` belong to a bounded number of owners.
    pub fn confinement(&self, index: usize) -> Result<(), Unconfined> {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(pattern) => {
                check_confinement(pattern).map_err(|pattern| pattern.reason)
            }
            EntryKind::Regex(_) => match self.regex(index) {
                Some(dfa) => check(dfa),
                None => Ok(()),
            },
            EntryKind::Null | EntryKind::File | EntryKind::Configured | EntryKind::Predicate(_) => {
                Ok(())
            }
        }
    }

    /// Returns an origin that the entry `index` accepts, that shows why it is `unconfined`, and
    /// that its author did not intend: it is under none of the `intended` domains.
    pub fn counterexample(
        &self,
        index: usize,
        unconfined: &Unconfined,
        intended: HashSet<String>,
    ) -> String {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(pattern) => match check_confinement(pattern) {
                Ok(()) => pattern.example(),
                Err(pattern) => pattern.witness,
            },
            _ => match self.regex(index) {
                Some(dfa) => counterexample(dfa, unconfined, intended, &self.steps),
                None => String::new(),
            },
        }
    }
}

/// Checks that the origins that an automaton accepts belong to a bounded number of owners.
fn check(dfa: &Dfa) -> Result<(), Unconfined> {
    owners(dfa)?;
    match schemes(dfa) {
        Some(_) => Ok(()),
        None => Err(Unconfined::AnyScheme),
    }
}

/// Returns whether the origins that an automaton accepts belong to a bounded number of owners.
pub(crate) fn is_confined(dfa: &Dfa) -> bool {
    check(dfa).is_ok()
}
