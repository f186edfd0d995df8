//! What a check of one entry is about.

use crate::analysis::Analysis;
use crate::model::{Entry, Rule};

/// An entry and what is around it.
pub(super) struct Subject<'a> {
    pub(super) rule: &'a Rule,
    pub(super) entry: &'a Entry,
    /// The index of the entry.
    pub(super) index: usize,
    pub(super) automata: &'a Analysis<'a>,
}
