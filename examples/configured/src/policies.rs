//! The policies of a file.

use std::collections::BTreeMap;
use std::fmt::Write;

use cors_runtime::{LivePolicy, Policy, PolicyConfig};
use serde::Deserialize;

/// The parts of the application that have their own policies.
pub(crate) const PARTS: [&str; 6] = ["public", "mirror", "rules", "writes", "open", "local"];

/// The configuration of the server. A real one has more fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    cors: PolicyConfig,
    parts: BTreeMap<String, PolicyConfig>,
}

/// Compiles all policies of a file: that of the application, and those of [`PARTS`]. Returns every
/// mistake of every policy.
pub(crate) fn load(text: &str) -> Result<Vec<Policy>, String> {
    let mut config: Config = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut policies = Vec::new();
    let mut errors = String::new();
    let mut compile =
        |config: PolicyConfig, name: String| match Policy::from_config(&config.named(name)) {
            Ok(policy) => policies.push(policy),
            Err(error) => write!(errors, "{error}").expect("strings take everything"),
        };
    compile(config.cors, "cors".to_owned());
    let mut missing = String::new();
    for part in PARTS {
        match config.parts.remove(part) {
            Some(config) => compile(config, format!("parts.{part}")),
            None => missing += &format!("parts.{part} is missing\n"),
        }
    }
    errors += &missing;
    for part in config.parts.keys() {
        errors += &format!("parts.{part} is not a part of the application\n");
    }
    match errors.is_empty() {
        true => Ok(policies),
        false => Err(errors),
    }
}

/// Replaces all policies, or none if one of them is wrong.
pub(crate) fn reload(text: &str, live: &[LivePolicy]) -> Result<(), String> {
    for (live, policy) in live.iter().zip(load(text)?) {
        live.replace(policy);
    }
    Ok(())
}
