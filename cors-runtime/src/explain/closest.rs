//! Near misses: the entry that a denied origin nearly matches, and the name that a method or a
//! header nearly equals.

use core::net::Ipv4Addr;

use crate::configured::Configured;
use crate::rule::{OriginEntry, Rules};
use cors_origin::Origin;
use cors_origin::edit::is_one_edit;
use cors_origin::glob::{Glob, has_subdomain};
use cors_origin::matcher::dfa::DfaTable;
use cors_origin::origin::{MAX_ORIGIN_LEN, is_loopback_host, parse_bytes};

/// An entry that nearly accepts an origin.
#[derive(Clone, Copy)]
pub(super) struct Closest<'p> {
    /// The index of its rule.
    pub(super) rule: usize,
    pub(super) entry: &'p str,
    pub(super) mismatch: Mismatch,
}

/// The reason why an entry does not accept an origin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    Scheme,
    Port,
    /// One of the two starts with `www.`.
    Www,
    /// The origin ends with the dot of the DNS root.
    TrailingDot,
    /// The pattern is for subdomains, and the origin is the domain itself.
    ApexDomain,
    /// The pattern is for one label, and the origin has several.
    TooManyLabels,
    /// The entry is a pattern for part of a label, or a regex, and the origin has a different label in
    /// that place.
    OtherLabel,
    /// Both are on this machine, with different names.
    OtherLoopbackName,
    /// One letter differs, or two letters are swapped. The name may belong to somebody else.
    Typo,
    /// A look-alike domain, possibly registered to impersonate the entry.
    LookAlike,
}

/// Maximum number of regexes that are searched for a near miss.
const MAX_SEARCHED_REGEXES: usize = 4;

/// Maximum number of entries of a configured list that are searched. Each takes a few steps for
/// each byte.
const MAX_SEARCHED_LIST_LEN: usize = 1024;

/// Maximum length of origins that are searched for typos against regexes, which takes quadratic
/// time.
const MAX_SEARCHED_LEN: usize = 80;

/// Returns the entry that accepts `origin` except for one difference, in the rules with the given
/// indices. Entries of the same site come first, then typos, then look-alikes.
#[inline]
pub(super) fn closest_entry<'p>(
    rules: Rules<'p>,
    is_searched: &dyn Fn(usize) -> bool,
    configured: Configured<'p>,
    origin: &Origin<'_>,
) -> Option<Closest<'p>> {
    let variants = Variants::new(origin);
    let mut searched_regexes = 0;
    let comparisons: [Comparison<'_, 'p>; 4] = [
        &mut |entry| same_site(entry, origin, &variants),
        &mut |entry| typo(entry, origin),
        &mut |entry| {
            let OriginEntry::Regex { automaton, .. } = entry else {
                return None;
            };
            searched_regexes += 1;
            let is_searched = searched_regexes <= MAX_SEARCHED_REGEXES;
            let is_typo = is_searched && is_one_edit_from(&automaton.table(), origin);
            is_typo.then_some(Mismatch::Typo)
        },
        &mut |entry| {
            let pattern = glob(entry)?;
            looks_like(origin.host(), pattern.host()).then_some(Mismatch::LookAlike)
        },
    ];
    for compare in comparisons {
        for (rule, listed) in rules.iter().enumerate() {
            if !is_searched(rule) {
                continue;
            }
            let mut found = first_mismatch(&mut listed.entries(), compare);
            if found.is_none() && listed.is_configured() {
                let mut entries = configured.entries().take(MAX_SEARCHED_LIST_LEN);
                found = first_mismatch(&mut entries, compare);
            }
            if let Some((entry, mismatch)) = found {
                return Some(Closest {
                    rule,
                    entry,
                    mismatch,
                });
            }
        }
    }
    None
}

/// Returns why an entry nearly accepts an origin, if it does.
type Comparison<'c, 'p> = &'c mut dyn FnMut(&OriginEntry<'p>) -> Option<Mismatch>;

#[inline]
fn first_mismatch<'p>(
    entries: &mut dyn Iterator<Item = OriginEntry<'p>>,
    compare: Comparison<'_, 'p>,
) -> Option<(&'p str, Mismatch)> {
    for entry in entries {
        if let Some(mismatch) = compare(&entry) {
            return Some((entry.text(), mismatch));
        }
    }
    None
}

