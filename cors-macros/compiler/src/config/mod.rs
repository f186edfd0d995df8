//! Policies as part of a configuration, in TOML, YAML, JSON or another format: a front end for values
//! instead of Rust tokens, with messages in the spelling of configuration.

mod error;
mod read;
mod report;
mod spelling;
mod value;

pub use error::{ConfigError, InvalidSetting};
pub use value::{ConfigValue, PolicyConfig};

use crate::model::EnvValue;
use crate::plan::Plan;

/// Compiles a policy from configuration.
///
/// # Errors
///
/// Returns everything that is wrong with the policy.
pub fn compile(config: &PolicyConfig) -> Result<Plan, ConfigError> {
    let (declaration, paths) = read::read(config);
    // Messages quote entries, and the author of a configuration may not be allowed to read the
    // environment of the server. So a configuration cannot name variables.
    let environment = |_: &str| EnvValue::Unset;
    crate::compile(&declaration, &environment)
        .map_err(|diagnostics| report::error(diagnostics, &paths))
}

#[cfg(all(test, feature = "regex", feature = "tokens"))]
mod tests;
