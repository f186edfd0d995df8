//! Methods. <https://fetch.spec.whatwg.org/#methods>

use alloc::borrow::ToOwned;
use alloc::string::String;

use cors_origin::fetch::{NORMALIZED_METHODS, SAFELISTED_METHODS};

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
pub(super) fn normalize(method: &str) -> String {
    let normalized = NORMALIZED_METHODS
        .into_iter()
        .find(|normalized| normalized.eq_ignore_ascii_case(method));
    normalized.unwrap_or(method).to_owned()
}

pub(super) fn is_safelisted(method: &str) -> bool {
    SAFELISTED_METHODS.contains(&method)
}
