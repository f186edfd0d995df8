//! Requests that are refused without calling the application: `on_denied` and `allow_hosts`.
//!
//! CORS hides responses, and lets requests through. The same lists can decide about those, by what browsers
//! send with them: [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header),
//! or else `Origin`.

use core::fmt;
use core::slice;

use crate::request::{CorsRequest, RequestKind};
use crate::rule::Rule;
use cors_origin::authority::{Authority, is_same_host};

/// Why a request is refused, so that the application is not called.
///
/// Adapters answer with its [`status`](Self::status) and an empty body. It is in the extensions of that
/// response, for code around the adapter that sends another body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The request is for a host that is not in `allow_hosts`: 421.
    HostNotAllowed,
    /// The request may change something, and comes from a page that may not send it: 403.
    WriteNotAllowed,
    /// The request comes from a page that is not allowed, under `on_denied = Refuse`: 403.
    ReadNotAllowed,
}

impl Refusal {
    /// Returns the status of the response.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            // https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20
            Self::HostNotAllowed => 421,
            Self::WriteNotAllowed | Self::ReadNotAllowed => 403,
        }
    }
}

/// In words, without anything of the request.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HostNotAllowed => "the request is for a host that is not allowed",
            Self::WriteNotAllowed => {
                "the request may change something, and comes from a page that may not send it"
            }
            Self::ReadNotAllowed => "the request comes from a page that is not allowed",
        })
    }
}

/// `on_denied`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDenied {
    /// What the standard does: the response has no CORS headers.
    Continue,
    /// Refuses requests that may change something.
    RefuseWrites,
    /// Refuses all requests.
    Refuse,
}

/// `allow_hosts`.
pub(crate) struct Hosts<'p> {
    pub(crate) entries: HostEntries<'p>,
    /// Returns whether a host is one of them, as an origin of `https`.
    pub(crate) accepts: &'p dyn Fn(&[u8]) -> bool,
}

/// The entries of `allow_hosts`, as they are written.
#[derive(Debug, Clone)]
pub(crate) enum HostEntries<'p> {
    Compiled(slice::Iter<'p, &'static str>),
    #[cfg(feature = "config")]
    Loaded(slice::Iter<'p, alloc::boxed::Box<str>>),
}

impl<'p> Iterator for HostEntries<'p> {
    type Item = &'p str;

    fn next(&mut self) -> Option<&'p str> {
        match self {
            Self::Compiled(entries) => entries.next().copied(),
            #[cfg(feature = "config")]
            Self::Loaded(entries) => entries.next().map(AsRef::as_ref),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Compiled(entries) => entries.size_hint(),
            #[cfg(feature = "config")]
            Self::Loaded(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for HostEntries<'_> {}

/// What a response depends on besides what the CORS protocol looks at, for `Vary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consulted {
    Nothing,
    /// `Sec-Fetch-Site`, and `Origin`.
    Site,
    /// `Sec-Fetch-Mode` as well.
    SiteAndMode,
}

impl Hosts<'_> {
    fn accept(&self, request: &CorsRequest<'_>) -> bool {
        let authority = request.authority().and_then(Authority::new);
        authority.is_some_and(|authority| (self.accepts)(authority.as_origin()))
    }
}

impl OnDenied {
    /// Returns what is looked at for a request. It does not depend on what the request says about itself
    /// there, so that all responses to its kind have the same `Vary`.
    pub(crate) fn consulted(self, request: &CorsRequest<'_>) -> Consulted {
        match self {
            Self::Continue => Consulted::Nothing,
            // The response to a preflight says who may send what follows.
            _ if request.kind() == RequestKind::Preflight => Consulted::Nothing,
            _ if request.is_write() => Consulted::Site,
            Self::RefuseWrites => Consulted::Nothing,
            Self::Refuse => Consulted::SiteAndMode,
        }
    }
}

/// Returns why a request is refused, if it is. `rule` is the one that allows its origin, and `is_listed`
/// returns whether another entry than one for any origin does.
pub(crate) fn find_refusal(
    on_denied: OnDenied,
    hosts: Option<Hosts<'_>>,
    request: &CorsRequest<'_>,
    rule: Option<&Rule>,
    is_listed: impl FnOnce(&Rule) -> bool,
) -> Option<Refusal> {
    if hosts.is_some_and(|hosts| !hosts.accept(request)) {
        return Some(Refusal::HostNotAllowed);
    }
    match on_denied.consulted(request) {
        Consulted::Nothing => None,
        _ if is_same_origin(request) => None,
        Consulted::Site => {
            let is_trusted = rule.is_some_and(|rule| names_method(rule, request, is_listed));
            (!is_trusted).then_some(Refusal::WriteNotAllowed)
        }
        // A link leads from page to page, has no `Origin`, and leaves nothing to read.
        Consulted::SiteAndMode if !request.origin().is_present() && request.is_navigation() => None,
        Consulted::SiteAndMode => rule.is_none().then_some(Refusal::ReadNotAllowed),
    }
}

/// Whether a request comes from the same origin, or from no page at all.
fn is_same_origin(request: &CorsRequest<'_>) -> bool {
    match request.fetch_site() {
        Some(site) => matches!(site, b"same-origin" | b"none"),
        // An old browser, or no browser.
        None if !request.origin().is_present() => true,
        None => request.origin().single().is_some_and(|origin| {
            let authority = request.authority();
            authority.is_some_and(|authority| is_same_host(origin, authority))
        }),
    }
}

/// Whether a rule that allows the origin of a request names its method. For any origin, that is what the
/// policy lists; for others, methods that need no permission are as good as listed.
///
/// A WebSocket handshake is `GET`, or `CONNECT` under HTTP/2, but not for reading: cookies come with it,
/// whatever the rule says about credentials. So a rule for any origin is not for handshakes, unless it is for
/// every method.
fn names_method(
    rule: &Rule,
    request: &CorsRequest<'_>,
    is_listed: impl FnOnce(&Rule) -> bool,
) -> bool {
    if rule.allows_any_method() {
        return true;
    }
    match is_listed(rule) {
        true => request.is_handshake() || rule.allows_method(request.method()),
        false => !request.is_handshake() && rule.lists_method(request.method()),
    }
}
