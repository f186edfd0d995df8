//! Why a request is allowed or denied: [`Policy::explain`].
//!
//! The compiled matcher finds the rule, as in [`Policy::evaluate`], so the two cannot disagree.
//! Only the entry within the rule is found from the texts of the entries, and from the automata of
//! regexes.
//!
//! All functions are `#[inline]`, so that only crates that explain something compile them: they are half of the
//! code of this crate.

mod advice;
mod closest;
mod denial;
mod display;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod line;
mod preflight;
mod refused;

pub use denial::Denial;

#[cfg(all(
    feature = "tracing",
    any(feature = "actix-web", feature = "rocket", feature = "tower")
))]
pub(crate) use display::Shown;
#[cfg(any(feature = "actix-web", feature = "rocket"))]
pub(crate) use line::HeaderLine;
#[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
pub(crate) use line::NAME;

use core::fmt;

use crate::configured::OriginsSnapshot;
use crate::decision::Outcome;
use crate::header_lines::HeaderLines;
use crate::matched_entry::{MatchedEntry, accepting_entry};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::{CorsRequest, RequestKind, SingleHeader};
use cors_origin::origin::is_serialized_origin;

/// The reason why a request is allowed or denied; created by [`Policy::explain`].
///
/// `Display` prints a sentence for people, on one line, in ASCII. Values from the request are
/// escaped and truncated. The text may change in any release: in code, use the methods instead.
#[derive(Clone)]
pub struct Explanation<'d> {
    policy: &'d Policy,
    /// The list in place of `Configured`.
    configured: OriginsSnapshot,
    outcome: Outcome<'d>,
    method: &'d [u8],
    origin: SingleHeader<'d>,
    /// Whether the request opens a WebSocket.
    is_handshake: bool,
    /// The method that a preflight requests.
    requested_method: Option<&'d [u8]>,
    /// The headers that a preflight requests.
    requested_headers: HeaderLines<'d>,
    denial: Option<Denial<'d>>,
}

impl Policy {
    /// Explains why a request is allowed or denied, for logs, and for people who debug a page. The
    /// decision is that of [`evaluate`](Self::evaluate).
    ///
    /// For a preflight, this follows the steps that the browser will take with the response
    /// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch)), and names the
    /// method or headers that are missing:
    ///
    /// ```
    /// use cors_runtime::{CorsRequest, Denial, Policy, cors_policy};
    ///
    /// static API: Policy = cors_policy!(
    ///     allow_origins = ["https://example.com"],
    ///     allow_methods = [PUT],
    /// );
    ///
    /// let preflight = CorsRequest::new("OPTIONS")
    ///     .with_header("Origin", "https://example.com")
    ///     .with_header("Access-Control-Request-Method", "PUT")
    ///     .with_header("Access-Control-Request-Headers", "content-type,x-token");
    /// let explanation = API.explain(&preflight);
    /// assert_eq!(explanation.denial(), Some(Denial::HeaderNotAllowed(b"content-type")));
    ///
    /// // request headers `content-type`, `x-token` are not allowed, so browsers do not send the
    /// // request; to allow them, add `"content-type", "x-token"` to `allow_headers`
    /// println!("{explanation}");
    /// # assert_eq!(
    /// #     explanation.to_string(),
    /// #     "request headers `content-type`, `x-token` are not allowed, so browsers do not send the \
    /// #      request; to allow them, add `\"content-type\", \"x-token\"` to `allow_headers`",
    /// # );
    /// ```
    ///
    /// Any bytes are safe, and nothing is allocated. The matching entry is only looked up when you
    /// call [`Explanation::entry`] or print the explanation.
    ///
    /// A server cannot know whether a page sends credentials. If the page sends credentials, but the rule does
    /// not allow credentials, the browser rejects a response that is allowed here.
    #[must_use]
    #[inline]
    pub fn explain<'d>(&'d self, request: &CorsRequest<'d>) -> Explanation<'d> {
        let configured = self.configured();
        let outcome = self.decide_request_with(request, configured.configured());
        Explanation::build(self, configured, outcome, request)
    }
}

/// Returns the first check that fails, in the order of the standard: the origin, the method, the
/// headers.
#[inline]
fn denial<'r>(outcome: &Outcome<'_>, request: &CorsRequest<'r>) -> Option<Denial<'r>> {
    if let Some(refusal) = outcome.refusal {
        return Some(match refusal {
            Refusal::HostNotAllowed => Denial::HostNotAllowed(request.authority()),
            Refusal::WriteNotAllowed => Denial::WriteRefused(request.method()),
            Refusal::ReadNotAllowed => Denial::ReadRefused,
        });
    }
    let Some(rule) = outcome.rule else {
        return Some(match request.origin() {
            SingleHeader::Absent => Denial::NoOrigin,
            SingleHeader::Repeated => Denial::RepeatedOrigin,
            SingleHeader::Single(origin) if is_serialized_origin(origin) => {
                Denial::OriginNotAllowed(origin)
            }
            SingleHeader::Single(origin) => Denial::MalformedOrigin(origin),
        });
    };
    if outcome.kind != RequestKind::Preflight {
        return None;
    }
    preflight::method_denial(rule, request)
        .or_else(|| preflight::header_denial(rule, request.request_headers()))
}

