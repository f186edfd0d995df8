//! Features of `cors-runtime` that the text of a policy can need.

/// A feature without which a part of the language is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// `Configured`. The expansion checks it, because only the runtime depends on it.
    Origins,
    /// `regex(..)`. The compiler checks it, because it needs the engine.
    Regex,
}

impl Feature {
    /// All features.
    pub const ALL: [Self; 2] = [Self::Origins, Self::Regex];

    /// Returns the name in `Cargo.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Origins => "origins",
            Self::Regex => "regex",
        }
    }

    /// Returns the fact, as a phrase that follows the part of the policy.
    #[must_use]
    pub fn needed(self) -> String {
        let name = self.name();
        format!(" needs the feature `{name}` of `cors-runtime`, which is off")
    }

    /// Returns what to change.
    #[must_use]
    pub fn how_to_add(self) -> String {
        let name = self.name();
        format!("in `Cargo.toml`, add `{name}` to the features of `cors-runtime`")
    }
}
