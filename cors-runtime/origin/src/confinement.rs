//! Whether all origins of a pattern lie under a few registrable domains.
//!
//! A registrable domain has one owner. A pattern whose origins lie under a few of them trusts owners
//! that its author has counted; a pattern without a bound trusts whoever registers the next name.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::glob::Glob;
use crate::origin::parse_bytes;
use crate::pattern::{Host, LabelPart, Pattern};
use crate::public_suffix::{Name, classify, suffix_below};

/// The number of registrable domains that an entry may span. It is what tells an alternation of domains
/// from the unescaped dot, which stands for 38 bytes.
pub const MAX_DOMAINS: usize = 16;

/// Why a pattern is not confined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unconfined {
    /// An origin that it accepts, and that somebody else can own.
    pub witness: String,
    /// The public suffix that it is under with nothing but a wildcard between.
    pub public_suffix: Option<String>,
}

/// Checks that the text to the right of the last wildcard is a name with one owner, and that wildcards
/// stand for no public suffix.
///
/// # Errors
///
/// Returns an origin under a domain that somebody else can own.
pub fn check_confinement(pattern: &Pattern) -> Result<(), Unconfined> {
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
    let unconfined = |witness: String, public_suffix: Option<&str>| {
        Err(Unconfined {
            witness,
            public_suffix: public_suffix.map(str::to_owned),
        })
    };
    if parent.is_empty() {
        return unconfined(pattern.example(), None);
    }
    match classify(&parent) {
        Name::PublicSuffix => unconfined(pattern.example(), Some(&parent)),
        Name::Private
        | Name::Registrable {
            has_suffixes_below: false,
        } => Ok(()),
        Name::Registrable {
            has_suffixes_below: true,
        } => {
            let is_deep = last_wildcard > 0 || labels[0].parts == [LabelPart::DeepWildcard];
            let is_suffix = classify(&format!("a.{parent}")) == Name::PublicSuffix;
            match is_deep || is_suffix {
                true => unconfined(example_below(pattern, &parent), None),
                false => Ok(()),
            }
        }
    }
}

/// Returns an origin that the pattern accepts, under a public suffix below `parent`.
fn example_below(pattern: &Pattern, parent: &str) -> String {
    let text = pattern.to_string();
    let is_accepted = |witness: &String| {
        let origin = parse_bytes(witness.as_bytes());
        let glob = Glob::new(&text);
        glob.zip(origin)
            .is_some_and(|(glob, origin)| glob.accepts(&origin))
    };
    suffix_below(parent)
        .map(|suffix| format!("{}://a.{suffix}", pattern.scheme))
        .filter(is_accepted)
        .unwrap_or_else(|| pattern.example())
}

/// Whether a host is an address or a name that is in no public registry: one's own network.
#[must_use]
pub fn is_private(host: &Host) -> bool {
    match host {
        Host::Ip(_) => true,
        Host::Domain(_) => classify(host.to_string().trim_end_matches('.')) == Name::Private,
    }
}
