//! Values of a configuration, whatever format they come from.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A policy as part of a configuration. Deserialization does not check it; `Policy::from_config` does.
///
/// A policy is a table with the keys of [`cors_policy!`](https://docs.rs/cors-runtime). Deserialize it from
/// any self-describing format, as a field of the program's own configuration, or write it in Rust:
///
/// ```
/// # use cors_compiler::config::{ConfigValue, PolicyConfig};
/// let config = PolicyConfig::new()
///     .with("allow_origins", ["https://example.com".into(), ConfigValue::regex("https://[a-z]+\\.example\\.net")])
///     .with("allow_methods", ["GET", "PUT"])
///     .with("allow_credentials", true)
///     .with("max_age", 7200);
/// # assert!(cors_compiler::config::compile(&config).is_ok());
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct PolicyConfig {
    /// Where the table is in the configuration.
    pub(super) name: String,
    pub(super) settings: Vec<(String, ConfigValue)>,
}

impl PolicyConfig {
    /// The [JSON Schema](https://json-schema.org) of a policy, for editors that complete and check
    /// configurations. `Policy::from_config` checks more than a schema can.
    pub const JSON_SCHEMA: &str = include_str!("schema.json");

    /// Creates a policy without keys.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key. Nothing is checked yet, not even its name.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<ConfigValue>) -> Self {
        self.settings.push((key.into(), value.into()));
        self
    }

    /// Sets the path of the policy in the configuration, for messages. With `cors`, the path of an entry is
    /// `cors.allow_origins[1]`.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

impl fmt::Debug for PolicyConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = self.settings.iter().map(|(key, value)| (key, value));
        f.debug_map().entries(settings).finish()
    }
}

/// The value of a key, or a part of it.
#[derive(Clone, PartialEq)]
pub struct ConfigValue(pub(super) Value);

#[derive(Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Integer(u64),
    Bool(bool),
    List(Vec<ConfigValue>),
    Table(Vec<(String, ConfigValue)>),
    /// No key takes it: its name, and what it looks like.
    Other(&'static str, String),
}

impl ConfigValue {
    /// Creates an entry of `allow_origins`: a regular expression, which must match the whole origin.
    #[must_use]
    pub fn regex(expression: impl Into<String>) -> Self {
        let expression = Self(Value::Text(expression.into()));
        Self(Value::Table(vec![("regex".to_owned(), expression)]))
    }

    /// Creates an entry of `allow_origins` that is accepted in spite of a risk: `insecure_origin`,
    /// `unconfined_origin`, `null_origin` or `file_origin`.
    #[must_use]
    pub fn dangerously_allow(risk: impl Into<String>, entry: impl Into<Self>) -> Self {
        let mut table = match entry.into().0 {
            Value::Table(table) => table,
            origin => vec![("origin".to_owned(), Self(origin))],
        };
        let mut risks = vec![Self(Value::Text(risk.into()))];
        if let Some(index) = table.iter().position(|(key, _)| key == "dangerously_allow") {
            match table.remove(index).1.0 {
                Value::List(earlier) => risks.extend(earlier),
                earlier => risks.push(Self(earlier)),
            }
        }
        let risks = match risks.len() {
            1 => risks.remove(0),
            _ => Self(Value::List(risks)),
        };
        table.insert(0, ("dangerously_allow".to_owned(), risks));
        Self(Value::Table(table))
    }
}

impl fmt::Debug for ConfigValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::Text(text) => text.fmt(f),
            Value::Integer(number) => number.fmt(f),
            Value::Bool(value) => value.fmt(f),
            Value::List(elements) => elements.fmt(f),
            Value::Table(table) => {
                let settings = table.iter().map(|(key, value)| (key, value));
                f.debug_map().entries(settings).finish()
            }
            Value::Other(_, source) => f.write_str(source),
        }
    }
}

impl From<&str> for ConfigValue {
    fn from(text: &str) -> Self {
        Self(Value::Text(text.to_owned()))
    }
}

impl From<String> for ConfigValue {
    fn from(text: String) -> Self {
        Self(Value::Text(text))
    }
}

impl From<bool> for ConfigValue {
    fn from(value: bool) -> Self {
        Self(Value::Bool(value))
    }
}

impl From<u32> for ConfigValue {
    fn from(number: u32) -> Self {
        Self(Value::Integer(number.into()))
    }
}

impl<T: Into<Self>> From<Vec<T>> for ConfigValue {
    fn from(elements: Vec<T>) -> Self {
        Self(Value::List(elements.into_iter().map(Into::into).collect()))
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for ConfigValue {
    fn from(elements: [T; N]) -> Self {
        Self(Value::List(elements.into_iter().map(Into::into).collect()))
    }
}

/// Converts a policy to an element of `rules`.
impl From<PolicyConfig> for ConfigValue {
    fn from(rule: PolicyConfig) -> Self {
        Self(Value::Table(rule.settings))
    }
}

impl<'de> Deserialize<'de> for PolicyConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor)
    }
}

impl<'de> Deserialize<'de> for ConfigValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct TableVisitor;

impl<'de> Visitor<'de> for TableVisitor {
    type Value = PolicyConfig;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a CORS policy: a table with keys such as `allow_origins`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PolicyConfig, A::Error> {
        Ok(PolicyConfig {
            name: String::new(),
            settings: settings(map)?,
        })
    }
}

/// Returns the keys of a table with their values, in its order. A key may be there several times.
fn settings<'de, A: MapAccess<'de>>(mut map: A) -> Result<Vec<(String, ConfigValue)>, A::Error> {
    let mut settings = Vec::new();
    while let Some(setting) = map.next_entry()? {
        settings.push(setting);
    }
    Ok(settings)
}

/// Takes every value: what is wrong with one is reported with everything else that is wrong.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = ConfigValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<ConfigValue, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<ConfigValue, E> {
        Ok(match u64::try_from(number) {
            Ok(number) => ConfigValue(Value::Integer(number)),
            Err(_) => ConfigValue(Value::Other("a negative number", number.to_string())),
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<ConfigValue, E> {
        Ok(ConfigValue(Value::Integer(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<ConfigValue, E> {
        Ok(ConfigValue(Value::Other("a fraction", number.to_string())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ConfigValue, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<ConfigValue, E> {
        Ok(text.into())
    }

    fn visit_none<E: Error>(self) -> Result<ConfigValue, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<ConfigValue, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: Error>(self) -> Result<ConfigValue, E> {
        Ok(ConfigValue(Value::Other("nothing", "null".to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<ConfigValue, A::Error> {
        let mut elements: Vec<ConfigValue> = Vec::new();
        while let Some(element) = sequence.next_element()? {
            elements.push(element);
        }
        Ok(elements.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ConfigValue, A::Error> {
        Ok(ConfigValue(Value::Table(settings(map)?)))
    }
}
