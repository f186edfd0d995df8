//! Which request headers need permission.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::list::HeaderList;
use super::value::{is_form_type, is_language_byte, is_range_with_start, is_unsafe_byte};

/// The names in lower case, sorted.
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
pub(super) fn unsafe_names(headers: &HeaderList) -> Vec<String> {
    let mut unsafe_names = BTreeSet::new();
    let mut potentially_unsafe_names = BTreeSet::new();
    let mut safelist_value_size = 0;
    for (name, value) in headers.iter() {
        if is_safelisted(name, value) {
            potentially_unsafe_names.insert(name.to_ascii_lowercase());
            safelist_value_size += value.len();
        } else {
            unsafe_names.insert(name.to_ascii_lowercase());
        }
    }
    if safelist_value_size > 1024 {
        unsafe_names.append(&mut potentially_unsafe_names);
    }
    unsafe_names.into_iter().collect()
}

/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
fn is_safelisted(name: &str, value: &[u8]) -> bool {
    if value.len() > 128 {
        return false;
    }
    let has_unsafe_byte = value.iter().any(|byte| is_unsafe_byte(*byte));
    match name.to_ascii_lowercase().as_str() {
        "accept" => !has_unsafe_byte,
        "accept-language" | "content-language" => value.iter().all(|byte| is_language_byte(*byte)),
        "content-type" => !has_unsafe_byte && is_form_type(value),
        "range" => is_range_with_start(value),
        _ => false,
    }
}
