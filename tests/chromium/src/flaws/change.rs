//! What is done to answers.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};

use crate::answer::Answer;

/// Whether a request is a preflight, as the standard has it.
pub(super) fn is_preflight(request: &Request<()>) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Answers preflights with another status.
pub(super) fn on_preflight(asked: &Request<()>, answer: &mut Answer, status: StatusCode) {
    if is_preflight(asked) {
        *answer.status_mut() = status;
    }
}

/// Takes away what an actual response is read by.
pub(super) fn without_cors(answer: &mut Answer) {
    for name in [
        ACCESS_CONTROL_ALLOW_CREDENTIALS,
        ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS,
    ] {
        answer.headers_mut().remove(name);
    }
}

/// Changes the lines of a header that is there.
pub(super) fn replace(answer: &mut Answer, name: &HeaderName, lines: &[&'static str]) {
    if answer.headers().contains_key(name) {
        answer.headers_mut().remove(name);
        for line in lines {
            let line = HeaderValue::from_static(line);
            answer.headers_mut().append(name, line);
        }
    }
}

/// Sets a header, whether it is there or not.
pub(super) fn set(answer: &mut Answer, name: HeaderName, value: &'static str) {
    answer
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
}
