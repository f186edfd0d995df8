//! Preflights, and what they permit for how long.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS as ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS as ALLOW_METHODS,
    ACCESS_CONTROL_MAX_AGE as MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, LOCATION,
};
use http::{Method, StatusCode};

use super::change::{is_preflight, on_preflight, remove, replace, set};
use super::{Flaw, answers};
use crate::application::empty;

pub(super) const FLAWS: &[Flaw] = &[
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
    answers(
        "methods-forgotten",
        "a method that needs permission",
        |_, answer| remove(answer, &ALLOW_METHODS),
    ),
    answers(
        "methods-in-lower-case",
        "a method that needs permission",
        |_, answer| replace(answer, &ALLOW_METHODS, &["put,delete,patch,options"]),
    ),
    answers(
        "methods-in-any-case",
        "a method that is not mended",
        |_, answer| replace(answer, &ALLOW_METHODS, &["PUT,DELETE,PATCH,patch,OPTIONS"]),
    ),
    answers(
        "methods-with-semicolons",
        "a method that needs permission",
        |_, answer| replace(answer, &ALLOW_METHODS, &["PUT; DELETE"]),
    ),
    answers(
        "any-method-with-credentials",
        "another trusted origin of the same site",
        |_, answer| replace(answer, &ALLOW_METHODS, &["*"]),
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
    answers(
        "headers-forgotten",
        "a header that needs permission",
        |_, answer| remove(answer, &ALLOW_HEADERS),
    ),
    answers(
        "headers-but-the-last",
        "several headers that need permission",
        |_, answer| replace(answer, &ALLOW_HEADERS, &["authorization,content-type"]),
    ),
    answers(
        "any-header-for-authorization",
        "a signed request",
        |_, answer| replace(answer, &ALLOW_HEADERS, &["*"]),
    ),
    answers(
        "any-header-with-credentials",
        "a header that needs permission, with credentials",
        |_, answer| replace(answer, &ALLOW_HEADERS, &["*"]),
    ),
    answers(
        "age-forgotten",
        "a preflight is kept as long as the policy says",
        |_, answer| remove(answer, &MAX_AGE),
    ),
    answers(
        "age-in-words",
        "a preflight is kept as long as the policy says",
        |_, answer| replace(answer, &MAX_AGE, &["10m"]),
    ),
    answers(
        "age-of-a-day",
        "a preflight is kept for a second",
        |_, answer| replace(answer, &MAX_AGE, &["86400"]),
    ),
    answers(
        "age-of-five-seconds",
        "a preflight is not kept",
        |_, answer| remove(answer, &MAX_AGE),
    ),
];
