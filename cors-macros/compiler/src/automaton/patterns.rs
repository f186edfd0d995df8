//! Patterns that are matched together.

use std::collections::BTreeMap;

use super::dfa::Dfa;
use super::parts::{Part, parts};
use crate::model::Origin;

/// Patterns of one rule under one condition that share an automaton.
pub(crate) struct Patterns<'p> {
    pub(super) rule: usize,
    pub(super) condition: Option<&'p str>,
    pub(crate) origins: Vec<&'p Origin>,
    /// Accepts by index in the entries of the policy.
    pub(crate) dfa: Dfa,
}

/// Patterns by rule and condition, each with its index in the entries of the policy.
pub(super) type Groups<'p> = BTreeMap<(usize, Option<&'p str>), Vec<(usize, &'p Origin)>>;

impl<'p> Patterns<'p> {
    /// The patterns of each group, apart as far as they would multiply.
    pub(super) fn of(groups: Groups<'p>) -> Vec<Self> {
        let mut all = Vec::new();
        for ((rule, condition), patterns) in groups {
            let (indices, origins): (Vec<usize>, Vec<&Origin>) = patterns.into_iter().unzip();
            for Part { members, dfa } in parts(&origins) {
                let indices: Vec<usize> = members.iter().map(|member| indices[*member]).collect();
                all.push(Self {
                    rule,
                    condition,
                    origins: members.iter().map(|member| origins[*member]).collect(),
                    dfa: dfa.relabelled(&indices),
                });
            }
        }
        all
    }
}
