//! The preflight: its request, the result of its response, and the CORS check.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>

use super::error::{CheckFailure, NetworkError};
use super::fetch_metadata::Initiator;
use super::list::HeaderList;
use super::message::{Request, Response};
use super::page::Fetch;
use super::safelist::{is_safelisted_method, unsafe_names};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use cors_origin::fetch::{DEFAULT_MAX_AGE, is_non_wildcard_request_header, is_ok_status};
use cors_origin::header::{self as name, Header};

/// The result of a preflight: what the response permits, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreflightResult {
    pub(super) methods: Vec<String>,
    pub(super) header_names: Vec<String>,
    max_age: u64,
}

impl PreflightResult {
    /// Returns how many seconds a browser may cache the result, up to the browser's own
    /// [limit](super::PreflightCache::CHROMIUM). Returns 5 if the response has no maximum age.
    #[must_use]
    pub fn max_age(&self) -> u64 {
        self.max_age
    }
}

/// Creates the request.
pub(super) fn request(fetch: &Fetch) -> Request {
    let mut headers = HeaderList::default();
    headers.append("accept", "*/*");
    headers.append(name::REQUEST_METHOD, &fetch.method);
    let names = unsafe_names(&fetch.header_list());
    if !names.is_empty() {
        headers.append(name::REQUEST_HEADERS, names.join(","));
    }
    headers.append(name::ORIGIN, fetch.serialized_origin());
    // The mode of the preflight is `cors` too, and it has the destination of the request.
    let site = fetch.site;
    site.append_to(&mut headers, &fetch.url, Initiator::Fetch);
    Request {
        method: "OPTIONS".to_owned(),
        url: fetch.url.clone(),
        headers,
        body: Vec::new(),
    }
}

/// <https://fetch.spec.whatwg.org/#concept-cors-check>
pub(super) fn cors_check(fetch: &Fetch, response: &Response) -> Result<(), CheckFailure> {
    let Some(origin) = response.headers.get(Header::AllowOrigin.name()) else {
        return Err(CheckFailure::NoAllowOrigin);
    };
    if !fetch.includes_credentials && origin == b"*" {
        return Ok(());
    }
    if fetch.serialized_origin().as_bytes() != origin {
        let origin = format!("{}", origin.escape_ascii());
        return Err(CheckFailure::OriginMismatch(origin));
    }
    if !fetch.includes_credentials {
        return Ok(());
    }
    match response.headers.get(Header::AllowCredentials.name()) {
        Some(credentials) if credentials == b"true" => Ok(()),
        _ => Err(CheckFailure::NoCredentials),
    }
}

/// Steps 7.1 to 7.9, in order.
pub(super) fn check(fetch: &Fetch, response: &Response) -> Result<PreflightResult, NetworkError> {
    cors_check(fetch, response).map_err(NetworkError::Preflight)?;
    if !is_ok_status(response.status) {
        return Err(NetworkError::PreflightStatus(response.status));
    }
    let list = |header: Header| {
        let names = response.headers.extract_list(header.name());
        names.map_err(|_| NetworkError::PreflightHeader(header.name()))
    };
    let methods = list(Header::AllowMethods)?;
    let header_names = list(Header::AllowHeaders)?.unwrap_or_default();
    let methods = match methods {
        None if fetch.uses_cors_preflight => vec![fetch.method.clone()],
        methods => methods.unwrap_or_default(),
    };
    method_check(fetch, &methods)?;
    header_check(fetch, &header_names)?;
    let max_age = response.headers.extract_seconds(Header::MaxAge.name());
    Ok(PreflightResult {
        methods,
        header_names,
        max_age: max_age.unwrap_or(DEFAULT_MAX_AGE.into()),
    })
}

fn method_check(fetch: &Fetch, methods: &[String]) -> Result<(), NetworkError> {
    let is_allowed = methods.contains(&fetch.method)
        || is_safelisted_method(&fetch.method)
        || covers(fetch, methods);
    match is_allowed {
        true => Ok(()),
        false => Err(NetworkError::MethodNotAllowed(fetch.method.clone())),
    }
}

fn header_check(fetch: &Fetch, header_names: &[String]) -> Result<(), NetworkError> {
    let is_listed = |name: &str| {
        let mut listed = header_names.iter();
        listed.any(|listed| listed.eq_ignore_ascii_case(name))
    };
    let mut set = fetch.headers.iter().map(|(name, _)| name);
    if let Some(name) =
        set.find(|name| is_non_wildcard_request_header(name.as_bytes()) && !is_listed(name))
    {
        return Err(NetworkError::HeaderNotAllowed(name.to_ascii_lowercase()));
    }
    let unsafe_names = unsafe_names(&fetch.header_list());
    let denied = unsafe_names
        .into_iter()
        .find(|name| !is_listed(name) && !covers(fetch, header_names));
    denied.map_or(Ok(()), |name| Err(NetworkError::HeaderNotAllowed(name)))
}

/// Returns whether a `*` in a list is a wildcard.
fn covers(fetch: &Fetch, names: &[String]) -> bool {
    !fetch.includes_credentials && names.iter().any(|name| name == "*")
}
