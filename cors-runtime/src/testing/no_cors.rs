//! Requests of pages that CORS does not apply to: forms and WebSockets.

use super::list::HeaderList;
use super::message::Request;
use super::page::Page;
use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use cors_origin::header as name;

impl Page {
    /// Returns the request of a form that the page submits, with the method `POST`. Browsers send it without
    /// a preflight, and with cookies, so only `on_denied` can keep it from the application:
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
    ///
    /// The request has no `Sec-Fetch-Site`, like those of browsers before 2023.
    #[must_use]
    pub fn submit(&self, url: &str, body: impl Into<Vec<u8>>) -> Request {
        let mut request = self.request("POST", url);
        request
            .headers
            .append("content-type", "application/x-www-form-urlencoded");
        request.body = body.into();
        request
    }

    /// Returns the handshake of a WebSocket that the page opens, in HTTP/1.1. The scheme of `url` is `http`
    /// or `https`, for `ws` and `wss`.
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
        let mut request = self.request("GET", url);
        let lines = [
            ("connection", "upgrade"),
            (name::UPGRADE, "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        for (name, value) in lines {
            request.headers.append(name, value);
        }
        request
    }

    /// Browsers send `Origin` with both.
    fn request(&self, method: &str, url: &str) -> Request {
        let mut headers = HeaderList::default();
        headers.append(name::ORIGIN, self.origin());
        Request {
            method: method.to_owned(),
            url: url.to_owned(),
            headers,
            body: Vec::new(),
        }
    }
}
