//! What a denied origin, method or header nearly is.

use core::net::Ipv4Addr;

use crate::rule::{OriginEntry, Rule};
use cors_origin::Origin;
use cors_origin::glob::{Glob, has_subdomain};

/// An entry that accepts an origin but for one thing, and that thing.
pub(super) struct Near<'p> {
    pub(super) entry: &'p str,
    pub(super) difference: Difference,
}

/// The one thing.
#[derive(Clone, Copy)]
pub(super) enum Difference {
    Scheme,
    Port,
    /// A pattern for subdomains, and the origin is the domain itself.
    Apex,
    /// A pattern for one label, and the origin has more.
    Deeper,
    /// A pattern for part of a label, and that of the origin is another, or more than one.
    Label,
    /// Both are this machine, by different names.
    Name,
    /// It reads like the entry, and is another name, whose owner may have meant it to.
    LookAlike,
}

/// The first entry of the rules that nearly accepts `origin`, or else the first that it looks like.
pub(super) fn closest_entry<'p>(rules: &[Rule<'p>], origin: &Origin<'_>) -> Option<Near<'p>> {
    let patterns = || {
        let entries = rules.iter().flat_map(|rule| rule.entries);
        entries.filter_map(|entry| match *entry {
            OriginEntry::Origin(text) | OriginEntry::Pattern(text) => {
                Some((text, Glob::new(text)?))
            }
            _ => None,
        })
    };
    let near = patterns().find_map(|(entry, pattern)| {
        let difference = difference(pattern, origin)?;
        Some(Near { entry, difference })
    });
    near.or_else(|| {
        let (entry, _) =
            patterns().find(|(_, pattern)| looks_like(origin.host(), pattern.host()))?;
        let difference = Difference::LookAlike;
        Some(Near { entry, difference })
    })
}

fn difference(pattern: Glob<'_>, origin: &Origin<'_>) -> Option<Difference> {
    let scheme = pattern.accepts_scheme(origin);
    let port = pattern.accepts_port(origin);
    if pattern.accepts_host(origin) {
        return match (scheme, port) {
            (false, true) => Some(Difference::Scheme),
            (true, false) => Some(Difference::Port),
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
        "*" | "**" if is_domain => Some(Difference::Apex),
        "*" if is_below() => Some(Difference::Deeper),
        _ if first != "*" && first.contains('*') && is_below() => Some(Difference::Label),
        _ if is_loopback(pattern.host()) && is_loopback(origin.host()) => Some(Difference::Name),
        _ => None,
    }
}

/// Whether requests to this host never leave the machine.
/// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
pub(super) fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    name == "localhost"
        || name.ends_with(".localhost")
        || host == "[::1]"
        || is_address(host, Ipv4Addr::is_loopback)
}

fn is_address(host: &str, is: impl FnOnce(&Ipv4Addr) -> bool) -> bool {
    host.parse().is_ok_and(|address: Ipv4Addr| is(&address))
}

/// Whether `host` has the domain of a pattern in it, be it with hyphens for dots, and is neither
/// that domain nor one below it. Whose it is cannot be told without the list of public suffixes.
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
    // A single label is in too many names by chance, and an address in longer ones.
    domain.contains('.')
        && !is_address(host, |_| true)
        && host.as_bytes().windows(domain.len()).any(reads_like)
        && !is_below()
}

/// Shorter names are not compared: every other name would be close.
const MIN_COMPARED_LEN: usize = 3;

/// Whether `a` becomes `b` by one letter that is added, left out, or another, or by two that change
/// places. Case does not matter; names that are equal but for it are no slip, nor are those that
/// start otherwise or are so short that every other name is near.
pub(super) fn is_one_edit_apart(a: &[u8], b: &[u8]) -> bool {
    let is_long = |name: &[u8]| name.len() >= MIN_COMPARED_LEN;
    let starts_alike =
        a.first().map(u8::to_ascii_lowercase) == b.first().map(u8::to_ascii_lowercase);
    if !(is_long(a) && is_long(b) && starts_alike) {
        return false;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let start = a.iter().zip(b).take_while(same).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([first, second], [other_first, other_second]) => {
            first.eq_ignore_ascii_case(other_second) && second.eq_ignore_ascii_case(other_first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_edit_apart;

    #[test]
    fn one_slip_is_found_wherever_it_is() {
        for slip in ["PACTH", "PATH", "PATCHH", "PTACH", "PITCH", "pathc"] {
            assert!(is_one_edit_apart(slip.as_bytes(), b"PATCH"), "{slip}");
            assert!(is_one_edit_apart(b"PATCH", slip.as_bytes()), "{slip}");
        }
        assert!(is_one_edit_apart(b"aaa", b"aaaa"));
        assert!(!is_one_edit_apart(b"aa", b"aaa"));
    }

    #[test]
    fn no_slip_and_two_are_not() {
        for other in [
            "PATCH", "patch", "PTCAH", "PUT", "", "PA", "PATCHES", "HCTAP", "MATCH",
        ] {
            assert!(!is_one_edit_apart(other.as_bytes(), b"PATCH"), "{other}");
            assert!(!is_one_edit_apart(b"PATCH", other.as_bytes()), "{other}");
        }
    }
}
