//! Exports for the Gateway API, against its schema.

use serde_json::Value;

use super::super::{Export, Level, Options, Rule, Target, export};
use super::{policy, rule};

fn exported(rule: &Rule) -> Option<Export> {
    let options = Options::new("api").level(Level::Browser);
    export(Target::GatewayApi, &policy(vec![rule.clone()]), &options).ok()
}

fn mistakes(text: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(include_str!("gateway_api.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let filters: Value = serde_saphyr::from_str(text).unwrap();
    let mistakes = schema.iter_errors(&filters);
    mistakes.map(|mistake| mistake.to_string()).collect()
}

/// Whatever is exported is valid.
#[test]
fn exports_follow_the_schema() {
    let label = "a".repeat(63);
    // 253 and 254 bytes.
    let long = format!("https://{label}.{label}.{label}.{}", "b".repeat(53));
    let longer = format!("https://{label}.{label}.{label}.{}", "b".repeat(54));
    let pattern = format!("https://**.{label}.{label}.{label}.{}", "b".repeat(51));
    let long_name = "x".repeat(256);
    let longer_name = format!("authorization, {long_name}y");
    let mut valid = Vec::new();
    for (number, origins) in [
        &["https://example.com"][..],
        &[
            "https://example.com:8443",
            "http://**.example.org:81",
            "http://localhost:3000",
        ],
        &["https://xn--bcher-kva.example", "http://127.0.0.1:8080"],
        &["Any"],
        &["https://**.example.com", "https://example.com"],
        &[&long],
        &[&longer],
        &[&pattern],
    ]
    .iter()
    .enumerate()
    {
        for methods in [
            "",
            "GET, PUT",
            "*",
            "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH",
        ] {
            for headers in [
                "",
                "content-type, x-a",
                "*",
                "*, authorization",
                &long_name,
                &longer_name,
            ] {
                for max_age in ["", "1", "86400"] {
                    let rule = Rule {
                        allow_methods: methods.to_owned(),
                        allow_headers: headers.to_owned(),
                        expose_headers: headers.to_owned(),
                        allow_credentials: methods.is_empty(),
                        max_age: max_age.to_owned(),
                        ..rule(origins)
                    };
                    if let Some(export) = exported(&rule) {
                        let text = export.files()[0].text();
                        assert_eq!(mistakes(text), [""; 0], "{text}");
                        valid.push((number, methods, headers));
                    }
                }
            }
        }
    }
    let is_valid = |number, headers| valid.contains(&(number, "GET, PUT", headers));
    for number in 0..8 {
        assert_eq!(
            is_valid(number, "content-type, x-a"),
            number != 6,
            "{number}"
        );
    }
    assert!(is_valid(0, "*") && is_valid(0, &long_name));
    assert!(!is_valid(0, "*, authorization") && !is_valid(0, &longer_name));
}

/// The schema finds mistakes.
#[test]
fn mistakes_are_found() {
    let text = exported(&Rule {
        allow_methods: "GET".to_owned(),
        allow_headers: "x-a".to_owned(),
        max_age: "60".to_owned(),
        ..rule(&["https://**.example.com"])
    });
    let text = text.unwrap().files()[0].text().to_owned();
    assert_eq!(mistakes(&text), [""; 0]);
    for (from, to) in [
        ("type: CORS", "type: Cors"),
        ("allowOrigins", "allow_origins"),
        ("https://*.", "https://pr-*."),
        ("https://*.", "app://*."),
        ("https://*.example.com", "https://*.example.com:*"),
        ("https://*.example.com", "https://a_b.example.com"),
        (
            "\"https://*.example.com\"",
            "\"https://*.example.com\", \"*\"",
        ),
        (
            "\"https://*.example.com\"",
            "\"https://a.example\", \"https://a.example\"",
        ),
        ("\"GET\"", "\"PURGE\""),
        ("\"GET\"", "\"GET\", \"*\""),
        ("\"x-a\"", "\"x-a\", \"*\""),
        ("\"x-a\"", "\"x a\""),
        ("maxAge: 60", "maxAge: 0"),
        ("maxAge: 60", "maxAge: 1m"),
    ] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text);
        assert_ne!(mistakes(&changed), [""; 0], "{from} is {to}");
    }
}
