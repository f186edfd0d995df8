//! Decisions of a policy about a request, and the headers that follow from them.

#[cfg(all(
    feature = "config",
    any(feature = "actix-web", feature = "http", feature = "rocket")
))]
use alloc::sync::Arc;
use core::iter::FusedIterator;
use core::num::NonZeroU16;

use crate::header_lines::{HeaderLines, LineIter};
use crate::refusal::{Consulted, Refusal};
use crate::request::{CorsRequest, RequestKind};
use crate::rule::Rule;
use crate::vary::{Vary, missing_names};
use cors_origin::fetch::{is_token, is_token_list};
use cors_origin::header::Header;

/// The part of a decision that does not depend on the bytes of the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome<'p> {
    pub(crate) kind: RequestKind,
    /// The rule that allows the request.
    pub(crate) rule: Option<&'p Rule>,
    /// The status of an allowed preflight.
    pub(crate) preflight_status: u16,
    /// The reason why the request is refused; then no rule allows it.
    pub(crate) refusal: Option<Refusal>,
    /// The number of the rule that allows the origin of a refused request, from 1.
    pub(crate) refused_rule: Option<NonZeroU16>,
    /// The request headers that the response depends on, without those that are mirrored.
    pub(crate) consulted: Consulted,
    /// Whether the policy owns `Timing-Allow-Origin`.
    pub(crate) owns_timing: bool,
}

impl<'p> Outcome<'p> {
    /// Creates the outcome for a request that a rule allows, or none. `preflight_status` is the
    /// status for an allowed preflight.
    #[inline]
    pub(crate) fn new(
        kind: RequestKind,
        rule: Option<&'p Rule>,
        is_public: bool,
        preflight_status: u16,
        owns_timing: bool,
    ) -> Self {
        Self {
            kind,
            rule,
            refusal: None,
            refused_rule: None,
            consulted: match is_public {
                true => Consulted::Nothing,
                false => Consulted::Origin,
            },
            owns_timing,
            preflight_status,
        }
    }

    /// Returns whether the application is not called: for a preflight, or for a refused request.
    #[inline]
    pub(crate) fn is_immediate(&self) -> bool {
        self.kind == RequestKind::Preflight || self.refusal.is_some()
    }

    /// Returns the status of the response to a preflight, or to a refused request.
    #[inline]
    pub(crate) fn immediate_status(&self) -> Option<u16> {
        self.is_immediate()
            .then(|| match (self.refusal, self.rule) {
                (Some(refusal), _) => refusal.status(),
                (None, Some(_)) => self.preflight_status,
                (None, None) => 403,
            })
    }

    /// Returns the outcome without the lifetime of the rule, which is stored elsewhere.
    #[cfg(all(
        feature = "config",
        any(feature = "actix-web", feature = "http", feature = "rocket")
    ))]
    pub(crate) fn without_rule(self) -> Outcome<'static> {
        Outcome { rule: None, ..self }
    }

    /// Returns the outcome with the rule.
    #[cfg(all(
        feature = "config",
        any(feature = "actix-web", feature = "http", feature = "rocket")
    ))]
    pub(crate) fn with_rule(self, rule: &Rule) -> Outcome<'_> {
        Outcome {
            rule: Some(rule),
            ..self
        }
    }

    /// Returns the request headers that the response depends on, for `Vary`: the origin, unless all
    /// responses are the same, the headers that `on_denied` consults, and those that are mirrored.
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    pub(crate) fn vary(&self) -> Option<Vary> {
        Some(match (self.consulted, self.mirrors()) {
            (Consulted::Nothing, (false, false)) => return None,
            (Consulted::Nothing, (true, false)) => Vary::Method,
            (Consulted::Nothing, (false, true)) => Vary::Headers,
            (Consulted::Nothing, (true, true)) => Vary::MethodHeaders,
            (Consulted::Origin, (false, false)) => Vary::Origin,
            (Consulted::Origin, (true, false)) => Vary::OriginMethod,
            (Consulted::Origin, (false, true)) => Vary::OriginHeaders,
            (Consulted::Origin, (true, true)) => Vary::OriginMethodHeaders,
            // Never for a preflight, so nothing is mirrored.
            (Consulted::Site, _) => Vary::OriginSite,
            (Consulted::SiteAndMode, _) => Vary::OriginSiteMode,
        })
    }

    /// Returns whether the requested method and the requested headers are mirrored.
    pub(crate) fn mirrors(&self) -> (bool, bool) {
        match self.rule {
            Some(rule) if self.kind == RequestKind::Preflight => {
                (rule.mirror_method, rule.mirror_headers)
            }
            _ => (false, false),
        }
    }

    /// Returns whether the response contains the origin of the request.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    #[inline]
    pub(crate) fn echoes_origin(&self) -> bool {
        self.rule.is_some_and(Rule::echoes_origin)
    }

    /// Returns whether the response contains that origin in `Timing-Allow-Origin` too.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    #[inline]
    pub(crate) fn echoes_timing(&self) -> bool {
        let exposes = |rule: &Rule| rule.expose_timing && rule.echoes_origin();
        self.owns_timing && self.kind != RequestKind::Preflight && self.rule.is_some_and(exposes)
    }
}

