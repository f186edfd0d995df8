//! Policies: the output of the macro, and the one function that decides.

#[cfg(feature = "config")]
use alloc::sync::Arc;
use core::fmt;

use crate::configured::{Bound, Configured, OriginsSnapshot};
#[cfg(feature = "actix-web")]
use crate::decision::OwnedOutcome;
use crate::decision::{Decision, Outcome};
#[cfg(feature = "config")]
use crate::loaded::LoadedPolicy;
#[cfg(feature = "origins")]
use crate::origins::Origins;
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use crate::rule::{Entries, Rule, Rules};
use cors_origin::header::HeaderValues;
use cors_origin::origin::is_serialized_origin;
use cors_origin::summary::{RuleSummary, write_policy_summary};

/// A CORS policy, created by [`cors_policy!`](crate::cors_policy), which checks it.
///
/// A policy is a small handle to constant data: it is cheap to clone, and can be a constant. Store
/// it in a `static` or in a field, or write it directly where an adapter takes one:
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
///
/// struct State {
///     policy: Policy,
/// }
///
/// let state = State { policy: API.clone() };
/// assert!(state.policy.allows_origin("https://example.com"));
/// assert!(cors_policy!(allow_origins = Any).allows_origin("https://anybody.example"));
/// ```
#[derive(Clone)]
pub struct Policy {
    compiled: &'static Compiled,
    bound: Bound,
}

/// Finds the first rule that allows an origin.
type RuleFor = fn(&[u8], Configured<'_>) -> Option<&'static Rule>;

/// The macro's output for a policy that it has checked.
pub struct Compiled {
    rules: &'static [Rule],
    /// Returns the first rule, of `rules`, that allows an origin.
    rule_for: RuleFor,
    /// The only rule, if it is for any origin. Then all responses are the same, whatever the
    /// `Origin`, and caches may share them.
    public_rule: Option<&'static Rule>,
    preflight_status: u16,
    /// Description of the strategies of `rule_for`, for people.
    matcher: &'static str,
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
            matcher,
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

impl Policy {
    /// Creates a policy, for the macro.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_static(compiled: &'static Compiled) -> Self {
        Self {
            compiled,
            bound: Bound::NOTHING,
        }
    }

    /// Returns the same policy with a list of origins in place of `Configured`.
    #[cfg(feature = "origins")]
    pub(crate) fn bind(&self, origins: Origins) -> Self {
        Self {
            compiled: self.compiled,
            bound: Bound::Origins(origins),
        }
    }

    /// Creates a policy that was compiled while the program runs.
    #[cfg(feature = "config")]
    #[doc(hidden)]
    #[must_use]
    pub fn from_plan(plan: cors_compiler::plan::Plan) -> Self {
        static NOTHING: Compiled = Compiled::new(&[], |_, _| None, "");
        Self {
            compiled: &NOTHING,
            bound: Bound::Loaded(Arc::new(LoadedPolicy::new(plan))),
        }
    }

    /// Returns whether pages of `origin` may read responses.
    ///
    /// `origin` is the value of an `Origin` header; any bytes are safe. Never allocates. Exact
    /// origins take constant time; each regex or group of patterns scans the origin at most once.
    /// Inputs over 324 bytes are rejected immediately.
    #[must_use]
    #[inline]
    pub fn allows_origin(&self, origin: impl AsRef<[u8]>) -> bool {
        let origin = origin.as_ref();
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.allows_origin(origin),
            bound => self.compiled.rule_for(origin, bound).is_some(),
        }
    }

    /// Decides about a request: which headers its response must have, and whether it is a
    /// preflight, which must not reach the application. Does not allocate.
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
    /// The first rule that allows the origin applies. If the policy has one rule, for any origin,
    /// all responses are the same, so caches may share them. In every other policy, a repeated or
    /// malformed `Origin` is denied. Under `MirrorRequest`, `Vary` also names the mirrored headers.
    #[must_use]
    pub fn evaluate<'d>(&'d self, request: &CorsRequest<'d>) -> Decision<'d> {
        Decision::new(self.decide(request.kind(), request.origin()), request)
    }

    /// Decides, and returns everything that does not borrow from the request.
    #[inline]
    pub(crate) fn decide(&self, kind: RequestKind, origin: SingleHeader<'_>) -> Outcome<'_> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.decide(kind, origin).0,
            bound => self.compiled.decide(kind, origin, bound),
        }
    }

    /// Decides, and returns an outcome that does not borrow from the policy.
    #[cfg(feature = "actix-web")]
    pub(crate) fn decide_owned(&self, kind: RequestKind, origin: SingleHeader<'_>) -> OwnedOutcome {
        #[cfg(feature = "config")]
        if let Some(loaded) = self.loaded() {
            let (outcome, rule) = loaded.decide(kind, origin);
            return OwnedOutcome::loaded(outcome, rule);
        }
        OwnedOutcome::compiled(self.decide_compiled(kind, origin))
    }

    /// Decides by a policy that was not loaded.
    #[cfg(any(feature = "actix-web", feature = "http"))]
    #[inline]
    pub(crate) fn decide_compiled(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
    ) -> Outcome<'static> {
        self.compiled.decide(kind, origin, &self.bound)
    }

    /// Returns the policy that was loaded, if this is one.
    #[cfg(all(feature = "config", any(feature = "actix-web", feature = "http")))]
    #[inline]
    pub(crate) fn loaded(&self) -> Option<&LoadedPolicy> {
        match &self.bound {
            Bound::Loaded(loaded) => Some(loaded),
            _ => None,
        }
    }

    /// Decides using a given list, because the policy's list may be replaced at any time.
    pub(crate) fn decide_with(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        configured: Configured<'_>,
    ) -> Outcome<'_> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.decide(kind, origin).0,
            _ => self.compiled.decide_by(kind, origin, |origin| {
                self.compiled.find_rule(origin, configured)
            }),
        }
    }

    /// Returns the status of successful preflights.
    pub(crate) fn preflight_status(&self) -> u16 {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.preflight_status(),
            _ => self.compiled.preflight_status,
        }
    }

    /// Returns how origins are matched, in words.
    fn matcher(&self) -> &str {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.matcher(),
            _ => self.compiled.matcher,
        }
    }

    /// Returns whether one of the entries is `Configured`.
    pub(crate) fn is_configured(&self) -> bool {
        self.rules().iter().any(Rule::is_configured)
    }

    /// Returns the current list in place of `Configured`.
    pub(crate) fn configured(&self) -> OriginsSnapshot {
        self.bound.snapshot()
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.rules(),
            _ => Rules::compiled(self.compiled.rules),
        }
    }
}

