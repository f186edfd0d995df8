//! Policies that the macro has compiled, and how they decide.

use crate::configured::{Bound, Configured};
use crate::decision::Outcome;
use crate::refusal::OnDenied;
use crate::request::{RequestKind, SingleHeader};
use crate::rule::Rule;
use cors_origin::origin::is_serialized_origin;

/// Finds the first rule that allows an origin.
type RuleFor = fn(&[u8], Configured<'_>) -> Option<&'static Rule>;

/// The macro's output for a policy that it has checked.
pub struct Compiled {
    pub(crate) rules: &'static [Rule],
    /// Returns the first rule, of `rules`, that allows an origin.
    rule_for: RuleFor,
    /// The only rule, if it is for any origin. Then all responses are the same, whatever the
    /// `Origin`, and caches may share them.
    public_rule: Option<&'static Rule>,
    pub(crate) preflight_status: u16,
    pub(crate) on_denied: OnDenied,
    /// Why the list in place of `Configured` may not allow any origin, apart from credentials.
    #[cfg_attr(not(feature = "origins"), allow(dead_code))]
    pub(crate) reasons_against_any: &'static [&'static str],
    pub(crate) hosts: &'static [&'static str],
    /// Returns whether a host is one of `hosts`, as an origin of `https`.
    pub(crate) accepts_host: Option<fn(&[u8]) -> bool>,
    /// Whether `rule_for` alone decides: the policy refuses no requests, has no `Configured`, and was not
    /// loaded. This check is all that these cost a policy without them.
    pub(crate) is_plain: bool,
    /// Whether `on_denied` or `hosts` may refuse a request; also set for a loaded policy.
    pub(crate) is_guarded: bool,
    /// Whether a rule has `expose_timing`.
    exposes_timing: bool,
    /// Description of the strategies of `rule_for`, for people.
    pub(crate) matcher: &'static str,
}

impl Compiled {
    /// Creates a policy, for the macro. `rule_for` returns the first rule, of `rules`, that allows
    /// an origin.
    #[must_use]
    pub const fn new(
        rules: &'static [Rule],
        rule_for: fn(&[u8], Configured<'_>) -> Option<&'static Rule>,
        matcher: &'static str,
    ) -> Self {
        Self {
            rules,
            rule_for,
            public_rule: match rules {
                [rule] if rule.is_for_any_origin() => Some(rule),
                _ => None,
            },
            preflight_status: 204,
            on_denied: OnDenied::Continue,
            reasons_against_any: &[],
            hosts: &[],
            accepts_host: None,
            is_plain: !is_configured(rules),
            is_guarded: false,
            exposes_timing: exposes_timing(rules),
            matcher,
        }
    }

    /// Creates the constant part of a policy that was loaded, which decides nothing.
    #[cfg(feature = "config")]
    pub(crate) const fn loaded(is_guarded: bool) -> Self {
        Self {
            is_plain: false,
            is_guarded,
            ..Self::new(&[], |_, _| None, "")
        }
    }

    /// Sets what happens to denied requests, which is `Continue` by default.
    #[must_use]
    pub const fn with_on_denied(self, on_denied: OnDenied) -> Self {
        Self {
            on_denied,
            is_plain: false,
            is_guarded: true,
            ..self
        }
    }

    /// Sets the reasons why the list in place of `Configured` may not allow any origin.
    #[must_use]
    pub const fn with_reasons_against_any(self, reasons: &'static [&'static str]) -> Self {
        Self {
            reasons_against_any: reasons,
            ..self
        }
    }

    /// Sets the hosts that requests may be for. `accepts_host` returns whether a host is one of them, as
    /// an origin of `https`.
    #[must_use]
    pub const fn with_hosts(
        self,
        hosts: &'static [&'static str],
        accepts_host: fn(&[u8]) -> bool,
    ) -> Self {
        Self {
            hosts,
            accepts_host: Some(accepts_host),
            is_plain: false,
            is_guarded: true,
            ..self
        }
    }

    /// Sets the status of successful preflights, which is 204 by default.
    #[must_use]
    pub const fn with_preflight_status(self, preflight_status: u16) -> Self {
        Self {
            preflight_status,
            ..self
        }
    }
}

const fn exposes_timing(rules: &[Rule]) -> bool {
    let mut index = 0;
    while index < rules.len() {
        if rules[index].expose_timing {
            return true;
        }
        index += 1;
    }
    false
}

const fn is_configured(rules: &[Rule]) -> bool {
    let mut index = 0;
    while index < rules.len() {
        if rules[index].is_configured() {
            return true;
        }
        index += 1;
    }
    false
}

impl Compiled {
    /// Decides with a given list in place of `Configured`.
    #[inline]
    pub(crate) fn decide_with(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        configured: Configured<'_>,
    ) -> Outcome<'static> {
        self.decide_by(kind, origin, |origin| self.find_rule(origin, configured))
    }

    #[inline]
    pub(crate) fn decide(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        bound: &Bound,
    ) -> Outcome<'static> {
        self.decide_by(kind, origin, |origin| self.rule_for(origin, bound))
    }

    #[inline]
    pub(crate) fn decide_by(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        find_rule: impl FnOnce(&[u8]) -> Option<&'static Rule>,
    ) -> Outcome<'static> {
        let public = self.public_rule;
        let rule = match public {
            Some(rule) => Some(rule),
            None => origin.single().and_then(find_rule),
        };
        let (status, owns_timing) = (self.preflight_status, self.exposes_timing);
        Outcome::new(kind, rule, public.is_some(), status, owns_timing)
    }

    #[inline]
    pub(crate) fn rule_for(&self, origin: &[u8], bound: &Bound) -> Option<&'static Rule> {
        bound.read(|configured| self.find_rule(origin, configured))
    }

    #[inline]
    pub(crate) fn find_rule(
        &self,
        origin: &[u8],
        configured: Configured<'_>,
    ) -> Option<&'static Rule> {
        let rule = (self.rule_for)(origin, configured)?;
        // A rule for any origin only applies to origins that browsers send. Matchers accept no
        // others anyway.
        let is_for_the_rest = rule.is_for_any_origin() && self.public_rule.is_none();
        (!is_for_the_rest || is_serialized_origin(origin)).then_some(rule)
    }
}
