//! The output of the compiler as plain data: rules with the values of their headers, and matchers.
//!
//! Back ends print a plan or store it. All decisions are made before, so they cannot fail.

mod hosts;
mod matcher;
mod rule;
mod table;

pub use hosts::Hosts;
pub use matcher::{Arm, Strategy};
pub use rule::{Entry, EntryKind, Rule};
#[cfg(test)]
pub(crate) use table::dfa_table;

use std::collections::HashSet;

use crate::analysis::Analysis;
use crate::model::{self, Model, OnDenied, Origins};
use crate::validate;

/// Everything that enforces a policy.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// In the order of the policy.
    pub rules: Vec<Rule>,
    /// In the order in which they are tried. The first match wins.
    pub arms: Vec<Arm>,
    /// The index of the rule for origins that no arm matches.
    pub rest: Option<usize>,
    /// The status of a successful preflight.
    pub preflight_status: u16,
    /// The treatment of denied requests.
    pub on_denied: OnDenied,
    /// The hosts that requests may have; `None` for any.
    pub hosts: Option<Hosts>,
    /// Why the list in place of `Configured` may not allow any origin.
    pub reasons_against_any: Vec<String>,
    /// The environment variables that were read.
    pub variables: Vec<String>,
}

impl Plan {
    /// Plans a policy without mistakes.
    pub fn new(model: &Model, analysis: &Analysis<'_>, hosts: &Analysis<'_>) -> Self {
        let is_for_any = |rule: &model::Rule| matches!(rule.origins, Origins::Any(_));
        let rest = model.rules.iter().position(is_for_any);
        let mut arms = Vec::new();
        let mut tables = vec![None; analysis.entries().len()];
        let mut rules = Vec::new();
        for (index, rule) in model.rules.iter().enumerate() {
            matcher::add_arms(index, analysis, &mut arms, &mut tables);
            rules.push(rule::plan(index, rule, &tables, analysis));
        }
        Self {
            rules,
            arms,
            rest,
            preflight_status: model.preflight_status,
            on_denied: match model.on_denied {
                Some((on_denied, _)) => on_denied,
                None => OnDenied::Continue,
            },
            hosts: match model.hosts {
                Some(Origins::Listed(_)) => Some(Hosts::new(hosts)),
                Some(Origins::Any(_)) | None => None,
            },
            reasons_against_any: validate::reasons_against_any(model),
            variables: model.variables.clone(),
        }
    }

    /// Returns a description of the strategies, for people.
    pub fn description(&self) -> String {
        let mut words = Vec::new();
        for arms in self.arms.chunk_by(Arm::is_described_with) {
            words.push(match (&arms[0].strategy, arms.len()) {
                (Strategy::Predicate(_), 1) => "a predicate".to_owned(),
                (Strategy::Predicate(_), count) => format!("{count} predicates"),
                (strategy, _) => strategy.to_string(),
            });
        }
        if self.rest.is_some() {
            words.push("any origin".to_owned());
        }
        words.join(", ")
    }
}

/// Returns the entries of a rule, with their indices. Repeated entries of variables are only
/// returned once.
fn listed_once<'a>(rule: usize, analysis: &'a Analysis<'_>) -> Vec<(usize, &'a model::Entry)> {
    let entries = analysis.entries_of(rule);
    let has_variables = entries.iter().any(|(_, entry)| entry.source.is_some());
    let mut seen: HashSet<String> = HashSet::new();
    let mut listed = Vec::new();
    for (index, entry) in entries {
        let condition = entry.condition_text().unwrap_or_default();
        if !has_variables || seen.insert(format!("{condition} {}", entry.text())) {
            listed.push((index, entry));
        }
    }
    listed
}

#[cfg(all(test, feature = "regex", feature = "tokens"))]
pub(crate) mod tests;
