//! Why a policy from configuration is refused: every mistake at once.

use core::error::Error;
use core::fmt;

/// The error for a policy from configuration that has mistakes. No part of such a policy takes effect.
///
/// `Display` prints every mistake: one line with its path, the problem and the name of the check, then
/// notes and help. So does `Debug`, which a program prints if `main` returns the error. The
/// texts may change in any release; use [`iter`](Self::iter) in code.
///
/// ```
/// # use cors_compiler::config::{PolicyConfig, compile};
/// # struct Policy;
/// # impl Policy {
/// #     fn from_config(config: &PolicyConfig) -> Result<(), cors_compiler::config::ConfigError> {
/// #         compile(config).map(drop)
/// #     }
/// # }
/// let config = PolicyConfig::new()
///     .named("cors")
///     .with("allow_origins", ["https://example.com", "https://shop.example.com/"]);
/// let error = Policy::from_config(&config).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\
/// cors.allow_origins[1]: origin `https://shop.example.com/` has a trailing slash (origin-trailing-slash)
///   note: an origin is a scheme, a host and an optional port
///   help: write `\"https://shop.example.com\"`
/// ",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Not empty.
    pub(super) settings: Vec<InvalidSetting>,
}

/// A mistake in a policy from configuration: a key or a value that is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSetting {
    pub(super) path: String,
    pub(super) check: &'static str,
    pub(super) title: String,
    pub(super) notes: Vec<String>,
    pub(super) helps: Vec<String>,
    pub(super) corrected: Option<String>,
}

impl ConfigError {
    /// Returns every mistake, in the order of the configuration.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &InvalidSetting> {
        self.settings.iter()
    }
}

impl InvalidSetting {
    /// Returns the path of the key or value, such as `cors.rules[0].allow_origins[1]`. It is empty if the
    /// mistake concerns the whole policy, and the policy has no name.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of the check, such as `origin-trailing-slash`. `cors_runtime::diagnostics` has a
    /// section of that name.
    #[must_use]
    pub fn check(&self) -> &'static str {
        self.check
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns why it is wrong.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Returns advice on how to fix it.
    #[must_use]
    pub fn helps(&self) -> &[String] {
        &self.helps
    }

    /// Returns the correction, if it is clear: a value, or several elements of a list, separated by commas.
    /// Strings have the syntax that TOML, YAML and JSON share; tables have that of TOML.
    #[must_use]
    pub fn corrected(&self) -> Option<&str> {
        self.corrected.as_deref()
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.title)?,
            path => write!(f, "{path}: {}", self.title)?,
        }
        writeln!(f, " ({})", self.check)?;
        for note in &self.notes {
            writeln!(f, "  note: {note}")?;
        }
        for help in &self.helps {
            writeln!(f, "  help: {help}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.iter().try_for_each(|setting| setting.fmt(f))
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ConfigError {}
