//! Public suffixes: names under which anyone can register. <https://publicsuffix.org/list/>
//!
//! `rules.txt` is the whole list, as text that is searched in place. As code, it would take longer
//! to compile than the rest of this crate.

mod shared;

pub use shared::SHARED_HOSTS;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::str::Lines;

use crate::origin::is_number;

/// One rule on each line, sorted. Labels are in reverse order, so that the rules below a name are
/// adjacent: `com.amazonaws.s3` is `s3.amazonaws.com`. Comments sort before everything else.
pub const RULES: &str = include_str!("rules.txt");

/// Names that nobody can register: reserved ones, and those for private use.
///
/// - [RFC 6761](https://www.rfc-editor.org/rfc/rfc6761): `example`, `invalid`, `localhost`, `test`
/// - [RFC 6762](https://www.rfc-editor.org/rfc/rfc6762#appendix-G): `local`, and the names in
///   appendix G
/// - [RFC 8375](https://www.rfc-editor.org/rfc/rfc8375): `home.arpa`
/// - [RFC 9476](https://www.rfc-editor.org/rfc/rfc9476): `alt`
/// - [ICANN, 2024](https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en): `internal`
const RESERVED: [&str; 13] = [
    "alt",
    "corp",
    "example",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localhost",
    "private",
    "test",
];

/// The classification of a name, by its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A public suffix (of registries, and of services that give away names), or a host that
    /// strangers share. Names to the left may have other owners.
    PublicSuffix,
    /// A name under a public suffix. It belongs to the owner of its registrable domain, except for
    /// public suffixes further left, if there are any (`s3.amazonaws.com` is one).
    Registrable {
        /// Whether there are public suffixes further left.
        has_suffixes_below: bool,
    },
    /// Reserved, or in a private network, whose operator owns it.
    Private,
    /// A separate host; names to the left may have other owners. An address, or part of one; a host
    /// below one that strangers share; a single label that is on no list.
    Standalone,
}

/// Classifies a host, given without a trailing dot.
pub fn classify(host: &str) -> Name {
    let last = host.rsplit('.').next().unwrap_or(host);
    if is_end_of_address(last) {
        return Name::Standalone;
    }
    if ends_in(host, &|name| RESERVED.contains(&name)).is_some() {
        return Name::Private;
    }
    match ends_in(host, &is_shared) {
        Some(shared) if shared.len() == host.len() => return Name::PublicSuffix,
        Some(_) => return Name::Standalone,
        None => {}
    }
    match suffix(host) {
        Some(suffix) if suffix.len() == host.len() => Name::PublicSuffix,
        None if host.len() == last.len() => Name::Standalone,
        // The default rule, for names that are not on the list, is `*`.
        _ => Name::Registrable {
            has_suffixes_below: has_suffixes_below(host),
        },
    }
}

/// Returns whether the top-level name of a host is on the list, in which case a registry gives
/// away names.
pub fn has_listed_end(host: &str) -> bool {
    suffix(host).is_some()
}

/// Returns whether the last label of a host is the end of an address.
fn is_end_of_address(label: &str) -> bool {
    label.starts_with('[') || is_number(label)
}

/// Returns the longest suffix of a host for which `is_it` holds.
fn ends_in<'h>(host: &'h str, is_it: &dyn Fn(&str) -> bool) -> Option<&'h str> {
    let mut name = host;
    while !is_it(name) {
        (_, name) = name.split_once('.')?;
    }
    Some(name)
}

fn is_shared(name: &str) -> bool {
    let place = SHARED_HOSTS.binary_search_by_key(&name, |(name, _)| name);
    place.is_ok()
}

/// Returns whether a host is one that strangers share, or is below one.
pub(crate) fn is_shared_host(host: &str) -> bool {
    ends_in(host, &is_shared).is_some()
}

fn has_suffixes_below(host: &str) -> bool {
    let is_below = |name: &str| {
        name.strip_suffix(host)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    has_rules_below(&reversed(host)) || SHARED_HOSTS.iter().any(|(name, _)| is_below(name))
}

/// Returns the registrable domain of a host: its public suffix and one more label, or the host
/// itself if it is a suffix.
pub fn registrable(host: &str) -> &str {
    match classify(host) {
        Name::PublicSuffix | Name::Standalone => host,
        Name::Registrable { .. } | Name::Private => registrable_domain(host).unwrap_or(host),
    }
}

/// Returns the [registrable domain](https://url.spec.whatwg.org/#host-registrable-domain) of a host,
/// as browsers determine it: without the supplement of [`SHARED_HOSTS`], and with the default rule
/// `*` for reserved names as well. The dot of the root counts. Returns `None` for addresses and for
/// public suffixes.
pub fn registrable_domain(host: &str) -> Option<&str> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    if is_end_of_address(last) {
        return None;
    }
    let suffix = suffix(name).unwrap_or(last);
    let left = name[..name.len() - suffix.len()].strip_suffix('.')?;
    let start = left.rfind('.').map_or(0, |dot| dot + 1);
    Some(&host[start..])
}

