//! Methods. <https://fetch.spec.whatwg.org/#methods>

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::forbidden_names;

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
pub(super) fn normalize(method: &str) -> String {
    const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
    let normalized = NORMALIZED
        .into_iter()
        .find(|normalized| normalized.eq_ignore_ascii_case(method));
    normalized.unwrap_or(method).to_owned()
}

/// <https://fetch.spec.whatwg.org/#forbidden-method>
pub(super) fn is_forbidden(method: &str) -> bool {
    forbidden_names::METHODS
        .iter()
        .any(|forbidden| forbidden.eq_ignore_ascii_case(method))
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>
pub(super) fn is_safelisted(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}