impl<'d> Explanation<'d> {
    /// Explains the decision of `policy` about a request.
    #[cfg(any(feature = "actix-web", feature = "rocket", feature = "tower"))]
    #[inline]
    pub(crate) fn new(policy: &'d Policy, outcome: Outcome<'d>, request: &CorsRequest<'d>) -> Self {
        Self::build(policy, policy.configured(), outcome, request)
    }

    #[inline]
    fn build(
        policy: &'d Policy,
        configured: OriginsSnapshot,
        outcome: Outcome<'d>,
        request: &CorsRequest<'d>,
    ) -> Self {
        Self {
            policy,
            configured,
            outcome,
            method: request.method(),
            origin: request.origin(),
            is_handshake: request.is_handshake(),
            requested_method: request.single_request_method(),
            requested_headers: request.request_headers(),
            denial: denial(&outcome, request),
        }
    }

    /// Returns the kind of the request.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> RequestKind {
        self.outcome.kind
    }

    /// Returns whether the page may read the response or, after a preflight, send the request.
    ///
    /// A request that `on_denied` or `allow_hosts` refuses is not allowed. A request that reaches the
    /// application may still be denied: then the page cannot read the response.
    ///
    /// `is_allowed` is stricter than [`Decision::is_origin_allowed`](crate::Decision::is_origin_allowed), which
    /// does not consider the method and the headers that a preflight requests.
    #[must_use]
    #[inline]
    pub fn is_allowed(&self) -> bool {
        self.denial.is_none()
    }

    /// Returns why the request does not reach the application, if `on_denied` or `allow_hosts` refuses it.
    #[must_use]
    #[inline]
    pub fn refusal(&self) -> Option<Refusal> {
        self.outcome.refusal
    }

    /// Returns the first reason why the request is denied or refused. Returns `None` if it is allowed.
    #[must_use]
    #[inline]
    pub fn denial(&self) -> Option<Denial<'d>> {
        self.denial
    }

    /// Returns everything that is denied: for a preflight from an allowed origin, the method and
    /// each header. The browser's console only names the first one.
    ///
    /// ```
    /// use cors_runtime::{CorsRequest, Denial, Policy, cors_policy};
    ///
    /// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
    ///
    /// let preflight = CorsRequest::new("OPTIONS")
    ///     .with_header("Origin", "https://example.com")
    ///     .with_header("Access-Control-Request-Method", "PUT")
    ///     .with_header("Access-Control-Request-Headers", "content-type");
    /// let explanation = API.explain(&preflight);
    /// let denials = [Denial::MethodNotAllowed(b"PUT"), Denial::HeaderNotAllowed(b"content-type")];
    /// assert!(explanation.denials().eq(denials));
    /// ```
    #[inline]
    pub fn denials(&self) -> impl Iterator<Item = Denial<'d>> + use<'_, 'd> {
        let rule = match self.denial {
            Some(Denial::MethodNotAllowed(_) | Denial::HeaderNotAllowed(_)) => self.outcome.rule,
            _ => None,
        };
        let headers = rule
            .into_iter()
            .flat_map(|rule| preflight::unlisted_headers(rule, self.requested_headers))
            .map(Denial::HeaderNotAllowed);
        let other = headers.filter(|denial| Some(*denial) != self.denial);
        self.denial.into_iter().chain(other)
    }

    /// Returns the index of the rule that allows the origin, which is 0 in a policy without
    /// `rule(..)`. Returns `None` if the origin is denied. (`Display` numbers rules from 1.)
    #[must_use]
    #[inline]
    pub fn rule_index(&self) -> Option<usize> {
        self.policy.rule_index(self.outcome.rule?)
    }

    /// Returns the entry that accepts the origin, in the rule that applies. Returns `None` if the origin
    /// is denied.
    ///
    /// If several entries of the rule accept the origin, exact entries and patterns come first, then configured entries, then
    /// regexes, then predicates.
    ///
    /// ```
    /// use cors_runtime::{CorsRequest, MatchedEntry, Policy, cors_policy};
    ///
    /// static API: Policy = cors_policy!(
    ///     allow_origins = ["https://example.com", "https://*.example.com"],
    /// );
    ///
    /// let request = CorsRequest::new("GET").with_header("Origin", "https://shop.example.com");
    /// let explanation = API.explain(&request);
    /// let entry = explanation.entry().unwrap();
    /// assert_eq!(entry, MatchedEntry::Pattern("https://*.example.com"));
    /// assert_eq!(entry.text(), Some("https://*.example.com"));
    /// ```
    #[must_use]
    #[inline]
    pub fn entry(&self) -> Option<MatchedEntry<'_>> {
        let rule = self.outcome.rule?;
        match self.origin.single() {
            Some(origin) => Some(accepting_entry(rule, origin, self.configured.configured())),
            // A rule for any origin does not consider the origin.
            None => Some(MatchedEntry::Any),
        }
    }
}

impl fmt::Debug for Explanation<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("kind", &self.kind())
            .field("rule", &self.rule_index())
            .field("entry", &self.entry())
            .field("denial", &self.denial)
            .finish_non_exhaustive()
    }
}
