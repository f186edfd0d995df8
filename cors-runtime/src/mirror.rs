//! `MirrorRequest`: what a preflight asks for, to be sent back.

use crate::request::{Lines, Request};
use crate::verdict::Verdict;
use cors_origin::fetch::{is_tchar, is_token};

/// The values that a preflight asks for, as far as they are valid: nothing else may get from a
/// request into a response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mirror<'r> {
    /// For `Access-Control-Allow-Methods`.
    pub(crate) method: Option<&'r [u8]>,
    /// For `Access-Control-Allow-Headers`, one for each line of the request.
    pub(crate) headers: Lines<'r>,
}

impl<'r> Mirror<'r> {
    /// What is mirrored to a request that is no preflight.
    #[cfg(feature = "actix-web")]
    pub(crate) const NOTHING: Self = Self {
        method: None,
        headers: Lines::NONE,
    };

    pub(crate) fn of(request: &Request<'r>, verdict: &Verdict) -> Self {
        let (method, headers) = verdict.mirrors();
        let requested = request.request_headers();
        let is_valid = || requested.get().iter().all(|line| is_token_list(line));
        Self {
            method: request
                .single_request_method()
                .filter(|requested| method && is_token(requested)),
            headers: match headers && is_valid() {
                true => requested,
                false => Lines::NONE,
            },
        }
    }
}

/// Whether `value` has nothing but tokens, commas and white space, as a
/// [list](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) of header names has.
fn is_token_list(value: &[u8]) -> bool {
    let is_valid = |byte: &u8| is_tchar(*byte) || matches!(byte, b',' | b' ' | b'\t');
    !value.is_empty() && value.iter().all(is_valid)
}
