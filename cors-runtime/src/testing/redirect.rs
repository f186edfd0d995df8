//! Redirects: the next request of a browser.
//! <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::error::NetworkError;
use super::message::Response;
use super::page::Fetch;
use super::preflight::cors_check;
use super::url::origin_of;
use cors_origin::Origin;
use cors_origin::fetch::is_non_wildcard_request_header;

/// Maximum number of redirects that are followed.
const MAX_REDIRECTS: u8 = 20;

/// Adds the URL to an error after redirects.
pub(super) fn after_redirects(fetch: &Fetch, error: NetworkError) -> NetworkError {
    match (fetch.redirects, error) {
        (0, error) | (_, error @ NetworkError::TooManyRedirects) => error,
        (_, error) => NetworkError::AfterRedirect {
            url: fetch.url.clone(),
            error: Box::new(error),
        },
    }
}

impl Fetch {
    /// Returns the browser's next fetch if `response` is a redirect; it may need its own preflight.
    /// Returns `None` for any other response: pass that to [`check_response`](Self::check_response).
    ///
    /// Supports a `Location` that is a URL, or starts with a slash.
    ///
    /// # Errors
    ///
    /// Returns the check that fails: the CORS check, which redirects must also pass, or the reason why
    /// browsers do not follow the redirect.
    pub fn redirect(&self, response: &Response) -> Result<Option<Self>, NetworkError> {
        if !self.is_same_origin() {
            cors_check(self, response).map_err(NetworkError::Response)?;
        }
        let Some(url) = location(response, &self.url)? else {
            return Ok(None);
        };
        if self.redirects == MAX_REDIRECTS {
            return Err(NetworkError::TooManyRedirects);
        }
        let mut next = self.clone();
        next.redirects += 1;
        change_method(&mut next, response.status);
        let (from, to) = (origin_of(&self.url), origin_of(&url));
        if from != to {
            next.headers
                .retain(|name| !is_non_wildcard_request_header(name.as_bytes()));
        }
        // https://fetch.spec.whatwg.org/#concept-request-tainted-origin
        next.has_tainted_origin |= from != to && self.origin != from;
        // The response tainting does not change back.
        next.has_left_origin |= !self.is_same_origin();
        next.site = self.site.after(&self.origin, &url);
        next.url = url;
        Ok(Some(next))
    }
}

/// Changes the method to `GET`, as browsers have always done for redirected forms.
fn change_method(next: &mut Fetch, status: u16) {
    // https://fetch.spec.whatwg.org/#request-body-header-name
    const OF_BODY: [&str; 4] = [
        "content-encoding",
        "content-language",
        "content-location",
        "content-type",
    ];
    let is_changed = match status {
        301 | 302 => next.method == "POST",
        303 => !matches!(next.method.as_str(), "GET" | "HEAD"),
        _ => false,
    };
    if is_changed {
        "GET".clone_into(&mut next.method);
        let is_of_body = |name: &str| {
            OF_BODY
                .iter()
                .any(|of_body| of_body.eq_ignore_ascii_case(name))
        };
        next.headers.retain(|name| !is_of_body(name));
        next.body = None;
    }
}

/// <https://fetch.spec.whatwg.org/#redirect-status>
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Returns the [location URL](https://fetch.spec.whatwg.org/#concept-response-location-url), if the
/// response is a redirect and has one.
fn location(response: &Response, base: &str) -> Result<Option<String>, NetworkError> {
    let values: Vec<&[u8]> = response.headers.all("location").collect();
    let value = match values.as_slice() {
        _ if !is_redirect(response.status) => return Ok(None),
        [] => return Ok(None),
        [value] => *value,
        [value, ..] => return Err(invalid(value)),
    };
    let text = core::str::from_utf8(value).map_err(|_| invalid(value))?;
    let url = if text.starts_with("//") {
        let scheme = base.split("//").next().unwrap_or_default();
        format!("{scheme}{text}")
    } else if text.starts_with('/') {
        format!("{}{text}", origin_of(base))
    } else {
        text.to_owned()
    };
    // If it contains a user name, or is not in the form that browsers use, it has no valid origin.
    let target = Origin::parse(origin_of(&url));
    match target.map(|origin| origin.scheme()) {
        Ok("http" | "https") => Ok(Some(url)),
        _ => Err(invalid(value)),
    }
}

fn invalid(location: &[u8]) -> NetworkError {
    NetworkError::InvalidRedirectLocation(format!("{}", location.escape_ascii()))
}
