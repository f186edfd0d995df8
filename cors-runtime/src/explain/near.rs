//! What a denied origin nearly is.

use super::entry::{Pattern, has_subdomain};
use crate::origin::{LONGEST, Origin};
use crate::policy::Policy;
use crate::rule::Origins;

/// An entry that accepts an origin but for one thing, and that thing.
pub(super) struct Near {
    pub(super) entry: &'static str,
    pub(super) difference: Difference,
}

/// The one thing.
pub(super) enum Difference {
    Scheme,
    Port,
    /// A pattern for subdomains, and the origin is the domain itself.
    Apex,
    /// A pattern for one label, and the origin has more.
    Deeper,
}

/// The first entry of the policy that nearly accepts `origin`.
pub(super) fn of(policy: &'static Policy, origin: &Origin<'_>) -> Option<Near> {
    let lists = policy.rules().iter().filter_map(|rule| match rule.origins {
        Origins::Listed(entries) => Some(entries),
        Origins::Any => None,
    });
    lists.flatten().find_map(|entry| {
        let difference = difference(Pattern::of(entry)?, origin)?;
        Some(Near { entry, difference })
    })
}

fn difference(pattern: Pattern, origin: &Origin<'_>) -> Option<Difference> {
    let scheme = pattern.accepts_scheme(origin);
    let port = pattern.accepts_port(origin);
    if pattern.accepts_host(origin) {
        return match (scheme, port) {
            (false, true) => Some(Difference::Scheme),
            (true, false) => Some(Difference::Port),
            _ => None,
        };
    }
    let behind_wildcard = pattern.behind_wildcard();
    let domain = behind_wildcard.or_else(|| pattern.host.strip_prefix("**"));
    if !(scheme && port) {
        None
    } else if domain.and_then(|domain| domain.strip_prefix('.')) == Some(origin.host()) {
        Some(Difference::Apex)
    } else if behind_wildcard.is_some_and(|rest| has_subdomain(origin.host(), rest)) {
        Some(Difference::Deeper)
    } else {
        None
    }
}

/// What keeps bytes from being a serialized origin, as the rest of a sentence about it.
pub(super) fn fault(origin: &[u8]) -> &'static str {
    let has = |bytes: &[u8]| origin.iter().any(|byte| bytes.contains(byte));
    if origin.is_empty() {
        return "is empty";
    } else if origin.len() > LONGEST {
        return "is longer than any origin";
    } else if !origin.is_ascii() {
        return "is not in ASCII, while browsers send hosts in Punycode";
    } else if has(b", \t") {
        return "has a comma or white space, while browsers send one origin";
    }
    let Some(colon) = origin.windows(3).position(|bytes| bytes == b"://") else {
        return "has no scheme";
    };
    if origin[colon + 3..].iter().any(|byte| b"/?#".contains(byte)) {
        "has a path or a slash at its end, while an origin is a scheme, a host and a port"
    } else if has(b"@") {
        "has user info, while an origin is a scheme, a host and a port"
    } else if origin.iter().any(u8::is_ascii_uppercase) {
        "has uppercase letters, while browsers send lower case"
    } else if without_port(origin).is_some() {
        "has a port that browsers leave out or do not know"
    } else {
        "has a scheme or a host that no page has"
    }
}

/// The origin without its port, if that is a serialized origin.
fn without_port(origin: &[u8]) -> Option<Origin<'_>> {
    let colon = origin.iter().rposition(|byte| *byte == b':')?;
    Origin::parse(&origin[..colon])
}
