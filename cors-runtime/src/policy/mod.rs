//! Policies: handles to what the macro has compiled, or a program has loaded.

mod display;
mod guard;

#[cfg(feature = "config")]
use alloc::sync::Arc;

use crate::compiled::Compiled;
use crate::configured::{Bound, Configured, OriginsSnapshot};
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
use crate::decision::OwnedOutcome;
use crate::decision::{Decision, Outcome};
#[cfg(feature = "config")]
use crate::loaded::LoadedPolicy;
#[cfg(feature = "origins")]
use crate::origins::Origins;
use crate::refusal::{HostEntries, Hosts, OnDenied};
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use crate::rule::{Rule, Rules};

/// A CORS policy: decides how to respond to requests from other origins.
///
/// [`cors_policy!`](crate::cors_policy) checks and creates a policy at compile time;
/// [`from_config`](Self::from_config) and [`PolicyTemplate::with_origins`](crate::PolicyTemplate::with_origins)
/// do so at run time. A policy is a small handle, and cheap to clone. Store it in a `static`, a `const` or a
/// field, or write it directly where an adapter takes one:
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

    /// Returns why the list in place of `Configured` may not allow any origin, apart from credentials.
    #[cfg(feature = "origins")]
    pub(crate) fn reasons_against_any(&self) -> &'static [&'static str] {
        self.compiled.reasons_against_any
    }

    /// Creates a policy that was compiled while the program runs.
    #[cfg(feature = "config")]
    pub(crate) fn from_loaded(loaded: LoadedPolicy) -> Self {
        static LOADED: Compiled = Compiled::loaded(false);
        static GUARDED: Compiled = Compiled::loaded(true);
        Self {
            compiled: match loaded.is_guarded() {
                true => &GUARDED,
                false => &LOADED,
            },
            bound: Bound::Loaded(Arc::new(loaded)),
        }
    }

    /// Returns whether pages of `origin` may read responses.
    ///
    /// `origin` is the value of an `Origin` header; any bytes are safe. Never allocates. Exact
    /// origins take constant time; each regex or group of patterns scans the origin at most once.
    /// If the only rule of the policy is for `Any`, every input is accepted. Otherwise, inputs longer
    /// than 324 bytes are rejected.
    #[must_use]
    #[inline]
    pub fn allows_origin(&self, origin: impl AsRef<[u8]>) -> bool {
        let origin = origin.as_ref();
        let rule = match self.bound.is_nothing() {
            true => self.compiled.find_rule(origin, Configured::NONE),
            false => self.rule_for_full(origin),
        };
        rule.is_some()
    }

    /// Finds the rule of any policy. A separate function, so that a constant policy does not pay for the others.
    #[inline(never)]
    fn rule_for_full(&self, origin: &[u8]) -> Option<&Rule> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.find_rule(origin).map(AsRef::as_ref),
            bound => self.compiled.rule_for(origin, bound),
        }
    }

    /// Evaluates a request: decides whether to respond without calling the application, and which CORS
    /// headers the response has. Does not allocate.
    ///
    /// The response depends on the [kind](RequestKind) of the request:
    ///
    /// | request | policy | response |
    /// |---|---|---|
    /// | not CORS | the only rule is for `Any` | `Access-Control-Allow-Origin: *`, exposed headers |
    /// | not CORS | any other | `Vary: Origin` |
    /// | actual, origin denied | | `Vary: Origin` |
    /// | actual, origin allowed | the only rule is for `Any` | `Access-Control-Allow-Origin: *`, exposed headers |
    /// | actual, origin allowed | any other | the origin, or `*` if the rule is for `Any`; credentials, exposed headers, `Vary: Origin` |
    /// | preflight, origin denied | | 403, `Vary: Origin` |
    /// | preflight, origin allowed | the only rule is for `Any` | `preflight_status`, `Access-Control-Allow-Origin: *`, methods and headers, maximum age |
    /// | preflight, origin allowed | any other | `preflight_status`; the origin, or `*` if the rule is for `Any`; credentials, methods and headers, maximum age, `Vary: Origin` |
    /// | refused | `on_denied` or `allow_hosts` | 403 or 421, no CORS headers |
    ///
    /// The first rule that allows the origin applies. If the only rule is for `Any` and there is no
    /// `on_denied`, responses do not depend on the origin, so caches may share them. With other rules,
    /// a repeated or malformed `Origin` is denied.
    ///
    /// With `MirrorRequest` or `on_denied`, `Vary` names all request headers that the response depends on.
    /// With `expose_timing`, every response for which the table lists exposed headers also has
    /// `Timing-Allow-Origin`.
    #[must_use]
    pub fn evaluate<'d>(&'d self, request: &CorsRequest<'d>) -> Decision<'d> {
        Decision::new(self.decide_request(request), request)
    }

    /// Evaluates a request, including whether it is refused, and returns everything that does not borrow
    /// from it.
    #[inline]
    pub(crate) fn decide_request(&self, request: &CorsRequest<'_>) -> Outcome<'_> {
        match self.is_plain() {
            true => self.decide_plain(request.kind(), request.origin()),
            false => self.decide_full(request),
        }
    }

    /// Decides by any policy. A separate function, so that a plain policy does not pay for the others.
    #[inline(never)]
    fn decide_full(&self, request: &CorsRequest<'_>) -> Outcome<'_> {
        let (kind, origin) = (request.kind(), request.origin());
        let outcome = match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.decide(kind, origin).0,
            bound => self.compiled.decide(kind, origin, bound),
        };
        self.guard_if_guarded(outcome, || *request)
    }

    /// Returns whether constant rules and the origin are all that decides. Then requests take a shorter path.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.compiled.is_plain
    }

    /// Decides by a policy that [is plain](Self::is_plain).
    #[inline]
    pub(crate) fn decide_plain(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
    ) -> Outcome<'static> {
        self.compiled.decide_with(kind, origin, Configured::NONE)
    }

    /// Decides, and returns an outcome that does not borrow from the policy. `request` is only called if the
    /// policy may refuse the request.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    #[inline]
    pub(crate) fn decide_owned<'r>(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        request: impl FnOnce() -> CorsRequest<'r>,
    ) -> OwnedOutcome {
        #[cfg(feature = "config")]
        if let Bound::Loaded(loaded) = &self.bound {
            let (outcome, rule) = loaded.decide(kind, origin);
            return OwnedOutcome::loaded(self.guard_if_guarded(outcome, request), rule);
        }
        let outcome = self.compiled.decide(kind, origin, &self.bound);
        OwnedOutcome::compiled(self.guard_if_guarded(outcome, request))
    }

    /// Returns the outcome of a guarded policy for a request that is refused, and otherwise the given one.
    #[inline]
    fn guard_if_guarded<'p, 'r>(
        &self,
        outcome: Outcome<'p>,
        request: impl FnOnce() -> CorsRequest<'r>,
    ) -> Outcome<'p> {
        match self.is_guarded() {
            true => self.guard(outcome, &request()),
            false => outcome,
        }
    }

    /// Decides using a given list, because the policy's list may be replaced at any time.
    pub(crate) fn decide_request_with(
        &self,
        request: &CorsRequest<'_>,
        configured: Configured<'_>,
    ) -> Outcome<'_> {
        let outcome = self.decide_with(request.kind(), request.origin(), configured);
        match self.is_guarded() {
            true => self.guard_with(outcome, request, configured),
            false => outcome,
        }
    }

    /// Returns whether both are handles to the same policy.
    #[cfg(feature = "tower")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        core::ptr::eq(self.compiled, other.compiled) && self.bound.is_same(&other.bound)
    }

    /// Returns whether requests may be refused. Then more of their headers matter.
    #[inline]
    pub(crate) fn is_guarded(&self) -> bool {
        self.compiled.is_guarded
    }

    pub(crate) fn decide_with(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
        configured: Configured<'_>,
    ) -> Outcome<'_> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.decide(kind, origin).0,
            _ => self.compiled.decide_with(kind, origin, configured),
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

    pub(crate) fn on_denied(&self) -> OnDenied {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.on_denied(),
            _ => self.compiled.on_denied,
        }
    }

    /// Returns the hosts that requests may be for, unless these are all.
    pub(crate) fn hosts(&self) -> Option<Hosts<'_>> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.hosts(),
            _ => Some(Hosts {
                accepts: self.compiled.accepts_host.as_ref()?,
                entries: HostEntries::Compiled(self.compiled.hosts.iter()),
            }),
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

    /// Returns the index of a rule of this policy.
    pub(crate) fn rule_index(&self, rule: &Rule) -> Option<usize> {
        let mut rules = self.rules().iter();
        rules.position(|listed| core::ptr::eq(listed, rule))
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        match &self.bound {
            #[cfg(feature = "config")]
            Bound::Loaded(loaded) => loaded.rules(),
            _ => Rules::compiled(self.compiled.rules),
        }
    }
}
