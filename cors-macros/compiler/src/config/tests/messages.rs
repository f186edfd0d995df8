//! Messages for authors of a configuration.

use crate::config::{ConfigValue, PolicyConfig, compile};
use crate::declaration::Key;

fn error(config: &PolicyConfig) -> String {
    compile(config).unwrap_err().to_string()
}

#[test]
fn all_mistakes_are_reported_at_once_with_their_paths() {
    let json = r#"{
        "allow_origins": ["https://a.example", "https://b.example/", { "regexp": "x" }, {}, 7],
        "allow_methods": "PUT",
        "allow_headers": "*",
        "expose_headers": ["etag", "etag"],
        "max_age": "2h",
        "maxage": 7200,
        "max_age": null,
        "rules": [{ "allow_origins": "any" }, { "preflight_status": 200 }, "x", { "rules": [] }]
    }"#;
    let config: PolicyConfig = serde_json::from_str(json).unwrap();
    let found = error(&config.named("cors"));
    for word in super::counterpart::RUST {
        assert!(!found.contains(word), "{word}\n{found}");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/tests/messages.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(file, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(file).unwrap());
}

#[test]
fn tables_are_spelled_as_in_toml() {
    let config = PolicyConfig::new()
        .with(
            "allow_origins",
            [
                "http://a.example".into(),
                ConfigValue::regex(r"https://x.a\.example"),
                ConfigValue::dangerously_allow("insecure_origin", "https://b.example"),
                ConfigValue::dangerously_allow(
                    "insecure_origin",
                    ConfigValue::dangerously_allow("unconfined_origin", "http://*.github.io"),
                ),
            ],
        )
        .with("allow_credentials", true);
    let text = error(&config);
    for expected in [
        r#"help: to accept the risk, write `{ dangerously_allow = "insecure_origin", origin = "http://a.example" }`"#,
        r#"allow_origins[2]: `{ dangerously_allow = "insecure_origin", origin = .. }` is not needed"#,
        "`allow_credentials` is set at `allow_credentials`",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // Both of its risks are there.
    assert!(!text.contains("allow_origins[3]"), "{text}");
}

/// Any value of a format is one that is refused, and no panic.
#[test]
fn no_value_is_taken_for_another() {
    for value in [
        "null",
        "1.5",
        "-1",
        "{}",
        "[[]]",
        "[[[[[[[[[[]]]]]]]]]]",
        "true",
        "\"\"",
        "18446744073709551615",
    ] {
        for key in Key::ALL {
            let json = format!(
                "{{ \"allow_origins\": \"any\", \"{}\": {value} }}",
                key.name()
            );
            let config: PolicyConfig = serde_json::from_str(&json).unwrap();
            let takes = matches!(
                (key, value),
                (Key::AllowCredentials | Key::ExposeTiming, "true")
            );
            if !takes {
                error(&config);
            }
        }
    }
}
