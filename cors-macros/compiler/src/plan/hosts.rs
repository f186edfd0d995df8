//! The hosts that requests may have.

use super::matcher::add_arms;
use super::rule::entry;
use super::{Arm, Entry};
use crate::analysis::Analysis;
use cors_origin::authority::host_text;

/// The matcher of hosts: that of a rule whose origins are the hosts with
/// [`SCHEME`](cors_origin::authority::SCHEME).
#[derive(Debug, PartialEq)]
pub struct Hosts {
    /// In the order of the policy, in source form.
    pub entries: Vec<Entry>,
    /// In the order in which they are tried. All of them belong to rule 0.
    pub arms: Vec<Arm>,
}

impl Hosts {
    pub(super) fn new(analysis: &Analysis<'_>) -> Self {
        let mut arms = Vec::new();
        // No host is a regex.
        add_arms(0, analysis, &mut arms, &mut []);
        let mut entries = Vec::new();
        for listed in analysis.entries() {
            let entry = entry(listed.entry, None);
            let text = host_text(&entry.text).to_owned();
            entries.push(Entry { text, ..entry });
        }
        Self { entries, arms }
    }
}
