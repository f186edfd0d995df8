//! Why a request is allowed or denied: [`Policy::explain`].
//!
//! The rule that decides is the one that the compiled matcher finds, as in
//! [`Policy::evaluate`], so the two cannot disagree. Only which of its entries it was is read from
//! the text of the entries, and from the automata of the regexes among them.

mod advice;
mod closest;
mod denial;
mod display;
mod entry;
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod line;
mod preflight;

pub use denial::Denial;
pub use entry::MatchedEntry;

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
use crate::decision::{Mirrored, Outcome};
use crate::policy::Policy;
use crate::request::{CorsRequest, HeaderLines, RequestKind, SingleHeader};
use cors_origin::origin::is_serialized_origin;

/// Why a request is allowed, or what the browser fails it for; made by [`Policy::explain`].
///
/// `Display` says it in a sentence for people, on one line, in ASCII: what of the request it
/// quotes is escaped and cut to a length.
#[derive(Clone)]
pub struct Explanation<'d> {
    policy: &'d Policy,
    /// The list that `Configured` stood for.
    configured: OriginsSnapshot,
    outcome: Outcome<'d>,
    method: &'d [u8],
    origin: SingleHeader<'d>,
    /// The method that a preflight asks for.
    requested_method: Option<&'d [u8]>,
    /// The headers that a preflight asks for.
    requested_headers: HeaderLines<'d>,
    denial: Option<Denial<'d>>,
}

impl Policy {
    /// Says why a request is allowed or denied: the long answer to what
    /// [`evaluate`](Self::evaluate) decides, for logs, tests and people who debug a page.
    ///
    /// For a preflight this takes the steps that the browser will take with the response
    /// ([CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch)), so that it
    /// names the method or the header that the browser will miss:
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
    /// assert_eq!(
    ///     explanation.to_string(),
    ///     "request headers `content-type`, `x-token` are not allowed, so browsers do not send the \
    ///      request; to allow them, add `\"content-type\", \"x-token\"` to `allow_headers`",
    /// );
    /// ```
    ///
    /// Any bytes are safe, and nothing is allocated. Of `Access-Control-Request-Headers`, 4096 bytes
    /// in up to four lines are looked at; a preflight that asks for more, and for nothing in them
    /// that is denied, is [`Denial::TooManyHeaders`]. Which entry matched is found by going through all
    /// entries, and only when it is asked for.
    ///
    /// Whether a page sends credentials, a server cannot see: what is allowed here fails in the
    /// browser if it does and the rule does not allow them.
    #[must_use]
    pub fn explain<'d>(&'d self, request: &CorsRequest<'d>) -> Explanation<'d> {
        let configured = self.configured();
        let outcome = self.decide_with(request.kind(), request.origin(), configured.configured());
        Explanation::build(self, configured, outcome, request)
    }
}

/// The first check that fails, in the order of the standard: the origin, the method, the headers.
fn denial<'r>(outcome: &Outcome<'_>, request: &CorsRequest<'r>) -> Option<Denial<'r>> {
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
    let mirrored = Mirrored::new(request, outcome);
    preflight::method_denial(rule, request)
        .or_else(|| preflight::header_denial(rule, request.request_headers(), &mirrored))
}

impl<'d> Explanation<'d> {
    /// Explains what `policy` has decided about a request.
    #[cfg(any(
        feature = "actix-web",
        feature = "rocket",
        all(feature = "tracing", feature = "tower")
    ))]
    pub(crate) fn new(policy: &'d Policy, outcome: Outcome<'d>, request: &CorsRequest<'d>) -> Self {
        Self::build(policy, policy.configured(), outcome, request)
    }

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
            requested_method: request.single_request_method(),
            requested_headers: request.request_headers(),
            denial: denial(&outcome, request),
        }
    }

    /// What kind of request it is.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.outcome.kind
    }

    /// Whether nothing is denied: the page may read the response, or, after a preflight, send the
    /// request that it asks for.
    ///
    /// If so, [`Decision::is_origin_allowed`](crate::Decision::is_origin_allowed) says yes as well. It says yes
    /// to more: to preflights from an allowed origin, where the browser itself compares the method
    /// and the headers.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.denial.is_none()
    }

    /// Returns the first thing that the browser fails the request for, if it does.
    #[must_use]
    pub fn denial(&self) -> Option<Denial<'d>> {
        self.denial
    }

    /// Returns everything that is not allowed: for a preflight from an allowed origin, the method and
    /// each header. Browsers tell the page about the first one only.
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

    /// The index of the rule that allows the origin; 0 in a policy that has no `rule(..)`. `None`
    /// if the origin is denied.
    #[must_use]
    pub fn rule_index(&self) -> Option<usize> {
        let rule = self.outcome.rule?;
        let mut rules = self.policy.rules().iter();
        rules.position(|listed| core::ptr::eq(listed, rule))
    }

    /// The entry of that rule that accepts the origin. `None` if the origin is denied.
    ///
    /// If there are several, it is the first that is written out, or else the first regex, or else a
    /// predicate.
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
    pub fn entry(&self) -> Option<MatchedEntry<'_>> {
        let rule = self.outcome.rule?;
        match self.origin.single() {
            Some(origin) => Some(entry::of(rule, origin, self.configured.configured())),
            // Who is for any origin does not look at it.
            None => Some(MatchedEntry::Any),
        }
    }
}

impl fmt::Debug for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("kind", &self.kind())
            .field("rule", &self.rule_index())
            .field("entry", &self.entry())
            .field("denial", &self.denial)
            .finish_non_exhaustive()
    }
}