/// An outcome that does not borrow from the policy.
#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
#[derive(Debug, Clone)]
pub(crate) struct OwnedOutcome {
    /// Without the rule, if it was loaded.
    outcome: Outcome<'static>,
    #[cfg(feature = "config")]
    rule: Option<Arc<Rule>>,
}

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
impl OwnedOutcome {
    #[inline]
    pub(crate) fn compiled(outcome: Outcome<'static>) -> Self {
        Self {
            outcome,
            #[cfg(feature = "config")]
            rule: None,
        }
    }

    #[cfg(feature = "config")]
    pub(crate) fn loaded(outcome: Outcome<'_>, rule: Option<&Arc<Rule>>) -> Self {
        Self {
            outcome: outcome.without_rule(),
            rule: rule.filter(|_| outcome.rule.is_some()).cloned(),
        }
    }

    #[inline]
    pub(crate) fn get(&self) -> Outcome<'_> {
        #[cfg(feature = "config")]
        if let Some(rule) = &self.rule {
            return self.outcome.with_rule(rule);
        }
        self.outcome
    }
}

/// Values of a preflight that `MirrorRequest` sends back, if they are valid. Apart from an allowed
/// origin, no other part of a request can get into a response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mirrored<'r> {
    /// For `Access-Control-Allow-Methods`.
    pub(crate) method: Option<&'r [u8]>,
    /// The lines for `Access-Control-Allow-Headers`, among others without names.
    headers: HeaderLines<'r>,
}

impl<'r> Mirrored<'r> {
    pub(crate) fn new(request: &CorsRequest<'r>, decision: &Outcome<'_>) -> Self {
        let (method, headers) = decision.mirrors();
        Self {
            method: request
                .single_request_method()
                .filter(|requested| method && is_token(requested)),
            headers: match headers {
                true => Self::valid_headers(request),
                false => HeaderLines::Missing,
            },
        }
    }

    fn valid_headers(request: &CorsRequest<'r>) -> HeaderLines<'r> {
        let requested = request.request_headers().looked_up();
        match requested.fit_mirror(is_token_list) {
            true => requested,
            false => HeaderLines::Missing,
        }
    }

    /// Returns the lines for `Access-Control-Allow-Headers`.
    pub(crate) fn header_lines(&self) -> MirroredLines<'r> {
        MirroredLines(self.headers.iter())
    }
}

/// The lines for `Access-Control-Allow-Headers`.
#[derive(Debug, Clone)]
pub(crate) struct MirroredLines<'r>(LineIter<'r>);

impl<'r> Iterator for MirroredLines<'r> {
    type Item = &'r [u8];

    fn next(&mut self) -> Option<&'r [u8]> {
        self.0.find(|line| has_token(line))
    }
}

/// Returns whether `value` contains a header name. A line without one changes nothing.
fn has_token(value: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b',' | b' ' | b'\t');
    !value.iter().all(is_separator)
}

/// The decision of a policy about one request, made by
/// [`Policy::evaluate`](crate::Policy::evaluate).
///
/// If there is an [`immediate_status`](Self::immediate_status), respond with it, without calling the
/// application. Remove the response headers for which [`owns_header`](Self::owns_header) returns `true`,
/// and add [`headers`](Self::headers). Add [`missing_vary`](Self::missing_vary) to `Vary`.
///
/// ```
/// use cors_runtime::{CorsRequest, Policy, cors_policy};
///
/// static API: Policy = cors_policy!(allow_origins = ["https://example.com"]);
///
/// let decision = API.evaluate(&CorsRequest::new("GET").with_header("origin", "https://example.com"));
/// let mut lines = vec![
///     ("access-control-allow-origin", b"*".to_vec()),
///     ("vary", b"accept-encoding".to_vec()),
/// ];
///
/// lines.retain(|(name, _)| !decision.owns_header(name));
/// lines.extend(decision.headers().map(|(name, value)| (name, value.to_vec())));
/// let vary = lines.iter().filter(|(name, _)| *name == "vary").map(|(_, value)| value);
/// let missing: Vec<_> = decision.missing_vary(vary).collect();
/// lines.extend(missing.into_iter().map(|name| ("vary", name.into())));
///
/// assert_eq!(lines, [
///     ("vary", b"accept-encoding".to_vec()),
///     ("access-control-allow-origin", b"https://example.com".to_vec()),
///     ("vary", b"Origin".to_vec()),
/// ]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Decision<'d> {
    outcome: Outcome<'d>,
    /// The value of `Access-Control-Allow-Origin`, for an allowed request.
    allow_origin: &'d [u8],
    mirrored: Mirrored<'d>,
}

