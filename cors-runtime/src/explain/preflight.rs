//! The browser's check of a preflight response: the method, then the headers.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>

use super::Denial;
use super::closest::is_slip;
use crate::header_lines::HeaderLines;
use crate::request::CorsRequest;
use crate::rule::Rule;
use cors_origin::fetch::{
    SAFELISTED_METHODS, is_non_wildcard_request_header, is_token, list_elements,
};
use cors_origin::header::Header;

/// Returns the mistake in the method, by the check that the browser makes with
/// `Access-Control-Allow-Methods`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
#[inline]
pub(super) fn method_denial<'r>(rule: &Rule, request: &CorsRequest<'r>) -> Option<Denial<'r>> {
    match request.single_request_method() {
        None => Some(Denial::RepeatedMethod),
        Some(method) if !is_token(method) => Some(Denial::MalformedMethod(method)),
        Some(method) if !rule.allows_method(method) => Some(Denial::MethodNotAllowed(method)),
        Some(_) => None,
    }
}

/// Returns the listed method that equals `method` except for its case.
#[inline]
pub(super) fn method_in_other_case<'p>(rule: &'p Rule, method: &[u8]) -> Option<&'p str> {
    listed_methods(rule).find(|name| name.as_bytes().eq_ignore_ascii_case(method))
}

/// Returns the method that `method` may be a typo for: a listed one, or one that is always allowed.
#[inline]
pub(super) fn similar_method<'p>(rule: &'p Rule, method: &[u8]) -> Option<&'p str> {
    let mut allowed = listed_methods(rule).chain(SAFELISTED_METHODS);
    allowed.find(|name| is_slip(name.as_bytes(), method))
}

#[inline]
fn listed_methods<'p>(rule: &'p Rule) -> impl Iterator<Item = &'p str> + use<'p> {
    rule.value(Header::AllowMethods).split(", ")
}

/// Returns the mistake in the headers, by the check that the browser makes with
/// `Access-Control-Allow-Headers`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
#[inline]
pub(super) fn header_denial<'r>(rule: &Rule, requested: HeaderLines<'r>) -> Option<Denial<'r>> {
    let is_unread = match rule.mirror_headers {
        true => requested.exceeds_mirror(),
        false => requested.is_incomplete(),
    };
    let mut denials = names(requested).filter_map(|name| match name {
        name if !is_token(name) => Some(Denial::MalformedHeader(name)),
        name if !allows_header(rule, name) => Some(Denial::HeaderNotAllowed(name)),
        _ => None,
    });
    // Nothing that exceeds the limit is sent back. Lines for which there was no room may have names.
    denials
        .next()
        .filter(|_| !(is_unread && rule.mirror_headers))
        .or_else(|| {
            let has_names = requested.is_incomplete() || names(requested).next().is_some();
            (is_unread && has_names).then_some(Denial::TooManyHeaders)
        })
}

/// Returns the names in `Access-Control-Request-Headers`.
#[inline]
fn names(requested: HeaderLines<'_>) -> impl Iterator<Item = &[u8]> {
    requested.iter().flat_map(list_elements)
}

/// Returns whether a preflight for a method and headers would succeed with `rule`.
#[inline]
pub(super) fn allows_all(rule: &Rule, method: Option<&[u8]>, headers: HeaderLines<'_>) -> bool {
    method.is_some_and(|method| is_token(method) && rule.allows_method(method))
        && !(rule.mirror_headers && headers.exceeds_mirror())
        && unlisted_headers(rule, headers).next().is_none()
}

/// Returns the requested headers that `rule` does not allow.
#[inline]
pub(super) fn unlisted_headers<'r>(
    rule: &Rule,
    requested: HeaderLines<'r>,
) -> impl Iterator<Item = &'r [u8]> {
    names(requested).filter(|name| is_token(name) && !allows_header(rule, name))
}

#[inline]
fn allows_header(rule: &Rule, name: &[u8]) -> bool {
    rule.mirror_headers || is_header_listed(rule, name)
}

/// Returns the listed header that `name` may be a typo for.
#[inline]
pub(super) fn similar_header<'p>(rule: &'p Rule, name: &[u8]) -> Option<&'p str> {
    let mut listed = rule.value(Header::AllowHeaders).split(", ");
    listed.find(|listed| is_slip(listed.as_bytes(), name))
}

#[inline]
fn is_header_listed(rule: &Rule, name: &[u8]) -> bool {
    let lists = |name: &[u8]| {
        let mut listed = rule.value(Header::AllowHeaders).split(", ");
        listed.any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
    };
    // With credentials, `*` is the name of a header.
    lists(name)
        || !rule.allows_credentials() && !is_non_wildcard_request_header(name) && lists(b"*")
}
