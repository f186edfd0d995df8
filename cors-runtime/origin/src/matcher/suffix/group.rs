//! Groups of patterns with the same beginning, and tables of their endings.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::SuffixTable;
use crate::matcher::hash::{HashTable, HashTableBuf, MIN_KEY_LEN};
use crate::matcher::wildcard::{PortRule, SingleWildcard, Wildcard};
use crate::origin::is_label_byte;

/// The common part of patterns that only differ in their endings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuffixGroupStart {
    /// The text before the wildcard.
    pub before: String,
    /// The wildcard, if there is one.
    pub wildcard: Wildcard,
    /// The text between the wildcard and the first dot after it.
    pub between: String,
    /// The ports that are accepted.
    pub port: PortRule,
}

impl SuffixGroupStart {
    /// Splits a pattern into its beginning and its ending: the text from the first dot after the
    /// wildcard, or the whole text if there is no wildcard. Returns `None` if the ending cannot be
    /// hashed.
    #[must_use]
    pub fn split(pattern: &SingleWildcard) -> Option<(Self, &str)> {
        let dot = match pattern.wildcard {
            Wildcard::None => 0,
            // A wildcard matches up to the first byte that no label contains.
            Wildcard::Label | Wildcard::Labels => pattern.after.find('.')?,
        };
        let (between, ending) = pattern.after.split_at(dot);
        let is_read_by_wildcard = between.bytes().all(is_label_byte);
        if !is_read_by_wildcard || ending.len() < MIN_KEY_LEN {
            return None;
        }
        let start = Self {
            before: pattern.before.clone(),
            wildcard: pattern.wildcard,
            between: between.to_owned(),
            port: pattern.port,
        };
        Some((start, ending))
    }

    /// Returns a text that no other beginning has.
    pub(crate) fn to_text(&self) -> String {
        let mut text = self.before.clone();
        text.push_str(self.wildcard.as_str());
        text.push_str(&self.between);
        if let PortRule::AnyBut(default) = self.port {
            text.push_str(&format!(":{default}"));
        }
        text
    }
}

/// Patterns that only differ in their endings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuffixGroup {
    start: SuffixGroupStart,
    dots: Option<(usize, usize)>,
    endings: HashTableBuf,
}

impl SuffixGroup {
    /// Builds the table of the endings, as [`SuffixGroupStart::split`] returns them.
    #[must_use]
    pub fn new(start: SuffixGroupStart, endings: &[&str]) -> Self {
        let (mut least, mut most) = (usize::MAX, 0);
        for ending in endings {
            let dots = ending.matches('.').count();
            (least, most) = (least.min(dots), most.max(dots));
        }
        Self {
            dots: (start.wildcard == Wildcard::Labels).then_some((least, most)),
            endings: HashTableBuf::new(endings),
            start,
        }
    }

    /// Returns the common part of the patterns.
    #[must_use]
    pub fn start(&self) -> &SuffixGroupStart {
        &self.start
    }

    /// Returns the table of the endings.
    #[must_use]
    pub fn endings(&self) -> HashTable<'_> {
        self.endings.view()
    }

    /// Returns the table of the patterns. Returns `None` if they have no wildcard, in which case the table
    /// of the endings contains them.
    #[must_use]
    #[inline]
    pub fn view(&self) -> Option<SuffixTable<'_>> {
        (self.start.wildcard != Wildcard::None).then(|| SuffixTable {
            before: &self.start.before,
            dots: self.dots,
            between: &self.start.between,
            after: self.endings.view(),
        })
    }

    /// Returns whether one of the patterns accepts `origin`.
    #[must_use]
    #[inline]
    pub fn matches(&self, origin: &[u8]) -> bool {
        let origin = self.start.port.strip(origin);
        match self.view() {
            None => self.endings.view().contains(origin),
            Some(table) => table.matches(origin),
        }
    }

    /// Returns the number of patterns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.endings.len()
    }

    /// Returns whether there are no patterns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.endings.is_empty()
    }

    /// Returns the patterns in source form, in alphabetical order.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let SuffixGroupStart {
            before,
            wildcard,
            between,
            port,
        } = &self.start;
        let port = match port {
            PortRule::Exact => "",
            PortRule::AnyBut(_) => ":*",
        };
        let wildcard = wildcard.as_str();
        let mut patterns = Vec::with_capacity(self.len());
        for ending in self.endings.to_vec() {
            patterns.push(format!("{before}{wildcard}{between}{ending}{port}"));
        }
        patterns
    }
}
