//! Policies from configuration: [`Policy::from_config`].

#[doc(inline)]
pub use cors_compiler::config::{ConfigError, ConfigValue, InvalidSetting, PolicyConfig};

use crate::loaded::LoadedPolicy;
use crate::policy::Policy;
use cors_compiler::plan::{Plan, Strategy};

impl Policy {
    /// Compiles a policy that is part of a configuration, with the checks of [`cors_policy!`](crate::cors_policy).
    ///
    /// ```
    /// use cors_runtime::{Policy, PolicyConfig};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Config {
    ///     cors: PolicyConfig,
    /// }
    ///
    /// let config: Config = toml::from_str(
    ///     r#"
    ///     [cors]
    ///     allow_origins = ["https://example.com", { regex = 'https://[a-z]+\.example\.net' }]
    ///     allow_methods = ["GET", "PUT"]
    ///     allow_credentials = true
    ///     max_age = 7200
    ///     "#,
    /// )?;
    /// let policy = Policy::from_config(&config.cors.named("cors"))?;
    /// assert!(policy.allows_origin("https://shop.example.net"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The result is a policy like any other: adapters take it, and [`explain`](Self::explain), `Display` and
    /// exports work as usual. To replace it while the server runs, use a [`LivePolicy`](crate::LivePolicy).
    ///
    /// # Errors
    ///
    /// Returns every mistake, with its path and, if the correction is clear, the value to write instead.
    pub fn from_config(config: &PolicyConfig) -> Result<Self, ConfigError> {
        let plan = cors_compiler::config::compile(config)?;
        Ok(Self::from_loaded(LoadedPolicy::new(plan)))
    }

    /// Creates a policy from the output of the compiler, for front ends other than configuration.
    /// Unstable, like the compiler.
    ///
    /// Returns `None` if the plan needs a program: for a function, a condition of a build, or the list in place of
    /// `Configured`.
    #[doc(hidden)]
    #[must_use]
    pub fn from_plan(plan: Plan) -> Option<Self> {
        let needs_program = plan.arms.iter().any(|arm| {
            let strategy = &arm.strategy;
            arm.condition.is_some()
                || matches!(strategy, Strategy::Configured | Strategy::Predicate(_))
        });
        (!needs_program).then(|| Self::from_loaded(LoadedPolicy::new(plan)))
    }
}
