//! The hosts that requests may be for.

use super::matcher::add_arms;
use super::rule::entry;
use super::{Arm, Entry};
use crate::analysis::Analysis;
use cors_origin::authority::host_text;

/// What finds out whether a request is for one of the hosts: the matcher of a rule whose origins are those
/// of the hosts under [`SCHEME`](cors_origin::authority::SCHEME).
#[derive(Debug, Clone, PartialEq)]
pub struct Hosts {
    /// In the order of the policy, as they are written.
    pub entries: Vec<Entry>,
    /// In the order in which they are tried; all of them are of rule 0.
    pub arms: Vec<Arm>,
}

impl Hosts {
    pub(super) fn new(analysis: &Analysis<'_>) -> Self {
        let mut arms = Vec::new();
        add_arms(0, analysis, &mut arms);
        let entries = analysis.entries().iter();
        Self {
            entries: entries
                .map(|listed| {
                    let entry = entry(listed.entry, None);
                    Entry {
                        text: host_text(&entry.text).to_owned(),
                        ..entry
                    }
                })
                .collect(),
            arms,
        }
    }
}
