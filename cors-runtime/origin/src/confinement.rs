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
use alloc::vec::Vec;
use core::fmt;

use crate::pattern::{Host, Label, LabelPart, Pattern, Port};
use crate::public_suffix::{Name, classify, registrable, rules_below};

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
        let registers_under = |suffix: &str, f: &mut fmt::Formatter<'_>| {
            write!(f, "anyone can register a name under `{suffix}`")
        };
        write!(
            f,
            "matches domains that anyone can own (it also accepts `{}`, and ",
            self.witness
        )?;
        match &self.reason {
            Unconfined::SharedHost(host) => write!(
                f,
                "`{host}` is a public suffix, where anyone can publish pages"
            ),
            Unconfined::AnyNameUnder(suffix) if !suffix.is_empty() => registers_under(suffix, f),
            Unconfined::DomainBelow(domain) => {
                let (_, suffix) = domain.split_once('.').unwrap_or_default();
                registers_under(suffix, f)
            }
            Unconfined::AnyScheme => f.write_str("origins of schemes without bound"),
            Unconfined::AnyNameUnder(_) | Unconfined::TooManyDomains => write!(
                f,
                "origins under more than {MAX_DOMAINS} registrable domains in all"
            ),
        }?;
        f.write_str(")")
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
    let Some(last_wildcard) = labels.iter().rposition(|label| !label.is_exact()) else {
        return Ok(());
    };
    let parent: Vec<String> = labels[last_wildcard + 1..]
        .iter()
        .map(ToString::to_string)
        .filter(|label| !label.is_empty()) // the root
        .collect();
    let parent = parent.join(".");
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
    let hosts = rules.into_iter().map(|rule| {
        let below = &rule[..rule.len() - parent.len() - 1];
        let below = below.trim_start_matches('!');
        let depth = below.split('.').count();
        // A wildcard in the rule is replaced by the label of the pattern.
        let wildcard = label(depth - 1).map_or_else(|| "a".to_owned(), example);
        let below = below.replace('*', &wildcard);
        let mut host: Vec<String> = match depth < labels.len() {
            true => labels[..labels.len() - depth].iter().map(example).collect(),
            false => Vec::new(),
        };
        host.extend([below, parent.to_owned()]);
        host.join(".")
    });
    hosts.min_by(|a, b| {
        let order = |host: &str| (host.split('.').count(), host.len());
        order(a).cmp(&order(b)).then_with(|| a.cmp(b))
    })
}

/// Returns a short label that a label of a pattern accepts.
fn example(label: &Label) -> String {
    label.to_string().replace("**", "a").replace('*', "a")
}

/// Whether a host is an address or a name that is in no public registry: one's own network.
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
