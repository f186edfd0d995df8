//! Many patterns with the same beginning: a hash finds their endings.

#[cfg(feature = "patterns")]
mod group;

#[cfg(feature = "patterns")]
pub use group::{SuffixGroup, SuffixGroupStart};

use super::hash::HashTable;
use super::text::{bytes_eq, strip_affixes};
use super::wildcard::{are_labels, label_prefix_len};

/// Patterns that only differ in their endings, each of which starts with a dot.
#[derive(Debug, Clone, Copy)]
pub struct SuffixTable<'t> {
    /// The text before the wildcard.
    pub before: &'t str,
    /// For `**`, the minimum and maximum number of dots in the text after the wildcard.
    pub dots: Option<(usize, usize)>,
    /// The text between the wildcard and the first dot after it; empty for `**`.
    pub between: &'t str,
    /// The endings, including the first dot.
    pub after: HashTable<'t>,
}

impl SuffixTable<'_> {
    /// Returns whether one of the patterns accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        match (strip_affixes(origin, self.before, ""), self.dots) {
            (None, _) => false,
            (Some(rest), None) => self.label(rest),
            (Some(rest), Some(dots)) => self.labels(rest, dots),
        }
    }

    /// `*`: the ending starts with the first dot.
    #[inline]
    fn label(&self, rest: &[u8]) -> bool {
        let (label, after) = rest.split_at(label_prefix_len(rest));
        let Some(wildcard @ 1..) = label.len().checked_sub(self.between.len()) else {
            return false;
        };
        bytes_eq(&label[wildcard..], self.between.as_bytes()) && self.after.contains(after)
    }

    /// `**`: the ending starts with one of the last dots.
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
