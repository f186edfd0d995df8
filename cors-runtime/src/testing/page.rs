//! Pages, and their calls of `fetch`.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::error::NetworkError;
use super::fetch_metadata::FetchSite;
use super::list::{HeaderList, normalized};
use super::safelist::{is_forbidden_request_header, normalize_method};
use super::url::origin_of;
use cors_origin::Origin;
use cors_origin::fetch::is_token;

/// A page in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The serialized origin; `null` if it is opaque.
    origin: String,
}

/// A call of `fetch` in a page, in the mode `cors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// The origin of the page, serialized.
    pub(super) origin: String,
    /// The URL of the request, after all redirects.
    pub(super) url: String,
    /// The method, [normalized](https://fetch.spec.whatwg.org/#concept-method-normalize).
    pub(super) method: String,
    /// The headers that the page sets.
    pub(super) headers: HeaderList,
    pub(super) body: Option<Vec<u8>>,
    /// Whether the [credentials mode] is `include`.
    ///
    /// [credentials mode]: https://fetch.spec.whatwg.org/#concept-request-credentials-mode
    pub(super) includes_credentials: bool,
    /// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>
    pub(super) uses_cors_preflight: bool,
    /// The redirect count.
    pub(super) redirects: u8,
    /// Whether a redirect led from one foreign origin to another, which hides the origin of the
    /// page from both. <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    pub(super) has_tainted_origin: bool,
    /// Whether the [response tainting] is `cors`, which it remains after a redirect.
    ///
    /// [response tainting]: https://fetch.spec.whatwg.org/#concept-request-response-tainting
    pub(super) has_left_origin: bool,
    /// The relation between the page and the URLs of the request so far.
    pub(super) site: FetchSite,
    /// The first mistake for which `fetch` throws a `TypeError`.
    pub(super) mistake: Option<NetworkError>,
}

impl Page {
    /// Creates a page with this origin.
    ///
    /// # Panics
    ///
    /// Panics if `origin` is not a [serialized
    /// origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    #[must_use]
    #[track_caller]
    pub fn new(origin: &str) -> Self {
        assert!(
            Origin::parse(origin).is_ok(),
            "{origin:?} is not a serialized origin"
        );
        Self {
            origin: origin.to_owned(),
        }
    }

    /// Creates a page with an [opaque
    /// origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque), such as
    /// a sandboxed frame or a local file. The origin is serialized as `null`, and all requests are
    /// cross-origin.
    #[must_use]
    pub fn opaque() -> Self {
        Self {
            origin: "null".to_owned(),
        }
    }

    /// Returns a call of `fetch(url)` in this page: a cross-origin `GET` request without credentials.
    ///
    /// # Panics
    ///
    /// Panics if `url` does not start with a serialized `http` or `https` origin. Also panics if
    /// that is the origin of the page, because such a request needs no permission, and the test
    /// would pass with any policy. If that is your intention, use
    /// [`fetch_same_origin`](Self::fetch_same_origin).
    #[must_use]
    #[track_caller]
    pub fn fetch(&self, url: &str) -> Fetch {
        assert!(
            !self.is_origin_of(url),
            "{url:?} has the origin of the page, where CORS does not apply; if that is meant, call \
             `fetch_same_origin`"
        );
        self.fetch_any(url)
    }

