//! All mistakes are reported at once, in the order of the source, and none twice.

use std::collections::HashSet;

use super::messages;

#[test]
fn twenty_mistakes_are_reported_at_once_in_order_and_none_twice() {
    let policy = r#"
        allow_orgins = ["https://example.com"],
        max_age = days(2),
        allow_origins = [
            "https://Example.com",
            "https://example.com/",
            "https://example.com:443",
            "example.com",
            "https://bücher.example",
            "https://*.com",
            "http://legacy.example.com",
            "null",
            "*",
            "https://ok.example.com",
            "https://ok.example.com",
            regex("https://.*example.com"),
            regex("("),
            env("CORS_TEST_UNSET"),
        ],
        allow_methods = [get, TRACE, "A B"],
        allow_headers = ["Cookie", "etag"],
        expose_headers = Any,
        allow_credentials = true,
        max_age = hours(1),
        preflight_status = 500,
        assert_denied = ["https://ok.example.com"],
    "#;
    let messages = messages(policy);
    assert_eq!(messages.len(), 24, "{messages:#?}");
    assert_eq!(
        messages.iter().collect::<HashSet<_>>().len(),
        messages.len()
    );
    let names: Vec<&str> = messages
        .iter()
        .map(|message| message.rsplit('#').next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "unknown-key",
            "max-age-too-long",
            "origin-any",
            "origin-uppercase",
            "origin-trailing-slash",
            "origin-default-port",
            "origin-missing-scheme",
            "origin-unicode",
            "unconfined-origin",
            "credentials-insecure-origin",
            "origin-null",
            "duplicate-entry",
            "unconfined-origin",
            "regex-invalid",
            "env-missing",
            "method-case",
            "method-forbidden",
            "method-invalid",
            "request-header-forbidden",
            "request-header-response-only",
            "credentials-any-exposed-header",
            "duplicate-key",
            "preflight-status",
            "assert-denied",
        ][..],
    );
}

#[test]
fn a_default_with_a_mistake_is_reported_once_however_many_rules_share_it() {
    let policy = r#"
        expose_headers = Any, allow_credentials = true, max_age = days(9),
        rule(allow_origins = ["https://a.example"]), rule(allow_origins = ["https://b.example"]),
    "#;
    assert_eq!(messages(policy).len(), 2);
}

#[test]
fn the_value_of_a_mistyped_key_is_checked_unless_the_key_is_set() {
    let checks = |policy| -> Vec<String> {
        let checks = messages(policy).into_iter();
        checks
            .map(|message| message.rsplit('#').next().unwrap().to_owned())
            .collect()
    };
    let policy =
        r#"allow_origins = ["http://a.example"], allow_credential = true, maxage = "1 day""#;
    let expected = [
        "credentials-insecure-origin",
        "unknown-key",
        "unknown-key",
        "wrong-shape",
    ];
    assert_eq!(checks(policy), expected);
    for policy in [
        r#"allow_orgins = ["a"], allow_origins = ["https://a.example"]"#,
        r#"allow_origins = ["https://a.example"], allow_orgins = ["a"]"#,
    ] {
        assert_eq!(checks(policy), ["unknown-key"]);
    }
}

#[test]
fn the_elements_of_a_list_of_rules_are_checked() {
    for rule in ["{ KEYS }", "( KEYS )", "rule(KEYS)"] {
        let keys = r#"allow_origins = ["https://a.example/"], allow_credentials = "true""#;
        let policy = format!("rules = [{}]", rule.replace("KEYS", keys));
        let messages = messages(&policy);
        assert_eq!(messages.len(), 3, "{messages:#?}");
    }
}