#[inline]
fn glob<'p>(entry: &OriginEntry<'p>) -> Option<Glob<'p>> {
    match *entry {
        OriginEntry::Origin(text) | OriginEntry::Pattern(text) => Glob::new(text),
        _ => None,
    }
}

/// Origins of the same site that differ from an origin in one way.
struct Variants {
    other_scheme: Option<Text>,
    without_port: Option<Text>,
    other_www: Option<Text>,
    without_dot: Option<Text>,
}

/// A short text without an allocation.
struct Text {
    bytes: [u8; MAX_ORIGIN_LEN],
    length: usize,
}

impl Text {
    /// Joins `parts`. Returns `None` if the result is longer than any origin.
    #[inline]
    fn new(parts: &[&str]) -> Option<Self> {
        let mut text = Self {
            bytes: [0; MAX_ORIGIN_LEN],
            length: 0,
        };
        for part in parts {
            let end = text.length + part.len();
            text.bytes
                .get_mut(text.length..end)?
                .copy_from_slice(part.as_bytes());
            text.length = end;
        }
        Some(text)
    }

    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Variants {
    #[inline]
    fn new(origin: &Origin<'_>) -> Self {
        let (scheme, host) = (origin.scheme(), origin.host());
        // A colon and the digits, or nothing.
        let port = &origin.as_str()[scheme.len() + "://".len() + host.len()..];
        let is_name = !host.starts_with('[') && !is_address(host);
        let other_scheme = match scheme {
            "http" => Some("https"),
            "https" => Some("http"),
            _ => None,
        };
        let with_host = |parts: [&str; 2]| Text::new(&[scheme, "://", parts[0], parts[1], port]);
        Self {
            other_scheme: other_scheme.and_then(|scheme| Text::new(&[scheme, "://", host, port])),
            without_port: (!port.is_empty())
                .then(|| Text::new(&[scheme, "://", host]))
                .flatten(),
            other_www: match host.strip_prefix("www.") {
                Some(rest) => with_host([rest, ""]),
                None if is_name => with_host(["www.", host]),
                None => None,
            },
            without_dot: host
                .strip_suffix('.')
                .and_then(|host| with_host([host, ""])),
        }
    }
}

/// Returns whether an entry accepts a variant of an origin. Does not call predicates.
#[inline]
fn accepts(entry: &OriginEntry<'_>, variant: Option<&Text>) -> bool {
    let Some(variant) = variant.map(Text::as_bytes) else {
        return false;
    };
    match *entry {
        OriginEntry::Origin(text) => text.as_bytes() == variant,
        OriginEntry::Pattern(_) => glob(entry)
            .zip(parse_bytes(variant))
            .is_some_and(|(pattern, origin)| pattern.accepts(&origin)),
        OriginEntry::Regex { automaton, .. } => automaton.table().matches(variant),
        OriginEntry::Any
        | OriginEntry::Null
        | OriginEntry::Configured
        | OriginEntry::Predicate { .. } => false,
    }
}

/// Returns why an entry for this site does not accept an origin.
#[inline]
fn same_site(
    entry: &OriginEntry<'_>,
    origin: &Origin<'_>,
    variants: &Variants,
) -> Option<Mismatch> {
    if let Some(mismatch) = glob(entry).and_then(|pattern| part_mismatch(pattern, origin)) {
        return Some(mismatch);
    }
    for (variant, mismatch) in [
        (&variants.without_dot, Mismatch::TrailingDot),
        (&variants.other_www, Mismatch::Www),
    ] {
        if accepts(entry, variant.as_ref()) {
            return Some(mismatch);
        }
    }
    let OriginEntry::Regex { automaton, .. } = *entry else {
        return None;
    };
    if accepts(entry, variants.other_scheme.as_ref()) {
        Some(Mismatch::Scheme)
    } else if accepts(entry, variants.without_port.as_ref()) {
        Some(Mismatch::Port)
    } else if accepts_other_label(&automaton.table(), origin) {
        Some(Mismatch::OtherLabel)
    } else {
        None
    }
}

/// Returns the one part of a pattern that does not accept an origin.
#[inline]
fn part_mismatch(pattern: Glob<'_>, origin: &Origin<'_>) -> Option<Mismatch> {
    let scheme = pattern.accepts_scheme(origin);
    let port = pattern.accepts_port(origin);
    if pattern.accepts_host(origin) {
        return match (scheme, port) {
            (false, true) => Some(Mismatch::Scheme),
            (true, false) => Some(Mismatch::Port),
            _ => None,
        };
    }
    if !(scheme && port) {
        return None;
    }
    let (first, behind) = pattern.split_first_label();
    let is_domain = behind.strip_prefix('.') == Some(origin.host());
    let is_below = || has_subdomain(origin.host(), behind);
    match first {
        "*" | "**" if is_domain => Some(Mismatch::ApexDomain),
        "*" if is_below() => Some(Mismatch::TooManyLabels),
        _ if first != "*" && first.contains('*') && is_below() => Some(Mismatch::OtherLabel),
        _ if is_loopback_host(pattern.host()) && is_loopback_host(origin.host()) => {
            Some(Mismatch::OtherLoopbackName)
        }
        _ => None,
    }
}

/// Returns whether a regex accepts everything after the first label of an origin, if that is a
/// domain of at least two labels. Then only the first label is wrong.
#[inline]
fn accepts_other_label(automaton: &DfaTable<'_>, origin: &Origin<'_>) -> bool {
    let start = origin.scheme().len() + "://".len();
    let host = origin.host();
    let Some(dot) = host.find('.') else {
        return false;
    };
    let is_domain = host[dot + 1..].contains('.') && !is_address(host);
    let scheme = &origin.as_str()[..start];
    let has_scheme = automaton.before.starts_with(scheme) || scheme.starts_with(automaton.before);
    let end = &origin.as_str().as_bytes()[start + dot..];
    let missing = automaton.after.len().saturating_sub(end.len());
    let is_one_label = !automaton.after[..missing].contains('.');
    is_domain && has_scheme && is_one_label && automaton.may_end_in(end)
}

/// Returns whether the only difference between an entry and the origin is a typo in one label.
#[inline]
fn typo(entry: &OriginEntry<'_>, origin: &Origin<'_>) -> Option<Mismatch> {
    let pattern = glob(entry)?;
    let host = origin.host();
    // Addresses of version 4 have no typos, because numbers have none.
    if !(pattern.accepts_scheme(origin) && pattern.accepts_port(origin)) || host.starts_with('[') {
        return None;
    }
    // Starts from the last label, because `**` may match several.
    let mut labels = host.rsplit('.');
    let mut typos = 0;
    let mut min_len = MIN_TOP_LEVEL_TYPO_LEN;
    for wanted in pattern.host().rsplit('.') {
        let label = labels.next()?;
        if wanted == "**" {
            return (typos == 1).then_some(Mismatch::Typo);
        }
        typos += match wanted {
            "*" => 0,
            _ if wanted == label => 0,
            _ if is_typo(wanted, label, min_len) => 1,
            _ => return None,
        };
        min_len = MIN_TYPO_LEN;
    }
    (typos == 1 && labels.next().is_none()).then_some(Mismatch::Typo)
}

/// Minimum length of labels that are compared: `api` is not a typo of `app`.
const MIN_TYPO_LEN: usize = 5;

/// Minimum length of the last label, which nobody chooses freely: `con` is a typo of `com`.
const MIN_TOP_LEVEL_TYPO_LEN: usize = 3;

#[inline]
fn digits(label: &str) -> impl Iterator<Item = u8> + '_ {
    label.bytes().filter(u8::is_ascii_digit)
}

