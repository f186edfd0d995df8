//! A pattern, split at its wildcard.

use alloc::format;
use alloc::string::String;
use alloc::vec;

use super::{PortRule, Wildcard, matches_label, matches_labels};
use crate::pattern::{Host, LabelPart, Pattern, Port};

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
        let mut texts = vec![format!("{}://", pattern.scheme)];
        let mut wildcard = Wildcard::None;
        match &pattern.host {
            Host::Ip(host) | Host::Opaque(host) => texts[0] += host,
            Host::Domain(labels) => {
                for (index, label) in labels.iter().enumerate() {
                    let dot = if index > 0 { "." } else { "" };
                    *texts.last_mut()? += dot;
                    for part in &label.parts {
                        match part {
                            LabelPart::Text(text) => *texts.last_mut()? += text,
                            LabelPart::Wildcard | LabelPart::DeepWildcard => {
                                wildcard = match part {
                                    LabelPart::DeepWildcard => Wildcard::Labels,
                                    _ => Wildcard::Label,
                                };
                                texts.push(String::new());
                            }
                        }
                    }
                }
            }
        }
        let port = match pattern.port {
            Port::Implicit => PortRule::Exact,
            Port::Number(number) => {
                *texts.last_mut()? += &format!(":{number}");
                PortRule::Exact
            }
            Port::Any => PortRule::AnyBut(pattern.default_port().unwrap_or(0)),
        };
        let (before, after) = match texts.as_slice() {
            [text] => (String::new(), text.clone()),
            [before, after] => (before.clone(), after.clone()),
            _ => return None,
        };
        Some(Self {
            before,
            wildcard,
            after,
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
