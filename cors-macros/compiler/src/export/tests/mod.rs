//! What is exported, read back.

mod expressions;
mod gateway_api;
mod proof;
mod read;
mod refusals;

use super::{Entry, EntryKind, OnDenied, Policy, Rule};

/// An entry, as the macro would write it: a `regex(..)`, `Any`, or a pattern.
fn entry(written: &str) -> Entry {
    let kind = match written {
        "Any" => EntryKind::Any,
        written => match written
            .strip_prefix("regex(\"")
            .and_then(|rest| rest.strip_suffix("\")"))
        {
            Some(regex) => EntryKind::Regex(regex.to_owned()),
            None if written == "Configured" => EntryKind::Configured,
            None if written.starts_with("predicate(") => {
                EntryKind::Predicate("is_known".to_owned())
            }
            None => EntryKind::Pattern(written.to_owned()),
        },
    };
    Entry {
        kind,
        written: written.to_owned(),
    }
}

fn rule(origins: &[&str]) -> Rule {
    Rule {
        origins: origins.iter().map(|origin| entry(origin)).collect(),
        ..Rule::default()
    }
}

fn policy(rules: Vec<Rule>) -> Policy {
    Policy {
        rules,
        preflight_status: 204,
        on_denied: OnDenied::Continue,
        allow_hosts: None,
    }
}

const FIRST: [&str; 4] = [
    "https://example.com",
    "https://*.example.com",
    "https://**.example.org:*",
    "regex(\"https://(shop|blog)[0-9]{1,3}\\.example\\.net\")",
];

fn first() -> Rule {
    Rule {
        allow_credentials: true,
        allow_methods: "GET, PUT, DELETE, PATCH".to_owned(),
        allow_headers: "authorization, content-type, x-request-id".to_owned(),
        expose_headers: "etag".to_owned(),
        max_age: "7200".to_owned(),
        ..rule(&FIRST)
    }
}

/// Policies with every kind of entry, and with many.
fn policies() -> Vec<(&'static str, Policy)> {
    let any = Rule {
        allow_methods: "GET".to_owned(),
        ..rule(&["Any"])
    };
    let many: Vec<String> = (0..40)
        .map(|n| format!("https://c{n}.example.com:8443"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    vec![
        ("first", policy(vec![first()])),
        ("two", policy(vec![first(), any.clone()])),
        ("public", policy(vec![any.clone()])),
        (
            "credentialed",
            policy(vec![Rule {
                allow_credentials: true,
                allow_methods: "GET, POST".to_owned(),
                ..rule(&[
                    "https://app.example.com",
                    "https://admin.example.com:8443",
                    "https://*.example.org",
                    "https://**.corp.example.net",
                    "http://localhost:*",
                    "http://[::1]:5173",
                    "http://127.0.0.1:*",
                    "null",
                    "app://localhost",
                    "chrome-extension://abcdefghijklmnop",
                    "https://pr-*.preview.example.com",
                    "https://a*b*c.example.com",
                    "https://example.com.",
                ])
            }]),
        ),
        // Signs that configuration files have for themselves.
        (
            "odd",
            policy(vec![rule(&[
                "https://a'b\"c$d;e`f!g&h(i)j,k=l~m+n.example.com",
            ])]),
        ),
        ("many", policy(vec![rule(&many)])),
        (
            "many-and-others",
            policy(vec![
                rule(&["https://c1.example.com:8443", "https://*.first.example"]),
                rule(&[&many[..], &["https://*.example.net"]].concat()),
                rule(&["https://*.example.com:*", "https://c7.example.com:8443"]),
                any,
            ]),
        ),
    ]
}
