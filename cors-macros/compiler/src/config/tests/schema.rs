//! The JSON Schema of the format, generated from the language, and compared with the compiler.

use std::fs;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::counterpart::counterpart;
use super::{compile_tokens, declaration};
use crate::config::spelling::{spell_word, words};
use crate::config::value::{self, ConfigValue};
use crate::config::{PolicyConfig, compile};
use crate::declaration::{Key, Risk};
use crate::tests::ui;

/// Returns the schema of the value of a key.
fn key_schema(key: Key) -> Value {
    let texts = || json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
    let words: Vec<Value> = words(key)
        .into_iter()
        .map(|word| spell_word(word).into())
        .collect();
    match key {
        Key::AllowOrigins => json!({
            "description": "Who may read responses: origins such as \"https://example.com\", patterns such as \"https://*.example.com\", \"loopback\", and tables; or \"any\".",
            "oneOf": [
                { "const": "any" },
                { "type": "array", "items": { "$ref": "#/$defs/entry" }, "minItems": 1 },
            ],
        }),
        Key::AllowMethods => json!({
            "description": "Methods that pages may use; without it, GET, HEAD and POST.",
            "oneOf": [{ "enum": words }, texts()],
        }),
        Key::AllowHeaders => json!({
            "description": "Request headers that pages may set. \"any\" does not cover authorization: write [\"any\", \"authorization\"] for that.",
            "oneOf": [{ "enum": words }, texts()],
        }),
        Key::ExposeHeaders => json!({
            "description": "Response headers that pages may read.",
            "oneOf": [{ "enum": words }, texts()],
        }),
        Key::ExposeTiming => json!({
            "description": "Whether allowed pages may read detailed timing of requests.",
            "type": "boolean",
        }),
        Key::AllowCredentials => json!({
            "description": "Whether pages may send cookies or other credentials.",
            "type": "boolean",
        }),
        Key::MaxAge => json!({
            "description": "Seconds for which browsers may cache a preflight, a day at most.",
            "type": "integer",
            "minimum": 0,
            "maximum": 86400,
        }),
        Key::PreflightStatus => json!({
            "description": "Status of a successful preflight; without it, 204.",
            "type": "integer",
            "minimum": 200,
            "maximum": 299,
        }),
        Key::OnDenied => json!({
            "description": "Whether requests of pages that are not allowed reach the application.",
            "enum": words,
        }),
        Key::AllowHosts => json!({
            "description": "Hosts that requests may be for, such as \"api.example.com\", \"localhost:*\", or \"loopback\" for this machine; or \"any\".",
            "oneOf": [{ "const": "any" }, texts()],
        }),
        Key::AssertAllowed => {
            let mut schema = texts();
            schema["description"] = "Origins that the policy must allow.".into();
            schema
        }
        Key::AssertDenied => {
            let mut schema = texts();
            schema["description"] = "Origins that the policy must deny.".into();
            schema
        }
    }
}

fn schema() -> Value {
    let keys = |in_rule: bool| -> Map<String, Value> {
        let keys = Key::ALL
            .into_iter()
            .filter(|key| !in_rule || key.info().allowed_in_rule);
        keys.map(|key| (key.name().to_owned(), key_schema(key)))
            .collect()
    };
    // Configuration has no predicates.
    let risks = Risk::ALL
        .into_iter()
        .filter(|risk| *risk != Risk::CredentialedPredicate);
    let risks: Vec<&str> = risks.map(Risk::name).collect();
    let mut all = keys(false);
    all.insert(
        "rules".to_owned(),
        json!({
            "description": "Rules for some origins: the first rule that allows an origin applies. Keys outside are defaults.",
            "type": "array",
            "items": { "$ref": "#/$defs/rule" },
            "minItems": 1,
        }),
    );
    let risk = json!({ "enum": risks });
    let table = |key: &str| {
        json!({
            "type": "object",
            "properties": {
                key: { "type": "string" },
                "dangerously_allow": {
                    "description": "Risks of the entry that are accepted.",
                    "oneOf": [risk, { "type": "array", "items": risk, "minItems": 1 }],
                },
            },
            "required": [key],
            "additionalProperties": false,
        })
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CORS policy",
        "description": "A policy for `cors_runtime::Policy::from_config`, which checks more than this schema.",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
        "anyOf": [{ "required": ["allow_origins"] }, { "required": ["rules"] }],
        "$defs": {
            "rule": {
                "type": "object",
                "properties": keys(true),
                "additionalProperties": false,
            },
            "entry": { "anyOf": [{ "type": "string" }, table("origin"), table("regex")] },
        },
    })
}

#[test]
fn the_schema_is_that_of_the_language() {
    let schema = schema();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/schema.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, format!("{schema:#}\n")).unwrap();
    }
    let found: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(schema, found, "review it, then set BLESS=1");
}

fn to_json(config: &PolicyConfig) -> Value {
    fn table(settings: &[(String, ConfigValue)]) -> Value {
        let settings = settings
            .iter()
            .map(|(key, value)| (key.clone(), to_value(value)));
        Value::Object(settings.collect())
    }
    fn to_value(value: &ConfigValue) -> Value {
        match &value.0 {
            value::Value::Text(text) => text.as_str().into(),
            value::Value::Integer(number) => (*number).into(),
            value::Value::Bool(value) => (*value).into(),
            value::Value::List(elements) => elements.iter().map(to_value).collect(),
            value::Value::Table(settings) => table(settings),
            value::Value::Other(..) => Value::Null,
        }
    }
    table(&config.settings)
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// Policies that the schema refuses are refused by the compiler too.
#[test]
fn every_valid_policy_matches_the_schema() {
    let validator = validator();
    let (mut valid, mut refused) = (0, 0);
    for file in ui::files(&["fail", "pass"]) {
        for policy in ui::policies(&file) {
            let declaration = declaration(policy);
            let Some(config) = counterpart(&declaration) else {
                continue;
            };
            let json = to_json(&config);
            match compile_tokens(&declaration) {
                Ok(_) => {
                    valid += 1;
                    let error = validator.validate(&json).err();
                    assert!(error.is_none(), "{}: {json}: {error:?}", file.display());
                }
                Err(_) => refused += usize::from(!validator.is_valid(&json)),
            }
        }
    }
    assert!(valid > 50 && refused > 2, "{valid} {refused}");
}

#[test]
fn mistakes_in_the_form_do_not_match_the_schema() {
    let validator = validator();
    for (key, value) in [
        ("allow_origin", json!(["https://a.example"])),
        ("allow_origins", json!("https://a.example")),
        ("allow_origins", json!([])),
        ("allow_origins", json!([{ "regexp": "x" }])),
        ("allow_origins", json!([{ "regex": "x", "origin": "x" }])),
        (
            "allow_origins",
            json!([{ "dangerously_allow": "x", "origin": "x" }]),
        ),
        ("allow_methods", json!("PUT")),
        ("allow_credentials", json!("true")),
        ("max_age", json!(86401)),
        ("max_age", json!("2h")),
        ("preflight_status", json!(404)),
        ("on_denied", json!("RefuseAll")),
        ("rules", json!([])),
        (
            "rules",
            json!([{ "allow_origins": "any", "preflight_status": 200 }]),
        ),
    ] {
        let mut policy = json!({ "allow_origins": ["https://a.example"] });
        policy[key] = value;
        assert!(!validator.is_valid(&policy), "{policy}");
        let config: PolicyConfig = serde_json::from_value(policy.clone()).unwrap();
        assert!(compile(&config).is_err(), "{policy}");
    }
}
