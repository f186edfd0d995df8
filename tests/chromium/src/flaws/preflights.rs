//! Preflights, and what they permit for how long.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS as ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS as ALLOW_METHODS,
    ACCESS_CONTROL_MAX_AGE as MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, LOCATION,
};
use http::{Method, StatusCode};

use super::change::{is_preflight, on_preflight, set};
use super::{Flaw, answers, says};
use crate::application::empty;

pub(super) static FLAWS: [Flaw; 20] = [
    answers(
        "preflight-unauthorized",
        "a method that needs permission",
        |asked, answer| on_preflight(asked, answer, StatusCode::UNAUTHORIZED),
    ),
    answers(
        "preflight-forbidden",
        "a method that needs permission",
        |asked, answer| on_preflight(asked, answer, StatusCode::FORBIDDEN),
    ),
    answers(
        "preflight-not-found",
        "a method that needs permission",
        |asked, answer| on_preflight(asked, answer, StatusCode::NOT_FOUND),
    ),
    answers(
        "preflight-redirected",
        "a method that needs permission",
        |asked, answer| {
            on_preflight(asked, answer, StatusCode::TEMPORARY_REDIRECT);
            if is_preflight(asked) {
                set(answer, LOCATION, "plain");
            }
        },
    ),
    answers(
        "preflight-without-headers",
        "a method that needs permission",
        |asked, answer| {
            if is_preflight(asked) {
                *answer = empty(StatusCode::NO_CONTENT);
            }
        },
    ),
    answers(
        "options-swallowed",
        "the method OPTIONS",
        |asked, answer| {
            if asked.method() == Method::OPTIONS && !is_preflight(asked) {
                *answer = empty(StatusCode::NO_CONTENT);
            }
        },
    ),
    says(
        "methods-forgotten",
        "a method that needs permission",
        ALLOW_METHODS,
        &[],
    ),
    says(
        "methods-in-lower-case",
        "a method that needs permission",
        ALLOW_METHODS,
        &["put,delete,patch,options"],
    ),
    says(
        "methods-in-any-case",
        "a method that is not normalized",
        ALLOW_METHODS,
        &["PUT,DELETE,PATCH,patch,OPTIONS"],
    ),
    says(
        "methods-with-semicolons",
        "a method that needs permission",
        ALLOW_METHODS,
        &["PUT; DELETE"],
    ),
    says(
        "any-method-with-credentials",
        "another trusted origin of the same site",
        ALLOW_METHODS,
        &["*"],
    ),
    answers(
        "methods-one-at-a-time",
        "permission for one method is permission for all that are listed",
        |asked, answer| {
            let method = asked.headers().get(ACCESS_CONTROL_REQUEST_METHOD);
            let listed = answer.headers_mut().get_mut(ALLOW_METHODS);
            if let (Some(method), Some(listed)) = (method, listed) {
                *listed = method.clone();
            }
        },
    ),
    says(
        "headers-forgotten",
        "a header that needs permission",
        ALLOW_HEADERS,
        &[],
    ),
    says(
        "headers-but-the-last",
        "several headers that need permission",
        ALLOW_HEADERS,
        &["authorization,content-type"],
    ),
    says(
        "any-header-for-authorization",
        "a signed request",
        ALLOW_HEADERS,
        &["*"],
    ),
    says(
        "any-header-with-credentials",
        "a header that needs permission, with credentials",
        ALLOW_HEADERS,
        &["*"],
    ),
    says(
        "age-forgotten",
        "a preflight is kept as long as the policy says",
        MAX_AGE,
        &[],
    ),
    says(
        "age-in-words",
        "a preflight is kept as long as the policy says",
        MAX_AGE,
        &["10m"],
    ),
    says(
        "age-of-a-day",
        "a preflight is kept for three seconds",
        MAX_AGE,
        &["86400"],
    ),
    says(
        "age-of-five-seconds",
        "a preflight is not kept",
        MAX_AGE,
        &[],
    ),
];
