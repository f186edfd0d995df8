//! Requests that are refused without calling the application: `on_denied` and `allow_hosts`.
//!
//! CORS hides responses, but lets requests through. With `on_denied`, the policy also refuses
//! requests, by the same lists and by headers that browsers send:
//! [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header), or
//! otherwise `Origin`.

use core::fmt;
use core::slice;

use crate::request::{CorsRequest, RequestKind};
use crate::rule::Rule;
use cors_origin::authority::{Authority, is_same_host};

/// The reason why a request is refused, without calling the application.
///
/// Adapters respond with its [`status`](Self::status) and an empty body. The reason is in the
/// extensions of that response, so that outer code can send another body. Responses of Rocket have no extensions:
/// there, `Cors::refusal` returns the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The request is for a host that is not in `allow_hosts`: 421.
    HostNotAllowed,
    /// The request may change something, and comes from a page that may not send it: 403.
    WriteNotAllowed,
    /// Under `on_denied = Refuse`, the request has an `Origin` that is not allowed, or it is cross-origin and has no
    /// `Origin`: 403.
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

/// Prints the reason, without any part of the request.
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
    /// Follows the Fetch standard: the response has no CORS headers.
    Continue,
    /// Refuses requests that may change something.
    RefuseWrites,
    /// Also refuses requests that only read, unless the user follows a link.
    Refuse,
}

/// `allow_hosts`.
pub(crate) struct Hosts<'p> {
    pub(crate) entries: HostEntries<'p>,
    /// Returns whether the list contains a host, given as an origin of `https`.
    pub(crate) accepts: &'p dyn Fn(&[u8]) -> bool,
}

/// The entries of `allow_hosts`, in source form.
#[derive(Clone)]
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

impl fmt::Debug for HostEntries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl ExactSizeIterator for HostEntries<'_> {}

/// Request headers that a response depends on, for `Vary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consulted {
    Nothing,
    Origin,
    /// `Sec-Fetch-Site`, and `Origin`.
    Site,
    /// `Sec-Fetch-Mode` too.
    SiteAndMode,
}

impl Hosts<'_> {
    fn accept(&self, request: &CorsRequest<'_>) -> bool {
        let authority = request.authority().and_then(Authority::new);
        authority.is_some_and(|authority| (self.accepts)(authority.as_origin()))
    }
}

impl OnDenied {
    /// Returns the headers that matter for a refusal. The result does not depend on their values,
    /// so that all responses to requests of one kind have the same `Vary`.
    pub(crate) fn consulted(self, request: &CorsRequest<'_>) -> Consulted {
        match self {
            Self::Continue => Consulted::Nothing,
            // The response to a preflight already determines who may send the request that follows.
            _ if request.kind() == RequestKind::Preflight => Consulted::Nothing,
            _ if request.is_write() => Consulted::Site,
            Self::RefuseWrites => Consulted::Nothing,
            Self::Refuse => Consulted::SiteAndMode,
        }
    }
}

/// Returns the reason why a request is refused, if it is. `rule` is the rule that allows its
/// origin, and `is_listed` returns whether an entry other than `Any` does.
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
        Consulted::Nothing | Consulted::Origin => None,
        _ if is_same_origin(request) => None,
        Consulted::Site => {
            let is_trusted = rule.is_some_and(|rule| names_method(rule, request, is_listed));
            (!is_trusted).then_some(Refusal::WriteNotAllowed)
        }
        // A link leads from page to page. It has no `Origin`, and the other page cannot read the
        // response.
        Consulted::SiteAndMode if !request.origin().is_present() && request.is_navigation() => None,
        Consulted::SiteAndMode => rule.is_none().then_some(Refusal::ReadNotAllowed),
    }
}

/// Returns whether a request is same-origin, or does not come from a page at all.
fn is_same_origin(request: &CorsRequest<'_>) -> bool {
    match request.is_same_origin() {
        Some(is_same_origin) => is_same_origin,
        // An old browser, or another client.
        None if !request.origin().is_present() => true,
        None => request.origin().single().is_some_and(|origin| {
            let authority = request.authority();
            authority.is_some_and(|authority| is_same_host(origin, authority))
        }),
    }
}

/// Returns whether the rule that allows the origin of a request names its method. For any origin,
/// only listed methods count; for other origins, methods that are always allowed count too.
///
/// A WebSocket handshake is a `GET` request, or `CONNECT` in HTTP/2, but it does more than read: it
/// includes cookies even if the rule does not allow credentials. So a rule for any origin does not
/// allow handshakes.
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
