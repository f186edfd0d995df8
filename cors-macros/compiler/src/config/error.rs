//! Why a policy from configuration is refused: every mistake at once.

use core::error::Error;
use core::fmt;

/// Why a policy from configuration is refused. Nothing of such a policy takes effect.
///
/// `Display` prints every mistake: where it is, what is wrong and its check on one line, then why, and
/// what to write instead. So does `Debug`, which a program prints that returns the error from `main`.
///
/// ```
/// use cors_compiler::config::{PolicyConfig, compile};
///
/// let config = PolicyConfig::new()
///     .named("cors")
///     .with("allow_origins", ["https://example.com", "https://shop.example.com/"]);
/// assert_eq!(
///     compile(&config).unwrap_err().to_string(),
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

/// A key or a value that is refused.
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
    /// Returns the path of what is wrong, such as `cors.rules[0].allow_origins[1]`. It is empty if that is
    /// a policy as a whole that has no name.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of the check, such as `origin-trailing-slash`: a section of
    /// `cors_runtime::diagnostics`.
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

    /// Returns what to do about it.
    #[must_use]
    pub fn helps(&self) -> &[String] {
        &self.helps
    }

    /// Returns what to write in its place, if that is clear: a value, or several elements of a list with
    /// commas between them. Strings are those of TOML, YAML and JSON, tables those of TOML.
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
