//! Values of a request that may be sent back.

/// Whether `value` is a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), as a method is.
pub(crate) fn is_token(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(|byte| is_tchar(*byte))
}

/// Whether `value` has nothing but tokens, commas and white space, as a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) of header names has.
pub(crate) fn is_token_list(value: &[u8]) -> bool {
    !value.is_empty()
        && value
            .iter()
            .all(|byte| is_tchar(*byte) || matches!(byte, b',' | b' ' | b'\t'))
}

fn is_tchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}
