//! Responses as scripts see them.

use alloc::string::String;
use alloc::vec::Vec;

use super::list::HeaderList;
use super::message::Response;
use cors_origin::fetch::is_forbidden_response_header;
use cors_origin::header::Header;

/// The parts of a response that a script can read: its status, its body, and some headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilteredResponse {
    headers: HeaderList,
    internal_response: Response,
}

impl FilteredResponse {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.internal_response.status
    }

    /// Returns the headers that the script can read.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.headers
    }

    /// Returns the value of a header, if the script can read it.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<Vec<u8>> {
        self.headers.get(name)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.internal_response.body
    }

    /// Returns the whole [response](https://fetch.spec.whatwg.org/#concept-internal-response) that
    /// the browser received, including headers that the script cannot read.
    #[must_use]
    pub fn internal_response(&self) -> &Response {
        &self.internal_response
    }
}

/// Filters a same-origin response. <https://fetch.spec.whatwg.org/#concept-filtered-response-basic>
pub(super) fn basic(response: &Response) -> FilteredResponse {
    keep(response, |name| {
        !is_forbidden_response_header(name.as_bytes())
    })
}

/// Filters a cross-origin response. <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>
pub(super) fn cors(response: &Response, includes_credentials: bool) -> FilteredResponse {
    let exposed = exposed_names(response, includes_credentials);
    keep(response, |name| {
        let is_exposed = || {
            exposed
                .iter()
                .any(|listed| listed.eq_ignore_ascii_case(name))
        };
        is_safelisted(name) || is_exposed() && !is_forbidden_response_header(name.as_bytes())
    })
}

/// Returns the response's [CORS-exposed header-name list], as step 14 of [main fetch] sets it.
///
/// [CORS-exposed header-name list]: https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list
/// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
fn exposed_names(response: &Response, includes_credentials: bool) -> Vec<String> {
    let names = response.headers.extract_list(Header::ExposeHeaders.name());
    let names = names.ok().flatten().unwrap_or_default();
    if !includes_credentials && names.iter().any(|name| name == "*") {
        let all = response.headers.iter();
        return all.map(|(name, _)| name.into()).collect();
    }
    names
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>
fn is_safelisted(name: &str) -> bool {
    const SAFELISTED: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    SAFELISTED
        .iter()
        .any(|listed| listed.eq_ignore_ascii_case(name))
}

fn keep(response: &Response, is_kept: impl Fn(&str) -> bool) -> FilteredResponse {
    let mut headers = HeaderList::default();
    for (name, value) in response.headers.iter().filter(|(name, _)| is_kept(name)) {
        headers.append(name, value);
    }
    FilteredResponse {
        headers,
        internal_response: response.clone(),
    }
}
