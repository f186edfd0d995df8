//! Checks that a correction only contains domains of the text that it corrects.
//!
//! People paste corrections without checking them. So a correction is only suggested if the text contains its
//! domain, as whole labels.

use alloc::string::{String, ToString};

use super::bytes::contains_byte;
use super::host::parent;
use super::{Host, Pattern};
use crate::origin::is_loopback_host;

/// Returns whether `text` contains the domain of `pattern` after a scheme or a dot, as whole labels that are not next
/// to a wildcard. Addresses, and hosts in Unicode, count as contained,
/// because they are parsed from the text itself.
#[must_use]
pub fn is_written(text: &str, pattern: &Pattern) -> bool {
    // `!example.com` excludes it.
    if text.trim_start().starts_with('!') {
        return false;
    }
    let Host::Domain(labels) = &pattern.host else {
        return true;
    };
    let parent = parent(labels);
    // These exclude or separate. The URL standard lets hosts have them, but nobody owns such a name.
    if contains_byte(&parent, |byte| matches!(byte, b'!' | b';' | b',')) {
        return false;
    }
    let domain = registrable(&parent);
    if domain.is_empty() || !text.is_ascii() {
        return true;
    }
    let text = text.to_ascii_lowercase();
    // This machine has no other owner, whatever is next to it.
    if is_loopback_host(&parent) && text.contains(&parent) {
        return true;
    }
    let mut places = text.match_indices(domain);
    places.any(|(place, _)| {
        let (before, rest) = text.split_at(place);
        let after = &rest[domain.len()..];
        // The dot of the root.
        let after = after.strip_prefix('.').unwrap_or(after);
        starts_label(before) && ends_host(after)
    })
}

/// Returns the registrable domain of a host, or all of it if it has none.
pub(super) fn domain(pattern: &Pattern) -> String {
    match &pattern.host {
        Host::Ip(host) | Host::Opaque(host) => host.clone(),
        Host::Domain(labels) => registrable(&parent(labels)).to_string(),
    }
}

fn starts_label(before: &str) -> bool {
    // `https://*example.com` means what is below the domain.
    match before.as_bytes() {
        [] | [.., b'/', b'*'] => true,
        [.., last] => b"/.@:,;\"'`[ ".contains(last),
    }
}

fn ends_host(after: &str) -> bool {
    match after.as_bytes() {
        [] => true,
        [next, ..] => !next.is_ascii_alphanumeric() && !b"-_.*{<$".contains(next),
    }
}

/// Returns whether a text without a scheme is certainly a host: this machine, or a name below a public suffix.
/// Other words may be anything, such as the name of a variable.
pub(super) fn is_surely_a_host(text: &str, pattern: &Pattern) -> bool {
    match &pattern.host {
        Host::Opaque(_) => false,
        Host::Ip(address) => {
            is_loopback_host(address) && !text.trim_start_matches('/').contains('/')
        }
        Host::Domain(labels) => {
            let parent = parent(labels);
            is_loopback_host(&parent) || is_listed(&parent)
        }
    }
}

#[cfg(feature = "public-suffix")]
fn registrable(host: &str) -> &str {
    crate::public_suffix::registrable(host)
}

/// Without the list, every label may be one of the domain.
#[cfg(not(feature = "public-suffix"))]
fn registrable(host: &str) -> &str {
    host
}

#[cfg(feature = "public-suffix")]
fn is_listed(host: &str) -> bool {
    use crate::public_suffix::{Name, classify, has_listed_end};
    match classify(host) {
        Name::Registrable { .. } => has_listed_end(host),
        Name::Private => host.contains('.'),
        Name::PublicSuffix | Name::Standalone => false,
    }
}

#[cfg(not(feature = "public-suffix"))]
fn is_listed(_: &str) -> bool {
    false
}
