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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Features that only add items to the runtime.
    const OTHERS: [&str; 10] = [
        "actix-web",
        "config",
        "default",
        "export",
        "http",
        "rocket",
        "serde",
        "testing",
        "tower",
        "tracing",
    ];

    /// A feature that is added belongs to one of the two lists.
    #[test]
    fn every_feature_of_the_runtime_is_known() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cors-runtime/Cargo.toml");
        let manifest = fs::read_to_string(Path::new(manifest)).unwrap();
        let (_, features) = manifest.split_once("\n[features]\n").unwrap();
        let (features, _) = features.split_once("\n[").unwrap();
        let names = features.lines().filter_map(|line| line.split_once(" = "));
        let mut names: Vec<&str> = names.map(|(name, _)| name).collect();
        names.sort_unstable();
        let mut known = OTHERS.to_vec();
        known.extend(Feature::ALL.map(Feature::name));
        known.sort_unstable();
        assert_eq!(names, known);
    }
}
