//! The preflight cache. <https://fetch.spec.whatwg.org/#cors-preflight-cache>

use alloc::string::String;
use alloc::vec::Vec;

use super::error::NetworkError;
use super::filter::FilteredResponse;
use super::message::{Request, Response};
use super::page::Fetch;
use super::preflight::PreflightResult;
use super::safelist::{is_safelisted_method, unsafe_names};
use cors_origin::fetch::is_non_wildcard_request_header;

/// The preflight cache of a browser.
///
/// Times are in seconds, from any starting point. The network partition key is not modelled: all
/// pages share one partition.
///
/// ```
/// use cors_runtime::testing::{Page, PreflightCache, Response};
///
/// let save = Page::new("https://app.example.com")
///     .fetch("https://api.example.com/items/1")
///     .method("PUT");
/// let mut cache = PreflightCache::new(PreflightCache::CHROMIUM);
/// let mut preflights = 0;
/// for now in [0, 59, 60] {
///     let outcome = cache.send(&save, now, |request| {
///         preflights += u32::from(request.method() == "OPTIONS");
///         Response::new(200)
///             .header("access-control-allow-origin", "https://app.example.com")
///             .header("access-control-allow-methods", "PUT")
///             .header("access-control-max-age", "60")
///     });
///     assert!(outcome.is_ok());
/// }
/// assert_eq!(preflights, 2);
/// ```
#[derive(Debug, Clone)]
pub struct PreflightCache {
    limit: u64,
    entries: Vec<Entry>,
}

/// A [cache entry](https://fetch.spec.whatwg.org/#cache-entry).
#[derive(Debug, Clone)]
struct Entry {
    origin: String,
    url: String,
    /// The second at which it expires.
    end: u64,
    credentials: bool,
    permitted: Permitted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Permitted {
    Method(String),
    /// In lower case.
    HeaderName(String),
}

impl PreflightCache {
    /// The limit of Chromium: two hours, in seconds.
    pub const CHROMIUM: u64 = 7_200;
    /// The limit of Firefox: a day, in seconds.
    pub const FIREFOX: u64 = 86_400;
    /// The limit of WebKit: ten minutes, in seconds.
    pub const WEBKIT: u64 = 600;

    /// Creates an empty cache of a browser that caches for at most `limit` seconds.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            entries: Vec::new(),
        }
    }

    /// Sends a fetch at the time `now`, in seconds, and uses this cache. Does not follow redirects, unlike
    /// [`Fetch::send`].
    ///
    /// # Errors
    ///
    /// Returns the check that fails. If a fetch that requires a preflight fails, the cached results for this page
    /// and URL are [removed](https://fetch.spec.whatwg.org/#concept-cache-clear), even if no
    /// preflight was sent because there was a cached result.
    pub fn send<R: Into<Response>>(
        &mut self,
        fetch: &Fetch,
        now: u64,
        mut endpoint: impl FnMut(Request) -> R,
    ) -> Result<FilteredResponse, NetworkError> {
        let requests = fetch.requests()?;
        let Some(preflight) = requests.preflight else {
            return fetch.check_response(&endpoint(requests.request).into());
        };
        self.entries.retain(|entry| now < entry.end);
        let outcome = if self.has_match(fetch) {
            fetch.check_response(&endpoint(requests.request).into())
        } else {
            let response = endpoint(preflight).into();
            fetch.check_preflight(&response).and_then(|permission| {
                self.store(fetch, &permission, now);
                fetch.check_response(&endpoint(requests.request).into())
            })
        };
        if outcome.is_err() {
            self.clear(fetch);
        }
        outcome
    }

    /// Returns whether the cache replaces the preflight: step 3 of [HTTP
    /// fetch](https://fetch.spec.whatwg.org/#concept-http-fetch).
    fn has_match(&self, fetch: &Fetch) -> bool {
        let needs_method = !is_safelisted_method(&fetch.method) || fetch.uses_cors_preflight;
        let method = needs_method.then(|| Permitted::Method(fetch.method.clone()));
        let names = unsafe_names(&fetch.header_list()).into_iter();
        let mut asked = method.into_iter().chain(names.map(Permitted::HeaderName));
        asked.all(|asked| self.permits(fetch, &asked))
    }

    /// Returns whether an entry permits a method or a header name.
    fn permits(&self, fetch: &Fetch, asked: &Permitted) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.matches(fetch) && entry.permitted.covers(asked))
    }

    /// Steps 7.10 to 7.15 of [CORS-preflight
    /// fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): updates the expiry of matching
    /// entries, and adds missing ones.
    fn store(&mut self, fetch: &Fetch, permission: &PreflightResult, now: u64) {
        let end = now.saturating_add(permission.max_age().min(self.limit));
        let methods = permission.methods.iter().cloned().map(Permitted::Method);
        let names = permission.header_names.iter();
        let names = names.map(|name| Permitted::HeaderName(name.to_ascii_lowercase()));
        for permitted in methods.chain(names) {
            let mut is_there = false;
            for entry in &mut self.entries {
                if entry.matches(fetch) && entry.permitted.covers(&permitted) {
                    entry.end = end;
                    is_there = true;
                }
            }
            if !is_there {
                self.entries.push(Entry {
                    origin: fetch.serialized_origin().into(),
                    url: fetch.url.clone(),
                    end,
                    credentials: fetch.includes_credentials,
                    permitted,
                });
            }
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>
    fn clear(&mut self, fetch: &Fetch) {
        self.entries
            .retain(|entry| entry.origin != fetch.serialized_origin() || entry.url != fetch.url);
    }
}

impl Entry {
    /// <https://fetch.spec.whatwg.org/#concept-cache-match>
    fn matches(&self, fetch: &Fetch) -> bool {
        self.origin == fetch.serialized_origin()
            && self.url == fetch.url
            && (self.credentials || !fetch.includes_credentials)
    }
}

impl Permitted {
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method> and
    /// <https://fetch.spec.whatwg.org/#concept-cache-match-header>
    fn covers(&self, asked: &Self) -> bool {
        match (self, asked) {
            (Self::Method(listed), Self::Method(method)) => listed == method || listed == "*",
            (Self::HeaderName(listed), Self::HeaderName(name)) => {
                listed == name || listed == "*" && !is_non_wildcard_request_header(name.as_bytes())
            }
            _ => false,
        }
    }
}
