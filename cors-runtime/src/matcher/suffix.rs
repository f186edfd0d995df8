//! Many patterns that start alike: what they end in is looked up by a hash.

use super::hashed::Hashed;
use super::pattern::{are_labels, wild};
use super::text::{between, equal};

/// Patterns that differ in nothing but what they end in, each from a dot on.
pub struct Suffixes {
    /// What stands before the wildcard.
    pub before: &'static str,
    /// How many dots what stands after the wildcard has, if that is `**`: at least and at most.
    pub dots: Option<(usize, usize)>,
    /// What stands between the wildcard and the dot; nothing after `**`.
    pub between: &'static str,
    /// What stands from the dot on.
    pub after: Hashed,
}

impl Suffixes {
    /// Whether one of the patterns accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        match (between(origin, self.before, ""), self.dots) {
            (None, _) => false,
            (Some(rest), None) => self.label(rest),
            (Some(rest), Some(dots)) => self.labels(rest, dots),
        }
    }

    /// `*`: what is looked up starts with the first dot.
    #[inline]
    fn label(&self, rest: &[u8]) -> bool {
        let (label, after) = rest.split_at(wild(rest));
        let Some(wildcard @ 1..) = label.len().checked_sub(self.between.len()) else {
            return false;
        };
        equal(&label[wildcard..], self.between.as_bytes()) && self.after.contains(after)
    }

    /// `**`: what is looked up starts with one of the last dots.
    #[inline]
    fn labels(&self, rest: &[u8], (least, most): (usize, usize)) -> bool {
        let dots = rest
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, byte)| **byte == b'.');
        dots.take(most).skip(least - 1).any(|(dot, _)| {
            let (labels, after) = rest.split_at(dot);
            self.after.contains(after) && are_labels(labels)
        })
    }
}