/// Returns the rules for names below `name`, and the hosts below it that strangers share: a name,
/// `*.` and a name, or `!` and the name of an exception. Calls `accepts` for each of their labels,
/// from right to left, with the number of labels between it and `name`. Skips rules with a label
/// that is not accepted.
pub fn rules_below(name: &str, mut accepts: impl FnMut(usize, &str) -> bool) -> Vec<String> {
    accepted_below(name, &mut accepts)
}

fn accepted_below(name: &str, accepts: &mut dyn FnMut(usize, &str) -> bool) -> Vec<String> {
    let prefix = reversed(name) + ".";
    let mut rules = Vec::new();
    let mut rest = from(&prefix);
    while let Some(rule) = rest.next()
        && rule.starts_with(&prefix)
    {
        let mut end = prefix.len();
        let mut is_accepted = true;
        for (depth, label) in rule[prefix.len()..].split('.').enumerate() {
            end += label.len() + 1;
            is_accepted = accepts(depth, label.trim_start_matches('!'));
            if !is_accepted {
                break;
            }
        }
        if is_accepted {
            rules.push(spelled(rule));
        } else if end <= rule.len() {
            // Skips everything to the left of this label: `/` sorts immediately after the dot.
            rest = from(&format!("{}/", &rule[..end - 1]));
        }
    }
    for (shared, _) in SHARED_HOSTS {
        let below = shared.strip_suffix(name);
        let Some(below) = below.and_then(|below| below.strip_suffix('.')) else {
            continue;
        };
        let mut labels = below.rsplit('.').enumerate();
        if labels.all(|(depth, label)| accepts(depth, label)) {
            rules.push((*shared).to_string());
        }
    }
    rules
}

/// Returns the public suffix of a host; `None` if its top-level name is not on the list.
/// <https://github.com/publicsuffix/list/wiki/Format#algorithm>
fn suffix(host: &str) -> Option<&str> {
    let mut suffix = None;
    let mut parent = String::new();
    let mut start = host.len() + 1;
    for label in host.rsplit('.') {
        if is_listed(&format!("{parent}!{label}")) {
            // An exception wins: the suffix is the parent of its name.
            return host.get(start..);
        }
        start -= label.len() + 1;
        let name = format!("{parent}{label}");
        if is_listed(&name) || !parent.is_empty() && is_listed(&format!("{parent}*")) {
            suffix = Some(&host[start..]);
        } else if parent.is_empty() {
            // No rule for the name itself, but possibly for names below it, as in `*.ck`.
            if !has_rules_below(&name) {
                return None;
            }
            suffix = Some(label);
        }
        parent = name + ".";
    }
    suffix
}

/// Returns a rule in normal order.
fn spelled(rule: &str) -> String {
    match rule.split_once('!') {
        Some((parent, label)) => format!("!{}", reversed(&format!("{parent}{label}"))),
        None => reversed(rule),
    }
}

fn is_listed(rule: &str) -> bool {
    from(rule).next() == Some(rule)
}

/// Returns whether there are rules for names below a name, which is in reverse order.
fn has_rules_below(name: &str) -> bool {
    let prefix = format!("{name}.");
    match from(&prefix).next() {
        Some(rule) => rule.starts_with(&prefix),
        None => false,
    }
}

/// Returns the rules from `rule` on, by a binary search over the bytes of the text.
fn from(rule: &str) -> Lines<'static> {
    let text = RULES.as_bytes();
    let is_end = |byte: &u8| *byte == b'\n';
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = text[low..middle]
            .iter()
            .rposition(is_end)
            .map_or(low, |end| low + end + 1);
        let end = text[middle..]
            .iter()
            .position(is_end)
            .map_or(text.len(), |end| middle + end);
        match text[start..end].cmp(rule.as_bytes()) {
            Ordering::Less => low = (end + 1).min(high),
            Ordering::Equal | Ordering::Greater => high = start,
        }
    }
    RULES[low..].lines()
}

fn reversed(name: &str) -> String {
    let mut reversed = String::with_capacity(name.len());
    let mut dot = "";
    for label in name.rsplit('.') {
        reversed.push_str(dot);
        reversed.push_str(label);
        dot = ".";
    }
    reversed
}