    /// Returns a call of `fetch(url)` in this page for a URL of its own origin, which may redirect to another
    /// origin.
    ///
    /// # Panics
    ///
    /// Panics if `url` does not start with the origin of the page.
    #[must_use]
    #[track_caller]
    pub fn fetch_same_origin(&self, url: &str) -> Fetch {
        assert!(
            self.is_origin_of(url),
            "{url:?} does not have the origin of the page, `{}`",
            self.origin
        );
        self.fetch_any(url)
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns whether a URL has the origin of this page.
    #[must_use]
    pub fn is_origin_of(&self, url: &str) -> bool {
        origin_of(url) == self.origin
    }

    #[track_caller]
    fn fetch_any(&self, url: &str) -> Fetch {
        let target = Origin::parse(origin_of(url));
        assert!(
            target.is_ok_and(|origin| matches!(origin.scheme(), "http" | "https")),
            "{url:?} does not start with an origin"
        );
        Fetch {
            origin: self.origin.clone(),
            url: url.to_owned(),
            method: "GET".to_owned(),
            headers: HeaderList::default(),
            body: None,
            includes_credentials: false,
            uses_cors_preflight: false,
            redirects: 0,
            has_tainted_origin: false,
            has_left_origin: false,
            site: FetchSite::new(&self.origin, url),
            mistake: None,
        }
    }
}

impl Fetch {
    /// Sets the method. Six common methods are converted to upper case;
    /// [others](https://fetch.spec.whatwg.org/#concept-method-normalize) are not.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = normalize_method(method);
        self
    }

    /// Adds a header. As in a browser,
    /// [forbidden](https://fetch.spec.whatwg.org/#forbidden-request-header) headers are ignored.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let value = normalized(value.as_ref());
        // https://fetch.spec.whatwg.org/#headers-validate
        let is_valid = is_token(name.as_bytes())
            && !value
                .iter()
                .any(|byte| matches!(byte, b'\0' | b'\n' | b'\r'));
        if !is_valid {
            self.mistaken(NetworkError::InvalidHeader(name.to_owned()));
        } else if !is_forbidden_request_header(name, value) {
            self.headers.append(name, value);
        }
        self
    }

    /// Sets the body, like a script that passes a string: unless the page sets a `Content-Type`, it
    /// is sent as [`text/plain`](https://fetch.spec.whatwg.org/#bodyinit-safely-extract).
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets a JSON body, with the `Content-Type` that needs a preflight.
    ///
    /// ```
    /// use cors_runtime::testing::Page;
    ///
    /// let create = Page::new("https://app.example.com")
    ///     .fetch("https://api.example.com/items")
    ///     .method("POST")
    ///     .json(r#"{"name": "pen"}"#);
    /// let requests = create.requests().unwrap();
    /// let requested = requests.preflight.unwrap().headers().get("access-control-request-headers");
    /// assert_eq!(requested.unwrap(), b"content-type");
    /// assert_eq!(requests.request.body(), br#"{"name": "pen"}"#);
    /// ```
    #[must_use]
    pub fn json(self, json: impl Into<Vec<u8>>) -> Self {
        self.header("Content-Type", "application/json").body(json)
    }

    /// Includes cookies and other credentials: `credentials: "include"`. Without this, a cross-origin
    /// request has none.
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.includes_credentials = true;
        self
    }

    /// Uses an `XMLHttpRequest` that listens to upload events, which
    /// [needs a preflight](https://fetch.spec.whatwg.org/#use-cors-preflight-flag) for any method.
    /// If the response to the preflight has no `Access-Control-Allow-Methods`, the standard allows any
    /// method for such a request.
    #[must_use]
    pub fn with_upload_listener(mut self) -> Self {
        self.uses_cors_preflight = true;
        self
    }

    /// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
    pub(super) fn serialized_origin(&self) -> &str {
        match self.has_tainted_origin {
            true => "null",
            false => &self.origin,
        }
    }

    /// Returns the headers that the page sets, and those of every fetch except `Accept-Language`, which
    /// browsers should add. <https://fetch.spec.whatwg.org/#concept-fetch>
    pub(super) fn header_list(&self) -> HeaderList {
        let mut headers = self.headers.clone();
        if !headers.contains("accept") {
            headers.append("accept", "*/*");
        }
        if self.body.is_some() && !headers.contains("content-type") {
            headers.append("content-type", "text/plain;charset=UTF-8");
        }
        headers
    }

    fn mistaken(&mut self, mistake: NetworkError) {
        self.mistake.get_or_insert(mistake);
    }
}
