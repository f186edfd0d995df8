//! Values of request headers that need no permission.

/// Whether a value is a range with a start. <https://fetch.spec.whatwg.org/#simple-range-header-value>
pub(super) fn is_range_with_start(value: &[u8]) -> bool {
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

/// Whether a content type is one that a form may have.
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
pub(super) fn is_form_type(value: &[u8]) -> bool {
    const FORM_TYPES: [&str; 3] = [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ];
    // The essence of a MIME type (https://mimesniff.spec.whatwg.org/#parse-a-mime-type) is what
    // stands before its parameters, which cannot make it invalid.
    let essence = value.split(|byte| *byte == b';').next().unwrap_or(value);
    let essence = super::list::normalized(essence);
    FORM_TYPES
        .iter()
        .any(|form_type| form_type.as_bytes().eq_ignore_ascii_case(essence))
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
pub(super) fn is_unsafe_byte(byte: u8) -> bool {
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

/// What a value of `Accept-Language` or `Content-Language` is made of, if it needs no permission.
pub(super) fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}
