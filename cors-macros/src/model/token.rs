//! The grammar that methods and header names share.

/// A [`token`](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2): one or more `tchar`.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