/// The CORS headers of a response, as names and values. Names are unique, except
/// `access-control-allow-headers` under `MirrorRequest`, if the preflight has several lines of
/// `Access-Control-Request-Headers`.
#[derive(Debug, Clone)]
pub struct HeaderIter<'d> {
    /// In front, without gaps.
    lines: [Option<Line<'d>>; MAX_LINES],
    /// The index of the next line.
    next: usize,
    mirrored: MirroredLines<'d>,
}

type Line<'d> = (&'static str, &'d [u8]);

/// Constants, and a mirrored method.
const MAX_LINES: usize = Header::ALL.len() + 1;

impl<'d> Decision<'d> {
    pub(crate) fn new(outcome: Outcome<'d>, request: &CorsRequest<'d>) -> Self {
        Self {
            outcome,
            allow_origin: match outcome.rule {
                Some(rule) if !rule.echoes_origin() => rule.value(Header::AllowOrigin).as_bytes(),
                _ => request.origin().single().unwrap_or_default(),
            },
            mirrored: Mirrored::new(request, &outcome),
        }
    }

    /// Returns the kind of the request.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.outcome.kind
    }

    /// Returns whether the page that made the request may read the response, considering only its
    /// origin. Returns `false` for a request that is not CORS, unless the only rule is for `Any`.
    #[must_use]
    pub fn is_origin_allowed(&self) -> bool {
        self.outcome.rule.is_some()
    }

    /// Returns the status of the response to a preflight, or to a request that is
    /// [refused](Self::refusal). Respond with it and an empty body, without calling the application.
    /// Returns `None` for all other requests.
    #[must_use]
    pub fn immediate_status(&self) -> Option<u16> {
        self.outcome.immediate_status()
    }

    /// Returns the reason why `on_denied` or `allow_hosts` refuses the request. Returns `None` for
    /// requests that reach the application, and for denied preflights.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.outcome.refusal
    }

    /// Returns the names to add to `Vary`, so that caches distinguish responses to different
    /// origins.
    #[must_use]
    pub fn vary(&self) -> Option<&'static str> {
        self.outcome.vary().map(Vary::names)
    }

    /// Returns the names in the result of [`vary`](Self::vary) that are missing from `lines`, the lines
    /// of the response's `Vary` header. The iterator is empty if a line contains `*`.
    pub fn missing_vary<L>(&self, lines: L) -> impl Iterator<Item = &'static str> + use<L>
    where
        L: IntoIterator<Item: AsRef<[u8]>> + Clone,
    {
        let names = self.vary().into_iter();
        names.flat_map(move |names| {
            let lines = lines.clone();
            missing_names(move || lines.clone().into_iter(), names)
        })
    }

    /// Returns `true` for the response headers that only the policy may set: the CORS headers and, if
    /// the policy has `expose_timing`, `Timing-Allow-Origin`. Names are compared case-insensitively.
    #[must_use]
    pub fn owns_header(&self, name: impl AsRef<[u8]>) -> bool {
        let is = |header: &Header| name.as_ref().eq_ignore_ascii_case(header.name().as_bytes());
        match Header::ALL.into_iter().find(is) {
            Some(Header::TimingAllowOrigin) => self.outcome.owns_timing,
            header => header.is_some(),
        }
    }

    /// Returns the [CORS headers](https://fetch.spec.whatwg.org/#http-responses) of the response,
    /// with names in lower case, and `timing-allow-origin` under `expose_timing`. There are none if the
    /// origin is denied or the request is refused.
    #[must_use]
    pub fn headers(&self) -> HeaderIter<'d> {
        let mut lines = [None; MAX_LINES];
        if let Some(rule) = self.outcome.rule {
            let mut slots = lines.iter_mut();
            let mut send = |header: Header, value: &'d [u8]| {
                if !value.is_empty()
                    && let Some(slot) = slots.next()
                {
                    *slot = Some((header.name(), value));
                }
            };
            let is_preflight = self.outcome.kind == RequestKind::Preflight;
            for header in Header::ALL {
                if header.is_sent(is_preflight) {
                    send(
                        header,
                        match header {
                            Header::AllowOrigin => self.allow_origin,
                            Header::TimingAllowOrigin if rule.expose_timing => self.allow_origin,
                            header => rule.value(header).as_bytes(),
                        },
                    );
                }
            }
            send(
                Header::AllowMethods,
                self.mirrored.method.unwrap_or_default(),
            );
        }
        HeaderIter {
            lines,
            next: 0,
            mirrored: self.mirrored.header_lines(),
        }
    }
}

impl<'d> Iterator for HeaderIter<'d> {
    type Item = Line<'d>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(Some(line)) = self.lines.get(self.next) {
            self.next += 1;
            return Some(*line);
        }
        Some((Header::AllowHeaders.name(), self.mirrored.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let lines = self.lines.get(self.next..).unwrap_or_default();
        let lines = lines.iter().flatten().count();
        let left = lines + self.mirrored.clone().count();
        (left, Some(left))
    }
}

impl ExactSizeIterator for HeaderIter<'_> {}

impl FusedIterator for HeaderIter<'_> {}
