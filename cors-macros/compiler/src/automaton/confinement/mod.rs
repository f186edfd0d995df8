//! Whether all origins of an entry lie under a few registrable domains.
//!
//! A registrable domain has one owner. An entry whose origins lie under a few of them trusts owners
//! that its author has counted; an entry without a bound trusts whoever registers the next name.

use super::build::union;
use super::public_suffix::{Name, classify, suffix_below};
use crate::model::{Host, Origin, Piece};

/// An entry may span so many registrable domains. It is what tells an alternation of domains from
/// the unescaped dot, which stands for 38 bytes.
pub(crate) const MAX_DOMAINS: usize = 16;

/// An entry that is not confined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unconfined {
    /// An origin that it accepts, and that somebody else can own.
    pub(crate) witness: String,
    /// The public suffix that it stands under with nothing but a wildcard between.
    pub(crate) public_suffix: Option<String>,
}

/// Decides for a pattern: what stands to the right of its last wildcard has to be a name with one
/// owner, and no public suffix may be among what the wildcards stand for.
pub(crate) fn of_pattern(origin: &Origin) -> Result<(), Unconfined> {
    let Host::Domain(labels) = &origin.host else {
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
        return unconfined(origin.instance(), None);
    }
    match classify(&parent) {
        Name::PublicSuffix => unconfined(origin.instance(), Some(&parent)),
        Name::Private
        | Name::Registrable {
            has_suffixes_below: false,
        } => Ok(()),
        Name::Registrable {
            has_suffixes_below: true,
        } => {
            let is_deep = last_wildcard > 0 || labels[0].pieces == [Piece::DeepWildcard];
            let is_suffix = classify(&format!("a.{parent}")) == Name::PublicSuffix;
            match is_deep || is_suffix {
                true => unconfined(below(origin, &parent), None),
                false => Ok(()),
            }
        }
    }
}

/// An origin that the pattern accepts, under a public suffix below `parent`.
fn below(origin: &Origin, parent: &str) -> String {
    suffix_below(parent)
        .map(|suffix| format!("{}://a.{suffix}", origin.scheme))
        .filter(|witness| !union(&[origin]).accepting(witness.as_bytes()).is_empty())
        .unwrap_or_else(|| origin.instance())
}

/// Whether a host is an address or a name that is in no public registry: one's own network.
pub(crate) fn is_private(host: &Host) -> bool {
    match host {
        Host::Ip(_) => true,
        Host::Domain(_) => classify(host.to_string().trim_end_matches('.')) == Name::Private,
    }
}
