//! The requests that a browser sends.

use super::error::NetworkError;
use super::fetch_metadata::Initiator;
use super::message::Request;
use super::page::Fetch;
use super::preflight;
use super::safelist::{is_safelisted_method, unsafe_names};
use super::url::origin_of;
use alloc::borrow::ToOwned;
use cors_origin::fetch::{is_forbidden_method, is_token};
use cors_origin::header as name;

/// The requests that a browser sends for a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedRequests {
    /// The preflight, if one is needed. The browser only sends the request if the preflight succeeds.
    pub preflight: Option<Request>,
    /// The request that the page makes.
    pub request: Request,
}

impl Fetch {
    /// Returns the requests that a browser with an empty preflight cache sends, in order.
    ///
    /// # Errors
    ///
    /// Returns an error if `fetch` throws because of a mistake in the page, in which case nothing is sent.
    pub fn requests(&self) -> Result<PlannedRequests, NetworkError> {
        if !is_token(self.method.as_bytes()) || is_forbidden_method(self.method.as_bytes()) {
            return Err(NetworkError::InvalidMethod(self.method.clone()));
        }
        if let Some(mistake) = &self.mistake {
            return Err(mistake.clone());
        }
        // https://fetch.spec.whatwg.org/#dom-request
        if self.body.is_some() && matches!(self.method.as_str(), "GET" | "HEAD") {
            return Err(NetworkError::InvalidBody(self.method.clone()));
        }
        Ok(PlannedRequests {
            preflight: self.needs_preflight().then(|| preflight::request(self)),
            request: self.request(),
        })
    }

    /// Returns whether the page calls its own origin, in which case CORS does not apply. Always `false`
    /// after a redirect from another origin.
    #[must_use]
    pub fn is_same_origin(&self) -> bool {
        !self.has_left_origin && origin_of(&self.url) == self.origin
    }

    /// Returns whether step 12 of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch)
    /// requires a preflight. A call of `fetch` has the unsafe-request flag.
    fn needs_preflight(&self) -> bool {
        !self.is_same_origin()
            && (self.uses_cors_preflight
                || !is_safelisted_method(&self.method)
                || !unsafe_names(&self.header_list()).is_empty())
    }

    fn request(&self) -> Request {
        let mut headers = self.header_list();
        // https://fetch.spec.whatwg.org/#append-a-request-origin-header
        if !self.is_same_origin() || !matches!(self.method.as_str(), "GET" | "HEAD") {
            headers.append(name::ORIGIN, self.serialized_origin());
        }
        self.site
            .append_to(&mut headers, &self.url, Initiator::Fetch);
        Request {
            method: self.method.to_owned(),
            url: self.url.clone(),
            headers,
            body: self.body.clone().unwrap_or_default(),
        }
    }
}
