//! Policies: the output of the macro, and the one function that decides.

#[cfg(feature = "config")]
use alloc::sync::Arc;
use core::fmt;
use core::num::NonZeroU16;

use crate::configured::{Bound, Configured, OriginsSnapshot};
#[cfg(any(feature = "actix-web", feature = "rocket"))]
use crate::decision::OwnedOutcome;
use crate::decision::{Decision, Outcome};
#[cfg(feature = "config")]
use crate::loaded::LoadedPolicy;
use crate::matched_entry::{MatchedEntry, accepting_entry};
#[cfg(feature = "origins")]
use crate::origins::Origins;
use crate::refusal::{Consulted, HostEntries, Hosts, OnDenied, find_refusal};
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use crate::rule::{Entries, Rule, Rules};
use cors_origin::header::HeaderValues;
use cors_origin::origin::is_serialized_origin;
use cors_origin::summary::{RefusalSummary, RuleSummary, write_policy_summary};

/// A CORS policy, created by [`cors_policy!`](crate::cors_policy), which checks it.
///
/// A policy is a small handle to constant data, and cheap to clone. Store it in a `static`, a
/// `const` or a field, or write it directly where an adapter takes one:
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
    on_denied: OnDenied,
    hosts: &'static [&'static str],
    /// Returns whether a host is one of `hosts`, as an origin of `https`.
    accepts_host: Option<fn(&[u8]) -> bool>,
    /// Whether `on_denied` or `hosts` may refuse a request; also set for a loaded policy. This check is all that
    /// they cost a policy without them.
    is_guarded: bool,
    /// Whether a rule has `expose_timing`.
    exposes_timing: bool,
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
            on_denied: OnDenied::Continue,
            hosts: &[],
            accepts_host: None,
            is_guarded: false,
            exposes_timing: exposes_timing(rules),
            matcher,
        }
    }

    /// Sets what happens to denied requests, which is `Continue` by default.
    #[must_use]
    pub const fn with_on_denied(self, on_denied: OnDenied) -> Self {
        Self {
            on_denied,
            is_guarded: true,
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
    pub(crate) fn from_loaded(loaded: LoadedPolicy) -> Self {
        static NOTHING: Compiled = Compiled::new(&[], |_, _| None, "");
        static GUARDED: Compiled =
            Compiled::new(&[], |_, _| None, "").with_on_denied(OnDenied::Refuse);
        Self {
            compiled: match loaded.is_guarded() {
                true => &GUARDED,
                false => &NOTHING,
            },
            bound: Bound::Loaded(Arc::new(loaded)),
        }
    }

    /// Returns whether pages of `origin` may read responses.
    ///
    /// `origin` is the value of an `Origin` header; any bytes are safe. Never allocates. Exact
    /// origins take constant time; each regex or group of patterns scans the origin at most once.
    /// Inputs longer than 324 bytes are rejected. If the policy has one rule, for any origin, every input is accepted.
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

    /// Decides about a request: whether to respond without calling the application, and which CORS
    /// headers the response has. Does not allocate.
    ///
    /// The response depends on the [kind](RequestKind) of the request:
    ///
    /// | request | policy | response |
    /// |---|---|---|
    /// | not CORS | one rule, for any origin | `Access-Control-Allow-Origin: *`, exposed headers |
    /// | not CORS | any other | `Vary: Origin` |
    /// | actual, denied | | `Vary: Origin` |
    /// | actual, allowed | | allowed origin, credentials, exposed headers, `Vary: Origin` unless the policy has one rule, for any origin |
    /// | preflight, denied | | 403, `Vary: Origin` |
    /// | preflight, allowed | | 204, allowed origin, credentials, methods and headers, maximum age, `Vary` as above |
    /// | refused | `on_denied`, `allow_hosts` | 403 or 421, `Vary` |
    ///
    /// The first rule that allows the origin applies. If the policy has one rule, for any origin,
    /// all responses are the same, so caches may share them. In every other policy, a repeated or
    /// malformed `Origin` is denied. Under `MirrorRequest`, `Vary` also names the mirrored headers.
    #[must_use]
    pub fn evaluate<'d>(&'d self, request: &CorsRequest<'d>) -> Decision<'d> {
        Decision::new(self.decide_request(request), request)
    }

    /// Decides about a request, including whether it is refused, and returns everything that does not borrow
    /// from it.
    #[inline]
    pub(crate) fn decide_request(&self, request: &CorsRequest<'_>) -> Outcome<'_> {
        let outcome = self.decide(request.kind(), request.origin());
        match self.is_guarded() {
            true => self.guard(outcome, request),
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

    /// Returns the outcome for a request that is refused, and otherwise the given one. Adds the headers that it
    /// depends on.
    #[cold]
    pub(crate) fn guard<'p>(&self, outcome: Outcome<'p>, request: &CorsRequest<'_>) -> Outcome<'p> {
        self.guard_with(outcome, request, self.configured().configured())
    }

    fn guard_with<'p>(
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
    #[cfg(any(feature = "actix-web", feature = "rocket"))]
    pub(crate) fn decide_owned(&self, request: &CorsRequest<'_>) -> OwnedOutcome {
        let (kind, origin) = (request.kind(), request.origin());
        #[cfg(feature = "config")]
        if let Some(loaded) = self.loaded() {
            let (outcome, rule) = loaded.decide(kind, origin);
            let outcome = match self.is_guarded() {
                true => self.guard(outcome, request),
                false => outcome,
            };
            return OwnedOutcome::loaded(outcome, rule.filter(|_| outcome.rule.is_some()));
        }
        let outcome = self.decide_compiled(kind, origin);
        OwnedOutcome::compiled(match self.is_guarded() {
            true => self.guard(outcome, request),
            false => outcome,
        })
    }

    /// Decides by a policy that was not loaded.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    #[inline]
    pub(crate) fn decide_compiled(
        &self,
        kind: RequestKind,
        origin: SingleHeader<'_>,
    ) -> Outcome<'static> {
        self.compiled.decide(kind, origin, &self.bound)
    }

    /// Returns the policy that was loaded, if this is one.
    #[cfg(all(
        feature = "config",
        any(feature = "actix-web", feature = "http", feature = "rocket")
    ))]
    #[inline]
    pub(crate) fn loaded(&self) -> Option<&LoadedPolicy> {
        match &self.bound {
            Bound::Loaded(loaded) => Some(loaded),
            _ => None,
        }
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
        let (status, owns_timing) = (self.preflight_status, self.exposes_timing);
        Outcome::new(kind, rule, public.is_some(), status, owns_timing)
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

/// Returns whether a rule accepts the origin of a request by another entry than one for any origin.
fn is_listed(rule: &Rule, request: &CorsRequest<'_>, configured: Configured<'_>) -> bool {
    let entry = request.origin().single();
    let entry = entry.map(|origin| accepting_entry(rule, origin, configured));
    !matches!(
        entry,
        None | Some(MatchedEntry::Any | MatchedEntry::Configured("*"))
    )
}

fn summary(rule: &Rule) -> RuleSummary<'_, Entries<'_>> {
    RuleSummary {
        origins: (!rule.is_for_any_origin()).then(|| rule.entries()),
        values: HeaderValues::from_fn(|header| rule.value(header)),
        exposes_timing: rule.expose_timing,
        mirrors_method: rule.mirror_method,
        mirrors_headers: rule.mirror_headers,
    }
}
