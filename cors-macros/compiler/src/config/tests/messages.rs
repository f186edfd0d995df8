//! Messages for authors of a configuration.

use crate::config::{ConfigValue, InvalidSetting, PolicyConfig, compile};
use crate::declaration::Key;
use crate::diagnostic::is_deceptive;
use serde_json::json;

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

/// Characters that end a line, change the order of a line or are not seen.
const DECEPTIVE: [char; 9] = [
    '\0', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{200b}', '\u{202e}', '\u{feff}',
];

/// Configurations with a mistake that has `text` in a key, a value or the name, by place.
fn configurations_with(text: &str) -> Vec<(&'static str, PolicyConfig)> {
    let list = |entry: ConfigValue| PolicyConfig::new().with("allow_origins", [entry]);
    let table = |table: serde_json::Value| serde_json::from_value::<PolicyConfig>(table).unwrap();
    let valid = || PolicyConfig::new().with("allow_origins", ["https://a.example"]);
    let mut found = vec![
        ("name", PolicyConfig::new().named(text).with("max_age", "x")),
        ("key", valid().with(format!("max_{text}age"), 1)),
        (
            "key of a rule",
            table(json!({ "rules": [{ "allow_origins": "any", text: 1 }] })),
        ),
        (
            "key of an entry",
            table(json!({ "allow_origins": [{ "origin": "https://a.example", text: 1 }] })),
        ),
        ("origin", list(format!("https://a{text}.example/").into())),
        (
            "regex",
            list(ConfigValue::regex(format!("https://({text}.example"))),
        ),
        (
            "risk",
            list(ConfigValue::dangerously_allow(text, "https://a.example")),
        ),
        (
            "origin of an opt-out",
            list(ConfigValue::dangerously_allow(
                "insecure_origin",
                format!("http://{text}"),
            )),
        ),
    ];
    for key in Key::ALL {
        let name = key.name();
        found.push((name, valid().with(name, text)));
        found.push((name, valid().with(name, [text, text])));
        found.push((name, valid().with(name, [ConfigValue::from([text])])));
    }
    found
}

#[test]
fn deceptive_characters_are_escaped_wherever_they_are() {
    for character in DECEPTIVE {
        let text = format!("a{character}b");
        for (place, config) in configurations_with(&text) {
            let error = compile(&config).expect_err(place);
            let lines = error.to_string();
            let corrected = error.iter().filter_map(|setting| setting.corrected());
            for line in lines.lines().chain(corrected) {
                assert!(!line.contains(is_deceptive), "{place}: {line:?}");
            }
            for line in lines.lines().filter(|line| !line.starts_with("  ")) {
                assert!(line.ends_with(')'), "{place}: {lines}");
            }
        }
    }
}

#[test]
fn a_path_has_keys_as_toml_spells_them() {
    for (key, spelled) in [
        ("maxage", "maxage"),
        ("max-age", "max-age"),
        ("max.age", "\"max.age\""),
        ("", "\"\""),
        ("a\u{7f}", "\"a\\u007f\""),
        ("\"", "\"\\\"\""),
    ] {
        let config = PolicyConfig::new()
            .with("allow_origins", "any")
            .with(key, 1);
        let error = compile(&config).unwrap_err();
        let paths: Vec<&str> = error.iter().map(InvalidSetting::path).collect();
        assert_eq!(paths, [spelled]);
    }
    let config = PolicyConfig::new().with("x".repeat(5000), 1);
    assert!(compile(&config).unwrap_err().to_string().len() < 1000);
}
