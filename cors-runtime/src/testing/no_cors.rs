//! Requests of pages that CORS does not apply to: forms, links, images and WebSockets.

use super::fetch_metadata::{FetchSite, Initiator};
use super::list::HeaderList;
use super::message::Request;
use super::page::Page;
use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use cors_origin::header as name;

impl Page {
    /// Returns the request of a form that the page submits, with the method `POST`. Browsers send it without
    /// a preflight, often with cookies, so only `on_denied` can keep it from the application:
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
    /// let form = Page::new("https://evil.example").submit("https://api.example.com/items", "name=pen");
    /// let decision = API.evaluate(&form.as_cors_request());
    /// assert_eq!(decision.refusal(), Some(Refusal::WriteNotAllowed));
    /// ```
    #[must_use]
    pub fn submit(&self, url: &str, body: impl Into<Vec<u8>>) -> Request {
        let content_type = ("content-type", "application/x-www-form-urlencoded");
        // https://fetch.spec.whatwg.org/#append-a-request-origin-header
        let is_downgrade = self.origin().starts_with("https://") && !url.starts_with("https://");
        let origin = match is_downgrade {
            true => "null",
            false => self.origin(),
        };
        let lines = [content_type, (name::ORIGIN, origin)];
        Request {
            body: body.into(),
            ..self.request("POST", url, &lines, Initiator::Navigation)
        }
    }

    /// Returns the request of a link that the user follows, which replaces the page. It has no `Origin`.
    /// `on_denied = Refuse` lets it through, since the page cannot read the response.
    ///
    /// ```
    /// # use cors_runtime::testing::Page;
    /// # use cors_runtime::{Policy, Refusal, cors_policy};
    /// static DAEMON: Policy = cors_policy!(
    ///     allow_origins = ["https://app.example.com"],
    ///     on_denied = Refuse,
    ///     allow_hosts = ["localhost:*"],
    /// );
    ///
    /// let page = Page::new("https://blog.example");
    /// let link = page.follow_link("http://localhost:7777/");
    /// assert_eq!(DAEMON.evaluate(&link.as_cors_request()).refusal(), None);
    /// let image = page.load_image("http://localhost:7777/photo.png");
    /// assert_eq!(DAEMON.evaluate(&image.as_cors_request()).refusal(), Some(Refusal::ReadNotAllowed));
    /// ```
    #[must_use]
    pub fn follow_link(&self, url: &str) -> Request {
        self.request("GET", url, &[], Initiator::Navigation)
    }

    /// Returns the request of an image in the page, without the attribute `crossorigin`. It has no `Origin`.
    #[must_use]
    pub fn load_image(&self, url: &str) -> Request {
        self.request("GET", url, &[], Initiator::Image)
    }

    /// Returns the handshake of a WebSocket that the page opens, in HTTP/1.1. In `url`, write `http` for `ws`,
    /// and `https` for `wss`.
    ///
    /// ```
    /// # use cors_runtime::testing::Page;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static API: Policy = cors_policy!(
    /// #     allow_origins = ["https://app.example.com"],
    /// #     on_denied = RefuseWrites,
    /// # );
    /// let handshake = Page::new("https://evil.example").open_socket("https://api.example.com/live");
    /// assert!(API.evaluate(&handshake.as_cors_request()).refusal().is_some());
    /// let handshake = Page::new("https://app.example.com").open_socket("https://api.example.com/live");
    /// assert!(API.evaluate(&handshake.as_cors_request()).refusal().is_none());
    /// ```
    #[must_use]
    pub fn open_socket(&self, url: &str) -> Request {
        let lines = [
            (name::ORIGIN, self.origin()),
            ("connection", "upgrade"),
            (name::UPGRADE, "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        self.request("GET", url, &lines, Initiator::WebSocket)
    }

    fn request(
        &self,
        method: &str,
        url: &str,
        lines: &[(&str, &str)],
        initiator: Initiator,
    ) -> Request {
        let mut headers = HeaderList::default();
        for (name, value) in lines {
            headers.append(name, value);
        }
        FetchSite::new(self.origin(), url).append_to(&mut headers, url, initiator);
        Request {
            method: method.to_owned(),
            url: url.to_owned(),
            headers,
            body: Vec::new(),
        }
    }
}
