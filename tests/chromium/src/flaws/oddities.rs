//! Headers as nobody writes them, or nearly nobody.

use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS as ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS as ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE as MAX_AGE,
};

use super::change::{on_preflight, replace};
use super::{Flaw, answers};

pub(super) const ODDITIES: &[Flaw] = &[
    answers("methods-in-two-lines", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &["PUT", "DELETE"]);
    }),
    answers("methods-with-empty-elements", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &[" ,PUT,, \tDELETE ,"]);
    }),
    answers("methods-without-any", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &[""]);
    }),
    answers("methods-and-what-is-none", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &["PUT", "A B"]);
    }),
    answers("methods-in-quotes", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &["\"PUT\""]);
    }),
    answers("methods-and-any", "", |_, answer| {
        replace(answer, &ALLOW_METHODS, &["*, PUT"]);
    }),
    answers("headers-in-upper-case", "", |_, answer| {
        replace(
            answer,
            &ALLOW_HEADERS,
            &["X-ONE,CONTENT-TYPE,AUTHORIZATION"],
        );
    }),
    answers("headers-in-two-lines", "", |_, answer| {
        replace(
            answer,
            &ALLOW_HEADERS,
            &["x-one, content-type", "authorization"],
        );
    }),
    answers("headers-without-commas", "", |_, answer| {
        replace(
            answer,
            &ALLOW_HEADERS,
            &["x-one content-type authorization"],
        );
    }),
    answers("headers-and-what-is-none", "", |_, answer| {
        replace(answer, &ALLOW_HEADERS, &["x-one", "A B"]);
    }),
    answers("headers-and-any", "", |_, answer| {
        replace(answer, &ALLOW_HEADERS, &["authorization, *"]);
    }),
    answers("exposed-in-two-lines", "", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["X-Total", "x-secret"]);
    }),
    answers("exposed-and-what-is-none", "", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["x-total, A B"]);
    }),
    answers("exposed-and-any", "", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["x-total, *"]);
    }),
    answers("exposed-cookies", "", |_, answer| {
        replace(answer, &EXPOSE_HEADERS, &["set-cookie, x-secret"]);
    }),
    answers("credentials-with-space", "", |_, answer| {
        replace(answer, &CREDENTIALS, &[" true\t"]);
    }),
    answers("credentials-of-one", "", |_, answer| {
        replace(answer, &CREDENTIALS, &["1"]);
    }),
    answers("credentials-in-quotes", "", |_, answer| {
        replace(answer, &CREDENTIALS, &["\"true\""]);
    }),
    answers("origin-with-space", "", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &[" https://app.example.com\t"]);
    }),
    answers("origin-any-twice", "", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["*", "*"]);
    }),
    answers("origin-with-a-comma", "", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://app.example.com,"]);
    }),
    answers("origin-of-nobody", "", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["null"]);
    }),
    answers("origin-of-nobody-in-upper-case", "", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["NULL"]);
    }),
    answers("age-with-zeros", "", |_, answer| {
        replace(answer, &MAX_AGE, &["00600"]);
    }),
    answers("age-beyond-numbers", "", |_, answer| {
        replace(answer, &MAX_AGE, &["99999999999999999999999"]);
    }),
    answers("age-with-a-fraction", "", |_, answer| {
        replace(answer, &MAX_AGE, &["600.0"]);
    }),
    answers("preflight-with-206", "", |asked, answer| {
        on_preflight(asked, answer, StatusCode::PARTIAL_CONTENT);
    }),
    answers("preflight-with-304", "", |asked, answer| {
        on_preflight(asked, answer, StatusCode::NOT_MODIFIED);
    }),
];
