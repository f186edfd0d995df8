//! What a page does.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::error::NetworkError;
use super::list::{HeaderList, normalized};
use super::safelist::{is_forbidden_request_header, normalize_method};
use cors_origin::Origin;
use cors_origin::fetch::is_token;

/// A page that a browser shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Serialized; `null` if it is opaque.
    origin: String,
}

/// A call of `fetch` in a page, in the mode `cors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// The origin of the page, serialized.
    pub(super) origin: String,
    /// Where the request goes, after all redirects.
    pub(super) url: String,
    /// The method, [normalized](https://fetch.spec.whatwg.org/#concept-method-normalize).
    pub(super) method: String,
    /// What the page sets.
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
    /// Whether a redirect led from one foreign origin to another, so that neither is told of the
    /// page. <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
    pub(super) has_tainted_origin: bool,
    /// Whether the [response tainting] is `cors`, as it stays after a redirect.
    ///
    /// [response tainting]: https://fetch.spec.whatwg.org/#concept-request-response-tainting
    pub(super) has_left_origin: bool,
    /// The first thing that `fetch` throws a `TypeError` for.
    pub(super) mistake: Option<NetworkError>,
}

impl Page {
    /// A page of this origin.
    ///
    /// # Panics
    ///
    /// If it is no [serialized origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin).
    #[must_use]
    #[track_caller]
    pub fn new(origin: &str) -> Self {
        assert!(
            Origin::parse(origin).is_ok(),
            "{origin:?} is no serialized origin"
        );
        Self {
            origin: origin.to_owned(),
        }
    }

    /// A page of an [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque),
    /// such as a sandboxed frame or a local file: it is serialized as `null`, and all requests are
    /// cross-origin.
    #[must_use]
    pub fn opaque() -> Self {
        Self {
            origin: "null".to_owned(),
        }
    }

    /// Returns what `fetch(url)` does in this page: a `GET` request to another origin, without
    /// credentials.
    ///
    /// # Panics
    ///
    /// If `url` does not start with a serialized `http` or `https` origin, or if that is the origin of
    /// the page. No permission is needed there, so that a test would pass whatever the policy:
    /// [`fetch_same_origin`](Self::fetch_same_origin) is for those who mean it.
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

    /// Returns what `fetch(url)` does in this page for a URL of its own origin, which may redirect to
    /// another.
    ///
    /// # Panics
    ///
    /// If `url` does not start with the origin of the page.
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
            mistake: None,
        }
    }
}

/// What stands before the path.
pub(super) fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |colon| colon + 3);
    let end = url[host..].find(['/', '?', '#', '\\']);
    &url[..end.map_or(url.len(), |end| host + end)]
}

impl Fetch {
    /// The same with this method. Six usual ones are turned into upper case;
    /// [others](https://fetch.spec.whatwg.org/#concept-method-normalize) are left as they are.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = normalize_method(method);
        self
    }

    /// The same with one more header. As in a browser,
    /// [forbidden](https://fetch.spec.whatwg.org/#forbidden-request-header) ones are ignored.
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

    /// Sets the body, as a script does that passes a string: without a `Content-Type` of the page's own,
    /// it is sent as [`text/plain`](https://fetch.spec.whatwg.org/#bodyinit-safely-extract).
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets a body of JSON, with the `Content-Type` that needs a preflight.
    ///
    /// ```
    /// use cors_runtime::testing::Page;
    ///
    /// let create = Page::new("https://app.example.com")
    ///     .fetch("https://api.example.com/items")
    ///     .method("POST")
    ///     .json(r#"{"name": "pen"}"#);
    /// let requests = create.requests().unwrap();
    /// let asked = requests.preflight.unwrap().headers().get("access-control-request-headers");
    /// assert_eq!(asked.unwrap(), b"content-type");
    /// assert_eq!(requests.request.body(), br#"{"name": "pen"}"#);
    /// ```
    #[must_use]
    pub fn json(self, json: impl Into<Vec<u8>>) -> Self {
        self.header("Content-Type", "application/json").body(json)
    }

    /// The same with cookies and other credentials: `credentials: "include"`. Across origins, the
    /// other two modes are alike.
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.includes_credentials = true;
        self
    }

    /// The same by an `XMLHttpRequest` that listens to the progress of the upload, which
    /// [needs a preflight](https://fetch.spec.whatwg.org/#use-cors-preflight-flag) for any method.
    /// If the response to it has no `Access-Control-Allow-Methods`, the standard permits any method
    /// to such a request.
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

    /// What the page sets, and what every fetch has; `Accept-Language`, which browsers should add, is
    /// left out. <https://fetch.spec.whatwg.org/#concept-fetch>
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
