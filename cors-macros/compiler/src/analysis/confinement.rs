//! Whether all origins of an entry lie under a few registrable domains, and an origin that shows
//! that they do not.

use std::collections::HashSet;

use super::Analysis;
use super::counterexample::counterexample;
use super::domains::{has_few_schemes, owners};
use crate::automaton::Dfa;
use crate::model::EntryKind;
use cors_origin::confinement::{Unconfined, check_confinement};

impl Analysis<'_> {
    /// Returns whether all origins of the entry `index` belong to owners whom its author can count,
    /// and why they do not.
    pub fn confinement(&self, index: usize) -> Result<(), Unconfined> {
        match &self.entries[index].entry.kind {
            EntryKind::Pattern(pattern) => {
                check_confinement(pattern).map_err(|pattern| pattern.reason)
            }
            EntryKind::Regex(_) => match self.regex(index) {
                Some(dfa) => check(dfa),
                None => Ok(()),
            },
            EntryKind::Null | EntryKind::Configured | EntryKind::Predicate(_) => Ok(()),
        }
    }

    /// Returns an origin that the entry `index` accepts, that shows why it is `unconfined`, and that
    /// its author did not think of: under none of the `intended` domains.
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
                Some(dfa) => counterexample(dfa, unconfined, intended),
                None => String::new(),
            },
        }
    }
}

/// Returns whether the owners of what an automaton accepts can be counted, and why not.
fn check(dfa: &Dfa) -> Result<(), Unconfined> {
    owners(dfa)?;
    match has_few_schemes(dfa) {
        true => Ok(()),
        false => Err(Unconfined::AnyScheme),
    }
}

/// Returns whether the owners of what an automaton accepts can be counted.
pub(crate) fn is_confined(dfa: &Dfa) -> bool {
    check(dfa).is_ok()
}