impl Compiled {
    #[inline]
    fn decide(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        bound: &Bound,
    ) -> Outcome<'static> {
        self.decide_by(kind, origin, |origin| self.rule_for(origin, bound))
    }

    #[inline]
    fn decide_by(
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
        Outcome::new(kind, rule, public.is_some(), self.preflight_status)
    }

    #[inline]
    fn rule_for(&self, origin: &[u8], bound: &Bound) -> Option<&'static Rule> {
        bound.read(|configured| self.find_rule(origin, configured))
    }

    #[inline]
    fn find_rule(&self, origin: &[u8], configured: Configured<'_>) -> Option<&'static Rule> {
        let rule = (self.rule_for)(origin, configured)?;
        // A rule for any origin only applies to origins that browsers send. Matchers accept no
        // others anyway.
        let is_for_the_rest = rule.is_for_any_origin() && self.public_rule.is_none();
        (!is_for_the_rest || is_serialized_origin(origin)).then_some(rule)
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("rules", &self.rules())
            .field("preflight_status", &self.preflight_status())
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
        write_policy_summary(self.rules().iter().map(summary), f)?;
        match self.is_configured() {
            true => writeln!(f, "{}", self.bound),
            false => Ok(()),
        }
    }
}

fn summary(rule: &Rule) -> RuleSummary<'_, Entries<'_>> {
    RuleSummary {
        origins: (!rule.is_for_any_origin()).then(|| rule.entries()),
        values: HeaderValues::from_fn(|header| rule.value(header)),
        mirrors_method: rule.mirror_method,
        mirrors_headers: rule.mirror_headers,
    }
}

/// Types that adapters accept as a policy: [`Policy`], and references to one.
///
/// ```
/// use cors_runtime::{Policy, cors_policy, tower::CorsLayer};
///
/// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
///
/// let layers = [
///     CorsLayer::new(&API),
///     CorsLayer::new(API.clone()),
///     CorsLayer::new(cors_policy!(allow_origins = ["https://example.com"])),
/// ];
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a policy that can be enforced",
    label = "expected a `Policy` or `&Policy`",
    note = "a `PolicyTemplate` lacks the origins that `Configured` stands for: fill it with `with_origins(&origins)?`"
)]
pub trait IntoPolicy: sealed::Sealed {
    /// Returns the policy.
    #[doc(hidden)]
    fn into_policy(self) -> Policy;
}

impl IntoPolicy for Policy {
    fn into_policy(self) -> Policy {
        self
    }
}

impl IntoPolicy for &Policy {
    fn into_policy(self) -> Policy {
        self.clone()
    }
}

/// Prevents other types from implementing `IntoPolicy`.
mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Policy {}
    impl Sealed for &super::Policy {}
}
