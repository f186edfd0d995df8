//! Rules that hold between several values of a policy, or need a proof.
//!
//! Each check stands in a file of its own, with its link to the standard; this page lists them.

mod assertions;
mod confinement;
mod coverage;
mod credentials;
mod insecure;
mod names;
mod null;
mod predicate;
mod regex;
mod risks;
mod subject;

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::model::Policy;

/// Reports every combination that is not sound.
pub(crate) fn policy(policy: &Policy, automata: &Analysis<'_>, errors: &mut Diagnostics) {
    regex::has_an_automaton(automata, errors);
    for rule in &policy.rules {
        credentials::no_wildcard(rule, errors);
        names::covered_by_wildcard(rule, errors);
    }
    let refused = risks::only_where_accepted(policy, automata, errors);
    coverage::each_entry_adds(policy, automata, &refused, errors);
    assertions::hold(policy, automata, errors);
}
