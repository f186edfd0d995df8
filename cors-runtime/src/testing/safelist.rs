//! Methods and request headers that need permission, and those that pages cannot set.
//! <https://fetch.spec.whatwg.org/#methods>

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::list::{HeaderList, normalized};
use cors_origin::fetch::{self, NORMALIZED_METHODS, SAFELISTED_METHODS};

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>
pub(super) fn normalize_method(method: &str) -> String {
    let normalized = NORMALIZED_METHODS
        .into_iter()
        .find(|normalized| normalized.eq_ignore_ascii_case(method));
    normalized.unwrap_or(method).to_owned()
}

pub(super) fn is_safelisted_method(method: &str) -> bool {
    SAFELISTED_METHODS.contains(&method)
}

/// <https://fetch.spec.whatwg.org/#forbidden-request-header>
pub(super) fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    const OVERRIDES: [&str; 3] = [
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
    ];
    let is_override = || {
        OVERRIDES
            .iter()
            .any(|listed| listed.eq_ignore_ascii_case(name))
    };
    fetch::is_forbidden_request_header(name.as_bytes())
        || is_override() && names_forbidden_method(value)
}

/// Returns whether a list contains a forbidden method.
fn names_forbidden_method(value: &[u8]) -> bool {
    value
        .split(|byte| *byte == b',')
        .any(|method| fetch::is_forbidden_method(normalized(method)))
}

/// Returns the names in lower case, sorted.
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

/// Returns whether a value is a range with a start. <https://fetch.spec.whatwg.org/#simple-range-header-value>
fn is_range_with_start(value: &[u8]) -> bool {
    let Some(range) = value.strip_prefix(b"bytes=") else {
        return false;
    };
    let digits = |bytes: &[u8]| {
        bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let (start, rest) = range.split_at(digits(range));
    let Some(end) = rest.strip_prefix(b"-") else {
        return false;
    };
    let is_number_to_the_end = digits(end) == end.len();
    let is_ordered = end.is_empty() || is_at_most(start, end);
    !start.is_empty() && is_number_to_the_end && is_ordered
}

/// Compares numbers of any length.
fn is_at_most(a: &[u8], b: &[u8]) -> bool {
    let significant = |digits: &'_ [u8]| {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        (digits.len() - zeros, zeros)
    };
    let ((a_length, a_zeros), (b_length, b_zeros)) = (significant(a), significant(b));
    (a_length, &a[a_zeros..]) <= (b_length, &b[b_zeros..])
}

/// Returns whether a form can have a content type.
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
fn is_form_type(value: &[u8]) -> bool {
    const FORM_TYPES: [&str; 3] = [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ];
    // The essence of a MIME type (https://mimesniff.spec.whatwg.org/#parse-a-mime-type) is the part
    // before its parameters, which cannot make it invalid.
    let essence = value.split(|byte| *byte == b';').next().unwrap_or(value);
    let essence = normalized(essence);
    FORM_TYPES
        .iter()
        .any(|form_type| form_type.as_bytes().eq_ignore_ascii_case(essence))
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
fn is_unsafe_byte(byte: u8) -> bool {
    byte < 0x20 && byte != b'\t'
        || matches!(
            byte,
            b'"' | b'('
                | b')'
                | b':'
                | b'<'
                | b'>'
                | b'?'
                | b'@'
                | b'['
                | b'\\'
                | b']'
                | b'{'
                | b'}'
                | 0x7f
        )
}

/// Returns whether a byte may be in a safelisted value of `Accept-Language` or `Content-Language`.
fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}
