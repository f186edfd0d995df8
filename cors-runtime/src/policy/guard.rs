//! Requests that a policy refuses, by `on_denied` and `allow_hosts`.

use core::num::NonZeroU16;

use super::Policy;
use crate::configured::Configured;
use crate::decision::Outcome;
use crate::matched_entry::{MatchedEntry, accepting_entry};
use crate::refusal::{Consulted, find_refusal};
use crate::request::CorsRequest;
use crate::rule::Rule;

impl Policy {
    /// Returns the outcome for a request that is refused, and otherwise the given one. Adds the headers that it
    /// depends on.
    #[cold]
    pub(crate) fn guard<'p>(&self, outcome: Outcome<'p>, request: &CorsRequest<'_>) -> Outcome<'p> {
        self.guard_with(outcome, request, self.configured().configured())
    }

    pub(super) fn guard_with<'p>(
        &self,
        outcome: Outcome<'p>,
        request: &CorsRequest<'_>,
        configured: Configured<'_>,
    ) -> Outcome<'p> {
        let on_denied = self.on_denied();
        let is_listed = |rule: &Rule| is_listed(rule, request, configured);
        let refusal = find_refusal(on_denied, self.hosts(), request, outcome.rule, is_listed);
        let outcome = Outcome {
            consulted: match on_denied.consulted(request) {
                Consulted::Nothing => outcome.consulted,
                consulted => consulted,
            },
            ..outcome
        };
        match refusal {
            None => outcome,
            Some(refusal) => Outcome {
                rule: None,
                refusal: Some(refusal),
                refused_rule: outcome.rule.and_then(|rule| self.rule_number(rule)),
                ..outcome
            },
        }
    }

    /// Returns the number of a rule, from 1.
    fn rule_number(&self, rule: &Rule) -> Option<NonZeroU16> {
        let index = u16::try_from(self.rule_index(rule)?).ok()?;
        NonZeroU16::MIN.checked_add(index)
    }
}

/// Returns whether a rule accepts the origin of a request by another entry than one for any origin.
fn is_listed(rule: &Rule, request: &CorsRequest<'_>, configured: Configured<'_>) -> bool {
    let entry = request.origin().single();
    let entry = entry.map(|origin| accepting_entry(rule, origin, configured));
    !matches!(
        entry,
        None | Some(MatchedEntry::Any | MatchedEntry::Configured("*"))
    )
}
