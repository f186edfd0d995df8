//! Flaws in trusted origins, their headers, and credentials.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
};

use super::change::set;
use super::{Flaw, answers, says, trusts};

pub(super) static FLAWS: [Flaw; 22] = [
    trusts(
        "trusts-everybody",
        "a foreign site, with credentials",
        |_| true,
    ),
    trusts("trusts-suffixes", "a domain that ends alike", |origin| {
        origin.ends_with("example.com")
    }),
    trusts("trusts-prefixes", "a domain that starts alike", |origin| {
        origin.starts_with("https://app.example.com")
    }),
    trusts(
        "trusts-any-byte-for-a-dot",
        "a domain with another byte for a dot",
        |origin| origin == "https://appxexample.com",
    ),
    trusts(
        "trusts-any-scheme",
        "the same host in plain text",
        |origin| origin == "http://app.example.com",
    ),
    trusts(
        "trusts-any-port",
        "the same host on another port",
        |origin| origin.starts_with("https://app.example.com:"),
    ),
    trusts(
        "trusts-absolute-names",
        "an absolute name is another origin, which is not listed",
        |origin| origin == "https://admin.example.com.",
    ),
    trusts(
        "trusts-the-domain-of-a-pattern",
        "the domain of a pattern is not its subdomain",
        |origin| origin == "https://preview.example.com",
    ),
    trusts(
        "trusts-deeper-labels",
        "a part of a label does not reach over a dot",
        |origin| origin.ends_with(".stage.example.com"),
    ),
    trusts(
        "trusts-null",
        "a sandboxed frame of a trusted page",
        |origin| origin == "null",
    ),
    says(
        "any-origin-with-credentials",
        "with credentials",
        ALLOW_ORIGIN,
        &["*"],
    ),
    says(
        "origin-with-a-slash",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://app.example.com/"],
    ),
    says(
        "origin-with-its-port",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://app.example.com:443"],
    ),
    says(
        "origin-without-a-scheme",
        "a simple request",
        ALLOW_ORIGIN,
        &["app.example.com"],
    ),
    says(
        "origin-in-upper-case",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://APP.example.com"],
    ),
    says(
        "pattern-for-an-origin",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://*.example.com"],
    ),
    says(
        "two-origins-in-a-line",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://app.example.com, https://admin.example.com"],
    ),
    says(
        "origin-twice",
        "a simple request",
        ALLOW_ORIGIN,
        &["https://app.example.com"; 2],
    ),
    answers(
        "origin-of-the-application",
        "an application with CORS headers of its own is denied to others",
        |asked, answer| {
            if asked.uri().path().ends_with("/own") {
                set(answer, ALLOW_ORIGIN, "*");
            }
        },
    ),
    says(
        "credentials-forgotten",
        "with credentials",
        CREDENTIALS,
        &[],
    ),
    says(
        "credentials-in-upper-case",
        "with credentials",
        CREDENTIALS,
        &["True"],
    ),
    says(
        "credentials-twice",
        "with credentials",
        CREDENTIALS,
        &["true"; 2],
    ),
];
