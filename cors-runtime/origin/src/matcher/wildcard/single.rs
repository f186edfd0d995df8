//! A pattern, split at its wildcard.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::{PortRule, Wildcard, matches_label, matches_labels};
use crate::pattern::Pattern;

/// A pattern with at most one wildcard in its host, with or without `:*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleWildcard {
    /// The text before the wildcard; empty if there is none.
    pub before: String,
    /// The wildcard.
    pub wildcard: Wildcard,
    /// The text after the wildcard, without `:*`.
    pub after: String,
    /// The ports that are accepted.
    pub port: PortRule,
}

impl SingleWildcard {
    /// Splits a pattern at its wildcard. Returns `None` if it has several.
    #[must_use]
    pub fn new(pattern: &Pattern) -> Option<Self> {
        let text = pattern.to_text();
        let (text, port) = match text.strip_suffix(":*") {
            Some(text) => (text, PortRule::AnyBut(pattern.default_port().unwrap_or(0))),
            None => (text.as_str(), PortRule::Exact),
        };
        let (before, wildcard, after) = if let Some((before, after)) = text.split_once("**") {
            (before, Wildcard::Labels, after)
        } else if let Some((before, after)) = text.split_once('*') {
            (before, Wildcard::Label, after)
        } else {
            ("", Wildcard::None, text)
        };
        if after.contains('*') {
            return None;
        }
        Some(Self {
            before: before.to_owned(),
            wildcard,
            after: after.to_owned(),
            port,
        })
    }

    /// Returns whether the pattern accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        let origin = self.port.strip(origin);
        match self.wildcard {
            Wildcard::None => origin == self.after.as_bytes(),
            Wildcard::Label => matches_label(origin, &self.before, &self.after),
            Wildcard::Labels => matches_labels(origin, &self.before, &self.after),
        }
    }
}
