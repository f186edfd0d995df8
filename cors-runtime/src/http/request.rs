//! What CORS looks at in a request.

use ::http::Method;
use ::http::header::{self, HeaderMap, HeaderValue};

use crate::request::Request;

impl<'r, B> From<&'r ::http::Request<B>> for Request<'r> {
    fn from(request: &'r ::http::Request<B>) -> Self {
        Self::from_parts(request.method(), request.headers())
    }
}

impl<'r> From<&'r ::http::request::Parts> for Request<'r> {
    fn from(parts: &'r ::http::request::Parts) -> Self {
        Self::from_parts(&parts.method, &parts.headers)
    }
}

impl<'r> Request<'r> {
    /// What CORS looks at, for frameworks that have request types of their own around those of the
    /// `http` crate: for [`Policy::explain`](crate::Policy::explain), where
    /// [`Policy::answer_parts`](crate::Policy::answer_parts) decides.
    #[must_use]
    pub fn from_parts(method: &'r Method, headers: &'r HeaderMap) -> Self {
        let names = [
            header::ORIGIN,
            header::ACCESS_CONTROL_REQUEST_METHOD,
            header::ACCESS_CONTROL_REQUEST_HEADERS,
        ];
        Self::read(method.as_str().as_bytes(), names, |name| {
            headers.get_all(name).iter().map(HeaderValue::as_bytes)
        })
    }
}
