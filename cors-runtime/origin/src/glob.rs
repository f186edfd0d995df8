//! Matches a pattern, given as text, with an origin: in one pass, without a table or an allocation.
//!
//! Matchers decide whether a list accepts an origin. This finds the entry that did, or that nearly
//! does.

#[cfg(feature = "patterns")]
use alloc::format;

use crate::origin::{Origin, is_label_byte, split};

/// A pattern, or an origin, split into the texts of its scheme, host and port.
#[derive(Debug, Clone, Copy)]
pub struct Glob<'p> {
    scheme: &'p str,
    host: &'p str,
    port: Option<&'p str>,
}

impl<'p> Glob<'p> {
    /// Splits a valid pattern. Returns `None` for `null`.
    pub fn new(pattern: &'p str) -> Option<Self> {
        let (scheme, host, port) = split(pattern)?;
        Some(Self { scheme, host, port })
    }

    /// Returns the host, with its wildcards.
    pub fn host(&self) -> &'p str {
        self.host
    }

    /// Splits the host before its first dot.
    pub fn split_first_label(&self) -> (&'p str, &'p str) {
        self.host
            .split_at(self.host.find('.').unwrap_or(self.host.len()))
    }

    /// Returns whether the pattern accepts an origin.
    pub fn accepts(&self, origin: &Origin<'_>) -> bool {
        self.accepts_scheme(origin) && self.accepts_port(origin) && self.accepts_host(origin)
    }

    /// Returns whether the pattern accepts everything that another one accepts.
    #[cfg(feature = "patterns")]
    pub fn covers(&self, other: &Self) -> bool {
        let covers_port = self.port == Some("*") || self.port == other.port;
        self.scheme == other.scheme && covers_port && self.covers_host(other.host)
    }

    /// A `*` of the other pattern counts as a byte that only a wildcard matches. If a pattern
    /// accepts `**` as one label and as two, it accepts any number of labels.
    #[cfg(feature = "patterns")]
    fn covers_host(&self, other: &str) -> bool {
        match (self.host.strip_prefix("**"), other.strip_prefix("**")) {
            _ if other.starts_with('[') => self.host == other,
            (Some(rest), Some(other)) => has_subdomain(&format!("*{other}"), rest),
            (Some(rest), None) => has_subdomain(other, rest),
            (None, Some(_)) => false,
            (None, None) => labels_match(self.host, other),
        }
    }

    /// Returns whether the pattern has the scheme of an origin.
    pub fn accepts_scheme(&self, origin: &Origin<'_>) -> bool {
        self.scheme == origin.scheme()
    }

    /// Returns whether the pattern has the port of an origin, or `:*`.
    pub fn accepts_port(&self, origin: &Origin<'_>) -> bool {
        match self.port {
            Some("*") => true,
            Some(digits) => digits.parse().ok() == origin.port(),
            None => origin.port().is_none(),
        }
    }

    /// Returns whether the pattern accepts the host of an origin.
    pub fn accepts_host(&self, origin: &Origin<'_>) -> bool {
        match self.host.strip_prefix("**") {
            // No wildcard matches an address in brackets.
            _ if origin.host().starts_with('[') => self.host == origin.host(),
            // No entry contains a literal `*`.
            _ if origin.host().as_bytes().contains(&b'*') => false,
            Some(rest) => has_subdomain(origin.host(), rest),
            None => labels_match(self.host, origin.host()),
        }
    }
}

/// Returns whether `rest` accepts `host` without some of its first labels. `rest` starts with a
/// dot, or is empty.
pub fn has_subdomain(host: &str, rest: &str) -> bool {
    // The last labels, as many as `rest` has, follow the same number of dots.
    match rest.matches('.').count().checked_sub(1) {
        None => are_labels(host),
        Some(dots) => {
            let place = host.rmatch_indices('.').nth(dots);
            place.is_some_and(|(place, _)| {
                are_labels(&host[..place]) && labels_match(rest, &host[place..])
            })
        }
    }
}

/// Returns whether `**` matches a text.
fn are_labels(text: &str) -> bool {
    let mut labels = text.split('.');
    labels.all(|label| !label.is_empty() && count_other_bytes(label) == 0)
}

/// Returns the number of bytes that no wildcard matches.
fn count_other_bytes(text: &str) -> usize {
    let mut count = 0;
    for byte in text.bytes() {
        count += usize::from(!is_label_byte(byte) && byte != b'*');
    }
    count
}

fn labels_match(pattern: &str, host: &str) -> bool {
    let (mut patterns, mut labels) = (pattern.split('.'), host.split('.'));
    loop {
        match (patterns.next(), labels.next()) {
            (None, None) => return true,
            (Some(pattern), Some(label)) if label_matches(pattern, label) => {}
            _ => return false,
        }
    }
}

/// Returns whether a label matches a pattern in which each `*` matches one or more bytes.
///
/// Searches the texts between wildcards from left to right. This is complete, because each match
/// leaves as much text as possible for the next ones.
fn label_matches(pattern: &str, label: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == label;
    };
    // Wildcards match none of these bytes, so the texts must contain all of them.
    if count_other_bytes(pattern) != count_other_bytes(label) {
        return false;
    }
    let Some(mut left) = label.strip_prefix(first) else {
        return false;
    };
    let mut texts = rest.split('*').peekable();
    while let Some(text) = texts.next() {
        // The byte that the `*` before `text` must match.
        let Some(behind) = left.get(1..) else {
            return false;
        };
        if texts.peek().is_none() {
            return behind.ends_with(text);
        }
        match behind.find(text) {
            Some(place) => left = &behind[place + text.len()..],
            None => return false,
        }
    }
    false
}
