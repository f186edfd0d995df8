//! Policies: what the macro makes, and the one function that decides.

use core::fmt;

use crate::decision::Decision;
use crate::mirror::Mirror;
use crate::request::{Field, Kind, Request};
use crate::rule::Rule;
use crate::verdict::Verdict;
use cors_origin::origin::is_serialized_origin;

/// A CORS policy, made by [`cors_policy!`](crate::cors_policy) and therefore sound.
///
/// It is plain constant data. Keep it in a `static`, as adapters hold on to it for as long as the
/// program runs; who asks it directly may keep it anywhere.
pub struct Policy {
    /// The first rule that allows an origin, of `rules`.
    rule_for: fn(&[u8]) -> Option<&'static Rule<'static>>,
    rules: &'static [Rule<'static>],
    preflight_status: u16,
    /// How `rule_for` matches, in words.
    matcher: &'static str,
}

/// Makes a policy; for the macro, which has checked it.
pub const fn policy(
    rule_for: fn(&[u8]) -> Option<&'static Rule<'static>>,
    rules: &'static [Rule<'static>],
    preflight_status: u16,
    matcher: &'static str,
) -> Policy {
    Policy {
        rule_for,
        rules,
        preflight_status,
        matcher,
    }
}

impl Policy {
    /// Whether pages of `origin` may read responses.
    ///
    /// `origin` is the value of an `Origin` header; any bytes are safe. Does not allocate, and takes
    /// the same for a list of any length; each regex and each kind of pattern takes one pass over
    /// the bytes at most, of an origin that is no longer than the longest there can be.
    #[must_use]
    #[inline]
    pub fn allows_origin(&self, origin: &[u8]) -> bool {
        self.rule_for(origin).is_some()
    }

    /// Decides about a request: which headers its response must have, and whether it is a
    /// preflight, to be answered without asking the application. Does not allocate.
    ///
    /// | request | policy | response |
    /// |---|---|---|
    /// | not CORS | for any origin | `Access-Control-Allow-Origin: *`, exposed headers |
    /// | not CORS | else | `Vary: Origin` |
    /// | actual, denied | | `Vary: Origin` |
    /// | actual, allowed | | allowed origin, credentials, exposed headers, `Vary: Origin` unless the policy is for any origin |
    /// | preflight, denied | | 403, `Vary: Origin` |
    /// | preflight, allowed | | 204, allowed origin, credentials, methods and headers, maximum age, `Vary` as above |
    ///
    /// The first rule that allows the origin decides. A policy with one rule, for any origin,
    /// answers everybody alike, so that caches may share its responses; for every other policy an
    /// `Origin` that is repeated or malformed is a denied one. Under `MirrorRequest`, `Vary` names
    /// what is mirrored as well.
    #[must_use]
    pub fn evaluate<'r>(&self, request: &Request<'r>) -> Decision<'r> {
        let verdict = self.judge(request.kind(), request.origin());
        let origin = request.origin().single().unwrap_or_default();
        Decision::new(verdict, origin, Mirror::of(request, &verdict))
    }

    /// Decides, and says what is constant about it.
    #[inline]
    pub(crate) fn judge(&self, kind: Kind, origin: Field<'_>) -> Verdict {
        let public = self.public_rule();
        let rule = match public {
            Some(rule) => Some(rule),
            None => origin.single().and_then(|origin| self.rule_for(origin)),
        };
        Verdict {
            kind,
            rule,
            is_public: public.is_some(),
            preflight_status: match (kind, rule) {
                (Kind::Preflight, Some(_)) => Some(self.preflight_status),
                (Kind::Preflight, None) => Some(403),
                (Kind::Actual | Kind::NotCors, _) => None,
            },
        }
    }

    /// The only rule, if it is for any origin: then everybody is answered alike, whatever the
    /// `Origin`, and caches may share the responses.
    fn public_rule(&self) -> Option<&'static Rule<'static>> {
        match self.rules {
            [rule] if rule.is_for_any_origin() => Some(rule),
            _ => None,
        }
    }

    #[inline]
    fn rule_for(&self, origin: &[u8]) -> Option<&'static Rule<'static>> {
        let rule = (self.rule_for)(origin)?;
        // A rule for any origin is for what browsers send; matchers accept nothing else anyway.
        let is_for_the_rest = rule.is_for_any_origin() && self.public_rule().is_none();
        (!is_for_the_rest || is_serialized_origin(origin)).then_some(rule)
    }

    /// The status of a successful preflight.
    #[cfg(feature = "export")]
    pub(crate) fn preflight_status(&self) -> u16 {
        self.preflight_status
    }

    pub(crate) fn rules(&self) -> &'static [Rule<'static>] {
        self.rules
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("rules", &self.rules)
            .field("preflight_status", &self.preflight_status)
            .field("matcher", &format_args!("{}", self.matcher))
            .finish_non_exhaustive()
    }
}
