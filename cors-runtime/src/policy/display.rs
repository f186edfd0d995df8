//! Policies as text, for people.

use core::fmt;

use super::Policy;
use crate::refusal::OnDenied;
use crate::rule::{Entries, Rule};
use cors_origin::header::HeaderValues;
use cors_origin::summary::{RefusalSummary, RuleSummary, write_policy_summary};

impl fmt::Debug for Policy {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("rules", &self.rules())
            .field("preflight_status", &self.preflight_status())
            .field("on_denied", &self.on_denied())
            .field("hosts", &self.hosts().map(|hosts| hosts.entries))
            .field("matcher", &format_args!("{}", self.matcher()))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Policy {
    /// Prints in plain words which pages may do what, how often browsers send preflights, and which
    /// headers responses vary on. The text may change in any release.
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
    /// println!("{API}");
    /// # assert_eq!(API.to_string(), "\
    /// # pages of https://app.example.com
    /// #   may send GET, HEAD, POST, PUT
    /// #   may not send cookies or other credentials
    /// #   need one preflight per URL, cached for up to 7200 seconds
    /// # pages of any other origin
    /// #   may read nothing
    /// # responses vary on Origin
    /// # ");
    /// ```
    ///
    /// This prints:
    ///
    /// ```text
    /// pages of https://app.example.com
    ///   may send GET, HEAD, POST, PUT
    ///   may not send cookies or other credentials
    ///   need one preflight per URL, cached for up to 7200 seconds
    /// pages of any other origin
    ///   may read nothing
    /// responses vary on Origin
    /// ```
    ///
    /// The line about preflights only concerns requests that need one. A request that an HTML form could send
    /// normally needs none.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refusals = RefusalSummary {
            refuses_writes: self.on_denied() != OnDenied::Continue,
            refuses_reads: self.on_denied() == OnDenied::Refuse,
            hosts: self.hosts().map(|hosts| hosts.entries),
        };
        write_policy_summary(self.rules().iter().map(summary), &refusals, f)?;
        match self.is_configured() {
            true => writeln!(f, "{}", self.bound),
            false => Ok(()),
        }
    }
}

#[inline]
fn summary(rule: &Rule) -> RuleSummary<'_, Entries<'_>> {
    RuleSummary {
        origins: (!rule.is_for_any_origin()).then(|| rule.entries()),
        values: HeaderValues::from_fn(|header| rule.value(header)),
        exposes_timing: rule.expose_timing,
        mirrors_method: rule.mirror_method,
        mirrors_headers: rule.mirror_headers,
    }
}
