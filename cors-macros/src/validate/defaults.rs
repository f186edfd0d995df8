//! Keys outside of the rules.

use crate::diagnostics::{Check, Diagnostics, Problem};
use crate::model::Policy;

/// A default that every rule overrides says something that is not so.
pub(super) fn each_is_used(policy: &Policy, errors: &mut Diagnostics) {
    for (key, place) in &policy.unused_defaults {
        let name = key.name();
        errors.report(
            *place,
            Problem::new(
                Check::UnusedDefault,
                format!("`{name}` outside of the rules is used by none of them"),
            )
            .note(format!("every rule has a `{name}` of its own"))
            .help("remove it, or move it into a rule of its own"),
        );
    }
}
