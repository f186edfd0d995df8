//! The grammar that methods and header names share.

/// Whether `text` is a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2): one or more
/// `tchar`.
pub fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| is_tchar(*byte))
}

/// Whether a byte is a [`tchar`](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
pub fn is_tchar(byte: u8) -> bool {
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
