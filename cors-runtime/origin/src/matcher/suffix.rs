//! Many patterns that start alike: what they end in is looked up by a hash.

#[cfg(feature = "alloc")]
mod group;

#[cfg(feature = "alloc")]
pub use group::{SuffixGroup, SuffixGroupStart};

use super::hash::HashTable;
use super::text::{bytes_eq, strip_affixes};
use super::wildcard::{are_labels, label_prefix_len};

/// Patterns that differ in nothing but what they end in, each from a dot on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuffixTable<'t> {
    /// The text before the wildcard.
    pub before: &'t str,
    /// For `**`, the least and the greatest number of dots that the text after the wildcard has.
    pub dots: Option<(usize, usize)>,
    /// The text between the wildcard and the dot; empty for `**`.
    pub between: &'t str,
    /// The texts from the dot on.
    pub after: HashTable<'t>,
}

impl SuffixTable<'_> {
    /// Whether one of the patterns accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        match (strip_affixes(origin, self.before, ""), self.dots) {
            (None, _) => false,
            (Some(rest), None) => self.label(rest),
            (Some(rest), Some(dots)) => self.labels(rest, dots),
        }
    }

    /// `*`: what is looked up starts with the first dot.
    #[inline]
    fn label(&self, rest: &[u8]) -> bool {
        let (label, after) = rest.split_at(label_prefix_len(rest));
        let Some(wildcard @ 1..) = label.len().checked_sub(self.between.len()) else {
            return false;
        };
        bytes_eq(&label[wildcard..], self.between.as_bytes()) && self.after.contains(after)
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
