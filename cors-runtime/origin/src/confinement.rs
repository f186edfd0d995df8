//! Confinement: whether all origins that a pattern accepts belong to a bounded number of owners.
//!
//! A registrable domain has one owner. If the origins of an entry belong to a few registrable
//! domains, the author of the entry knows the owners. Without that bound, the entry trusts anyone
//! who registers the next name.
//!
//! Confinement depends on the set of accepted hosts: each has one owner, or none if strangers share
//! it. So if an entry is confined, every entry that accepts less is confined too. An entry for a
//! single host is equivalent to that host in a list, and always confined.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::origin::{is_number, is_special, split};
use crate::pattern::{Host, Label, LabelPart, Pattern, Port, last_wildcard, parent};
use crate::public_suffix::{
    Name, classify, has_listed_end, is_shared_host, registrable, registrable_domain, rules_below,
};

/// Maximum number of registrable domains of an entry. This distinguishes an alternation of domains
/// from an unescaped dot, which matches 38 bytes.
pub const MAX_DOMAINS: usize = 16;

/// Maximum number of schemes of an entry. Schemes of apps have no owner, so they have to be named.
pub const MAX_SCHEMES: usize = 16;

/// The reason why the owners of the accepted origins are not bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unconfined {
    /// There are more than [`MAX_DOMAINS`] owners.
    TooManyDomains,
    /// An unlimited number of names is accepted to the left of this one, each with another owner.
    /// It is a public suffix, part of an address, or empty.
    AnyNameUnder(String),
    /// This host is a public suffix, so strangers control its pages.
    SharedHost(String),
    /// This domain has its own owner, and is below another accepted domain.
    DomainBelow(String),
    /// More than [`MAX_SCHEMES`] schemes are accepted, and any app can use one with any host.
    AnyScheme,
}

impl Unconfined {
    /// Returns the reason as a phrase that follows "it also accepts `witness`, and".
    #[must_use]
    pub fn fact(&self, witness: &str) -> String {
        let scheme = witness.split("://").next().unwrap_or_default();
        match self {
            Self::AnyNameUnder(parent) if parent.is_empty() && scheme == "chrome-extension" => {
                format!("every extension has an origin under `{scheme}`")
            }
            Self::AnyNameUnder(parent) if parent.is_empty() && scheme.ends_with("-extension") => {
                format!("every extension has an origin under `{scheme}`, with a random host")
            }
            Self::AnyNameUnder(parent) if parent.is_empty() && !is_special(scheme) => {
                format!("any host under `{scheme}`, which every app can use")
            }
            Self::AnyNameUnder(parent) if parent.is_empty() && has_address(witness) => {
                any_name_under(host(witness))
            }
            Self::AnyNameUnder(parent) if !parent.is_empty() => any_name_under(parent),
            Self::AnyNameUnder(_) => match registrable_domain(host(witness)) {
                Some(domain) if has_listed_end(domain) => any_name_under(above(domain)),
                _ => Self::TooManyDomains.fact(witness),
            },
            Self::TooManyDomains => {
                format!("origins of more than {MAX_DOMAINS} registrable domains")
            }
            Self::SharedHost(host) if is_shared_host(host) => {
                format!("strangers share `{host}`, where anyone can publish pages")
            }
            Self::SharedHost(host) => {
                format!("`{host}` is a public suffix, where anyone can publish pages")
            }
            Self::DomainBelow(domain) => any_name_under(above(domain)),
            Self::AnyScheme => {
                format!("more than {MAX_SCHEMES} schemes; nobody owns their hosts")
            }
        }
    }
}

/// Returns the host of an origin.
fn host(origin: &str) -> &str {
    match split(origin) {
        Some((_, host, _)) => host,
        None => "",
    }
}

/// Returns a name without its first label.
fn above(name: &str) -> &str {
    name.split_once('.').unwrap_or_default().1
}

/// Returns whether the host of an origin is an address.
#[must_use]
pub fn has_address(origin: &str) -> bool {
    is_part_of_address(host(origin))
}

fn is_part_of_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    host.contains(':') || is_number(last)
}

fn any_name_under(parent: &str) -> String {
    match parent {
        _ if is_part_of_address(parent) => "a range of addresses has many owners".to_owned(),
        _ if is_shared_host(parent) => format!("strangers share the hosts under `{parent}`"),
        _ => format!("anyone can register a name under `{parent}`"),
    }
}