/// Returns whether two labels differ by one letter, or by two swapped letters. Numbers are never
/// typos of each other.
#[inline]
fn is_typo(a: &str, b: &str, min_len: usize) -> bool {
    a.len().max(b.len()) >= min_len
        && !a.contains('*')
        && digits(a).eq(digits(b))
        && is_one_edit(a.as_bytes(), b.as_bytes())
}

/// Returns whether an automaton accepts an origin after one letter of the host is removed,
/// replaced, added, or swapped with the next.
#[inline]
fn is_one_edit_from(automaton: &DfaTable<'_>, origin: &Origin<'_>) -> bool {
    let text = origin.as_str().as_bytes();
    let start = origin.scheme().len() + "://".len();
    let host = start..start + origin.host().len();
    if text.len() > MAX_SEARCHED_LEN || origin.host().starts_with('[') {
        return false;
    }
    let mut edited = [0; MAX_SEARCHED_LEN + 1];
    let mut is_accepted = |parts: [&[u8]; 3]| {
        let mut length = 0;
        for part in parts {
            edited[length..length + part.len()].copy_from_slice(part);
            length += part.len();
        }
        automaton.matches(&edited[..length])
    };
    for place in host.clone() {
        let (before, rest) = text.split_at(place);
        if is_accepted([before, b"", &rest[1..]])
            || place + 1 < host.end && is_accepted([before, &[rest[1], rest[0]], &rest[2..]])
        {
            return true;
        }
        for (index, letter) in LETTERS.iter().enumerate() {
            if is_distinguished(automaton, index)
                && (is_accepted([before, &[*letter], &rest[1..]])
                    || is_accepted([before, &[*letter], rest]))
            {
                return true;
            }
        }
    }
    false
}

