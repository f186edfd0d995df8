//! A policy in plain words.

use core::fmt;

use crate::policy::Policy;
use crate::rule::{OriginEntry, Rule};
use cors_origin::summary::{RuleSummary, write_policy_summary};

impl fmt::Display for Policy {
    /// Says in plain words who may do what, how often browsers ask by preflight, and what responses
    /// vary on.
    ///
    /// ```
    /// use cors_runtime::{Policy, cors_policy};
    ///
    /// static API: Policy = cors_policy!(
    ///     allow_origins = ["https://app.example.com"],
    ///     allow_methods = [PUT],
    ///     max_age = hours(2),
    /// );
    ///
    /// assert_eq!(
    ///     API.to_string(),
    ///     "\
    /// pages of https://app.example.com
    ///   may send GET, HEAD, POST, PUT
    ///   may not send cookies and other credentials
    ///   need one preflight for each URL in 7200 seconds, if browsers keep it as long
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ",
    /// );
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_policy_summary(self.rules().iter().map(summary), f)
    }
}

fn summary<'r>(rule: &'r Rule<'r>) -> RuleSummary<'r, OriginEntry<'r>> {
    RuleSummary {
        origins: match rule.entries {
            [OriginEntry::Any] => None,
            entries => Some(entries),
        },
        allows_credentials: rule.allows_credentials(),
        methods: rule.allow_methods,
        mirrors_method: rule.mirror_method,
        headers: rule.allow_headers,
        mirrors_headers: rule.mirror_headers,
        exposed_headers: rule.expose_headers,
        max_age: rule.max_age,
    }
}