/// A pattern that is not confined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnconfinedPattern {
    /// The reason.
    pub reason: Unconfined,
    /// An accepted origin that somebody else can own.
    pub witness: String,
}

/// Prints the reason, as a phrase that follows the pattern.
impl fmt::Display for UnconfinedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reason, witness } = self;
        let fact = reason.fact(witness);
        write!(
            f,
            "matches domains that anyone can own (it also accepts `{witness}`, and {fact})"
        )
    }
}

/// Checks that the part to the right of the last wildcard is a name with one owner, and that the
/// pattern accepts no public suffix below it, and no name under one.
///
/// # Errors
///
/// Returns an error if the pattern is not confined, with an origin that somebody else can own.
pub fn check_confinement(pattern: &Pattern) -> Result<(), UnconfinedPattern> {
    let Host::Domain(labels) = &pattern.host else {
        return Ok(());
    };
    let Some(last_wildcard) = last_wildcard(labels) else {
        return Ok(());
    };
    let parent = parent(labels);
    let is_open =
        parent.is_empty() || matches!(classify(&parent), Name::PublicSuffix | Name::Standalone);
    if is_open {
        return Err(UnconfinedPattern {
            reason: Unconfined::AnyNameUnder(parent),
            witness: pattern.example(),
        });
    }
    let Some(host) = accepted_below(&labels[..=last_wildcard], &parent) else {
        return Ok(());
    };
    let root = match labels.last() {
        Some(root) if root.parts.is_empty() => ".",
        _ => "",
    };
    let port = match pattern.port {
        Port::Number(port) => format!(":{port}"),
        Port::Implicit | Port::Any => String::new(),
    };
    let scheme = &pattern.scheme;
    Err(UnconfinedPattern {
        witness: format!("{scheme}://{host}{root}{port}"),
        reason: match classify(&host) {
            Name::PublicSuffix => Unconfined::SharedHost(host),
            Name::Registrable { .. } | Name::Private | Name::Standalone => {
                Unconfined::DomainBelow(registrable(&host).to_owned())
            }
        },
    })
}

/// Returns a short host that `labels` and `parent` accept, and that is a public suffix below
/// `parent`, or under one.
fn accepted_below(labels: &[Label], parent: &str) -> Option<String> {
    let label = |depth: usize| labels.iter().rev().nth(depth);
    let is_deep =
        |depth: usize| depth + 1 >= labels.len() && labels[0].parts == [LabelPart::DeepWildcard];
    let rules = rules_below(parent, |depth, rule| {
        is_deep(depth)
            || label(depth).is_some_and(|label| rule == "*" || label.covers(&Label::exact(rule)))
    });
    // With its number of labels and its length.
    let mut shortest: Option<(usize, usize, String)> = None;
    for rule in &rules {
        let below = &rule[..rule.len() - parent.len() - 1];
        let below = below.trim_start_matches('!');
        let depth = below.split('.').count();
        let mut host = String::new();
        for label in &labels[..labels.len().saturating_sub(depth)] {
            host.push_str(&label.example_with("a"));
            host.push('.');
        }
        match below.strip_prefix('*') {
            // A wildcard in the rule is replaced by the label of the pattern.
            Some(rest) => {
                let label = label(depth - 1).map(|label| label.example_with("a"));
                host.push_str(label.as_deref().unwrap_or("a"));
                host.push_str(rest);
            }
            None => host.push_str(below),
        }
        host.push('.');
        host.push_str(parent);
        let found = (host.split('.').count(), host.len(), host);
        if shortest.as_ref().is_none_or(|shortest| found < *shortest) {
            shortest = Some(found);
        }
    }
    shortest.map(|(_, _, host)| host)
}

/// Returns whether a host is an address, or a name in a private network, which no public registry contains.
#[must_use]
pub fn is_private(host: &Host) -> bool {
    match host {
        Host::Ip(_) | Host::Opaque(_) => true,
        Host::Domain(_) => {
            let host = host.to_string();
            let host = host.trim_end_matches('.');
            match classify(host) {
                Name::Private => true,
                Name::Standalone => !host.contains('.'),
                Name::PublicSuffix | Name::Registrable { .. } => false,
            }
        }
    }
}