/// The bytes of a name.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz-.";

/// Returns whether an automaton distinguishes a letter from all earlier ones. It does not distinguish
/// bytes of one class, so one byte of each is enough. The common prefix and suffix have no classes.
#[inline]
fn is_distinguished(automaton: &DfaTable<'_>, index: usize) -> bool {
    let letter = &LETTERS[index];
    let class = |byte: &u8| automaton.classes[usize::from(*byte)];
    let is_literal = |text: &str| text.as_bytes().contains(letter);
    is_literal(automaton.before)
        || is_literal(automaton.after)
        || LETTERS[..index]
            .iter()
            .all(|earlier| class(earlier) != class(letter))
}

#[inline]
fn is_address(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok()
}

/// Returns whether `host` contains the domain of a pattern, possibly with hyphens for dots, but is
/// not in that domain. Without the public suffix list, the owner of `host` is unknown.
#[inline]
fn looks_like(host: &str, pattern: &str) -> bool {
    let domain = match pattern.rsplit_once('*') {
        Some((_, behind)) => behind.split_once('.').map_or("", |(_, domain)| domain),
        None => pattern,
    };
    let separates = |byte: u8| byte == b'.' || byte == b'-';
    let is_read_alike = |(a, b): (&u8, &u8)| a == b || separates(*a) && separates(*b);
    let reads_like = |part: &[u8]| part.iter().zip(domain.as_bytes()).all(is_read_alike);
    let is_below = || {
        let before = host.strip_suffix(domain);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    // A single label is part of many names by chance, and an address is part of longer ones.
    domain.contains('.')
        && !is_address(host)
        && host.as_bytes().windows(domain.len()).any(reads_like)
        && !is_below()
}

/// Minimum length of names that are compared. Shorter names are all close to each other.
const MIN_COMPARED_LEN: usize = 3;

/// Returns whether the name of a method or a header may be a typo for another. Names with different
/// first letters are not, and neither are names that only differ in case.
#[inline]
pub(super) fn is_slip(a: &[u8], b: &[u8]) -> bool {
    let starts_alike =
        a.first().map(u8::to_ascii_lowercase) == b.first().map(u8::to_ascii_lowercase);
    a.len().min(b.len()) >= MIN_COMPARED_LEN && starts_alike && is_one_edit(a, b)
}

#[cfg(test)]
mod tests {
    use super::{MIN_TYPO_LEN, is_slip, is_typo};

    #[test]
    fn one_slip_is_found_wherever_it_is() {
        for slip in ["PACTH", "PATH", "PATCHH", "PTACH", "PITCH", "pathc"] {
            assert!(is_slip(slip.as_bytes(), b"PATCH"), "{slip}");
            assert!(is_slip(b"PATCH", slip.as_bytes()), "{slip}");
        }
        assert!(is_slip(b"aaa", b"aaaa"));
        assert!(!is_slip(b"aa", b"aaa"));
    }

    #[test]
    fn no_slip_and_two_are_not() {
        for other in [
            "PATCH", "patch", "PTCAH", "PUT", "", "PA", "PATCHES", "HCTAP", "MATCH", "PTXCH",
            "PXACH",
        ] {
            assert!(!is_slip(other.as_bytes(), b"PATCH"), "{other}");
            assert!(!is_slip(b"PATCH", other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn labels_of_some_length_have_typos_and_numbers_have_none() {
        for typo in ["exampel", "eaxmple", "xample", "examples", "exanple"] {
            assert!(is_typo("example", typo, MIN_TYPO_LEN), "{typo}");
        }
        for (a, b) in [("api", "app"), ("stage1", "stage2"), ("node1", "node11")] {
            assert!(!is_typo(a, b, MIN_TYPO_LEN), "{a} {b}");
        }
    }
}
