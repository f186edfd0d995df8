//! The headers `Sec-Fetch-Site`, `Sec-Fetch-Mode` and `Sec-Fetch-Dest`.
//! <https://w3c.github.io/webappsec-fetch-metadata/>

use super::list::HeaderList;
use super::message::Request;
use super::url::origin_of;
use cors_origin::Origin;
use cors_origin::header as name;
use cors_origin::origin::is_loopback_host;
use cors_origin::public_suffix::registrable_domain;

/// The relation between a page and all URLs of a request, those before redirects included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FetchSite {
    SameOrigin,
    SameSite,
    CrossSite,
}

/// The part of a page that sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Initiator {
    Fetch,
    Image,
    /// A link or a form.
    Navigation,
    WebSocket,
}

impl FetchSite {
    /// Returns the relation for a request without redirects.
    pub(super) fn new(page: &str, url: &str) -> Self {
        Self::SameOrigin.after(page, url)
    }

    /// Returns the relation after one more URL.
    /// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site>
    pub(super) fn after(self, page: &str, url: &str) -> Self {
        let target = origin_of(url);
        match self {
            Self::CrossSite => Self::CrossSite,
            _ if target == page => self,
            _ if is_same_site(page, target) => Self::SameSite,
            _ => Self::CrossSite,
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::SameOrigin => "same-origin",
            Self::SameSite => "same-site",
            Self::CrossSite => "cross-site",
        }
    }

    /// Appends the headers, if the URL is potentially trustworthy.
    /// <https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration>
    pub(super) fn append_to(self, headers: &mut HeaderList, url: &str, initiator: Initiator) {
        if is_trustworthy(origin_of(url)) {
            headers.append(name::SEC_FETCH_DEST, initiator.destination());
            headers.append(name::SEC_FETCH_MODE, initiator.mode());
            headers.append(name::SEC_FETCH_SITE, self.value());
        }
    }
}

impl Initiator {
    /// <https://fetch.spec.whatwg.org/#concept-request-destination>
    fn destination(self) -> &'static str {
        match self {
            Self::Fetch | Self::WebSocket => "empty",
            Self::Image => "image",
            Self::Navigation => "document",
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-request-mode>
    fn mode(self) -> &'static str {
        match self {
            Self::Fetch => "cors",
            Self::Image => "no-cors",
            Self::Navigation => "navigate",
            Self::WebSocket => "websocket",
        }
    }
}

impl Request {
    /// Removes `Sec-Fetch-Site`, `Sec-Fetch-Mode` and `Sec-Fetch-Dest`. Older browsers (Safari before 16.4,
    /// of 2023) never send them, and Chromium does not send them with WebSockets.
    ///
    /// ```
    /// use cors_runtime::testing::Page;
    /// use cors_runtime::{Policy, Refusal, cors_policy};
    ///
    /// static API: Policy = cors_policy!(
    ///     allow_origins = ["https://app.example.com"],
    ///     on_denied = RefuseWrites,
    /// );
    ///
    /// // `Origin` is enough to refuse a form of another page.
    /// let form = Page::new("https://evil.example").submit("https://api.example.com/items", "name=pen");
    /// let form = form.without_fetch_metadata();
    /// let decision = API.evaluate(&form.as_cors_request());
    /// assert_eq!(decision.refusal(), Some(Refusal::WriteNotAllowed));
    /// ```
    #[must_use]
    pub fn without_fetch_metadata(mut self) -> Self {
        let names = [
            name::SEC_FETCH_DEST,
            name::SEC_FETCH_MODE,
            name::SEC_FETCH_SITE,
        ];
        self.headers.retain(|name| !names.contains(&name));
        self
    }
}

/// Returns whether two origins belong to the same
/// [site](https://html.spec.whatwg.org/multipage/browsers.html#same-site).
fn is_same_site(page: &str, target: &str) -> bool {
    let (Ok(page), Ok(target)) = (Origin::parse(page), Origin::parse(target)) else {
        return false;
    };
    let domain = registrable_domain(page.host());
    let has_same_domain = domain.is_some() && domain == registrable_domain(target.host());
    page.scheme() == target.scheme() && (page.host() == target.host() || has_same_domain)
}

/// Returns whether the origin of a URL is
/// [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy).
fn is_trustworthy(target: &str) -> bool {
    let target = Origin::parse(target);
    target.is_ok_and(|target| target.scheme() == "https" || is_loopback_host(target.host()))
}
