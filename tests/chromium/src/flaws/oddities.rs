//! Headers as nobody writes them, or nearly nobody.

use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS as ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS as ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE as MAX_AGE,
};

use super::change::on_preflight;
use super::{Flaw, answers, says};

pub(super) static ODDITIES: [Flaw; 28] = [
    says(
        "methods-in-two-lines",
        "",
        ALLOW_METHODS,
        &["PUT", "DELETE"],
    ),
    says(
        "methods-with-empty-elements",
        "",
        ALLOW_METHODS,
        &[" ,PUT,, \tDELETE ,"],
    ),
    says("methods-without-any", "", ALLOW_METHODS, &[""]),
    says(
        "methods-and-what-is-none",
        "",
        ALLOW_METHODS,
        &["PUT", "A B"],
    ),
    says("methods-in-quotes", "", ALLOW_METHODS, &["\"PUT\""]),
    says("methods-and-any", "", ALLOW_METHODS, &["*, PUT"]),
    says(
        "headers-in-upper-case",
        "",
        ALLOW_HEADERS,
        &["X-ONE,CONTENT-TYPE,AUTHORIZATION"],
    ),
    says(
        "headers-in-two-lines",
        "",
        ALLOW_HEADERS,
        &["x-one, content-type", "authorization"],
    ),
    says(
        "headers-without-commas",
        "",
        ALLOW_HEADERS,
        &["x-one content-type authorization"],
    ),
    says(
        "headers-and-what-is-none",
        "",
        ALLOW_HEADERS,
        &["x-one", "A B"],
    ),
    says("headers-and-any", "", ALLOW_HEADERS, &["authorization, *"]),
    says(
        "exposed-in-two-lines",
        "",
        EXPOSE_HEADERS,
        &["X-Total", "x-secret"],
    ),
    says(
        "exposed-and-what-is-none",
        "",
        EXPOSE_HEADERS,
        &["x-total, A B"],
    ),
    says("exposed-and-any", "", EXPOSE_HEADERS, &["x-total, *"]),
    says(
        "exposed-cookies",
        "",
        EXPOSE_HEADERS,
        &["set-cookie, x-secret"],
    ),
    says("credentials-with-space", "", CREDENTIALS, &[" true\t"]),
    says("credentials-of-one", "", CREDENTIALS, &["1"]),
    says("credentials-in-quotes", "", CREDENTIALS, &["\"true\""]),
    says(
        "origin-with-space",
        "",
        ALLOW_ORIGIN,
        &[" https://app.example.com\t"],
    ),
    says("origin-any-twice", "", ALLOW_ORIGIN, &["*", "*"]),
    says(
        "origin-with-a-comma",
        "",
        ALLOW_ORIGIN,
        &["https://app.example.com,"],
    ),
    says("origin-of-nobody", "", ALLOW_ORIGIN, &["null"]),
    says(
        "origin-of-nobody-in-upper-case",
        "",
        ALLOW_ORIGIN,
        &["NULL"],
    ),
    says("age-with-zeros", "", MAX_AGE, &["00600"]),
    says(
        "age-beyond-numbers",
        "",
        MAX_AGE,
        &["99999999999999999999999"],
    ),
    says("age-with-a-fraction", "", MAX_AGE, &["600.0"]),
    answers("preflight-with-206", "", |asked, answer| {
        on_preflight(asked, answer, StatusCode::PARTIAL_CONTENT);
    }),
    answers("preflight-with-304", "", |asked, answer| {
        on_preflight(asked, answer, StatusCode::NOT_MODIFIED);
    }),
];
