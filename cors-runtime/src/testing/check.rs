//! The CORS check.

use alloc::format;

use super::error::CheckFailure;
use super::message::Response;
use super::page::Fetch;
use crate::name::Header;

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
        return Err(CheckFailure::OtherOrigin(origin));
    }
    if !fetch.includes_credentials {
        return Ok(());
    }
    match response.headers.get(Header::AllowCredentials.name()) {
        Some(credentials) if credentials == b"true" => Ok(()),
        _ => Err(CheckFailure::NoCredentials),
    }
}
