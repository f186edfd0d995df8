//! Who is trusted, how that is said, and whether with credentials.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
};

use super::change::{remove, replace, set};
use super::{Flaw, answers, trusts};

pub(super) const FLAWS: &[Flaw] = &[
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
    answers(
        "any-origin-with-credentials",
        "with credentials",
        |_, answer| replace(answer, &ALLOW_ORIGIN, &["*"]),
    ),
    answers("origin-with-a-slash", "a simple request", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://app.example.com/"]);
    }),
    answers("origin-with-its-port", "a simple request", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://app.example.com:443"]);
    }),
    answers(
        "origin-without-a-scheme",
        "a simple request",
        |_, answer| replace(answer, &ALLOW_ORIGIN, &["app.example.com"]),
    ),
    answers("origin-in-upper-case", "a simple request", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://APP.example.com"]);
    }),
    answers("pattern-for-an-origin", "a simple request", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://*.example.com"]);
    }),
    answers("two-origins-in-a-line", "a simple request", |_, answer| {
        let both = "https://app.example.com, https://admin.example.com";
        replace(answer, &ALLOW_ORIGIN, &[both]);
    }),
    answers("origin-twice", "a simple request", |_, answer| {
        replace(answer, &ALLOW_ORIGIN, &["https://app.example.com"; 2]);
    }),
    answers(
        "origin-of-the-application",
        "an application with CORS headers of its own is denied to others",
        |asked, answer| {
            if asked.uri().path().ends_with("/own") {
                set(answer, ALLOW_ORIGIN, "*");
            }
        },
    ),
    answers("credentials-forgotten", "with credentials", |_, answer| {
        remove(answer, &CREDENTIALS);
    }),
    answers(
        "credentials-in-upper-case",
        "with credentials",
        |_, answer| replace(answer, &CREDENTIALS, &["True"]),
    ),
    answers("credentials-twice", "with credentials", |_, answer| {
        replace(answer, &CREDENTIALS, &["true"; 2]);
    }),
];
