//! The method that a preflight asks for.

use super::{Denial, slip};
use crate::request::Request;
use crate::rule::Rule;
use cors_origin::fetch::SAFELISTED_METHODS;
use cors_origin::token::is_token;

/// What is wrong with the method: the check that the browser makes with
/// `Access-Control-Allow-Methods`. <https://fetch.spec.whatwg.org/#cors-preflight-fetch>
pub(super) fn denial<'r>(rule: &Rule, request: &Request<'r>) -> Option<Denial<'r>> {
    match request.single_request_method() {
        None => Some(Denial::RepeatedMethod),
        Some(method) if !is_token(method) => Some(Denial::MalformedMethod(method)),
        Some(method) if !is_allowed(rule, method) => Some(Denial::UnlistedMethod(method)),
        Some(_) => None,
    }
}

fn is_allowed(rule: &Rule, method: &[u8]) -> bool {
    SAFELISTED_METHODS.iter().any(|name| name.as_bytes() == method)
        // A token is always mirrored.
        || rule.mirror_method
        || listed(rule).any(|name| name.as_bytes() == method)
        // `*` is the name of a method where credentials are.
        || !rule.allows_credentials() && listed(rule).any(|name| name == "*")
}

/// The listed method that `method` is in another case.
pub(super) fn in_other_case(rule: &'static Rule, method: &[u8]) -> Option<&'static str> {
    listed(rule).find(|name| name.as_bytes().eq_ignore_ascii_case(method))
}

/// The method that `method` may be a slip for: a listed one, or one that is always allowed.
pub(super) fn slipped(rule: &'static Rule, method: &[u8]) -> Option<&'static str> {
    let mut allowed = listed(rule).chain(SAFELISTED_METHODS);
    allowed.find(|name| slip::is_between(name.as_bytes(), method))
}

fn listed(rule: &Rule) -> impl Iterator<Item = &'static str> + use<> {
    rule.allow_methods.split(", ")
}
