//! Rules that hold between several values of a policy.
//!
//! Each check stands in a file of its own, with its link to the standard; this page lists them.

mod credentials;

use crate::diagnostics::Diagnostics;
use crate::model::Policy;

/// Reports every combination that is not sound.
pub(crate) fn policy(policy: &Policy, errors: &mut Diagnostics) {
    for rule in &policy.rules {
        credentials::no_wildcard(rule, errors);
    }
}
