//! Whether all origins of an entry lie under a few registrable domains.
//!
//! A registrable domain has one owner. An entry whose origins lie under a few of them trusts owners
//! that its author has counted; an entry without a bound trusts whoever registers the next name.

mod domains;
mod hosts;
mod literal;
mod mended;
mod witness;

pub(super) use literal::literal_reading;
pub(crate) use mended::{as_written, for_https, mended};

use std::collections::HashSet;

use super::build::union;
use super::dfa::Dfa;
use super::public_suffix::{Name, classify, registrable, suffix_below};
use super::serialized::{Serialized, with_scheme};
use crate::model::{Host, Origin, Piece, name_at_the_end};
use hosts::Hosts;

/// An entry may span so many registrable domains. It is what tells an alternation of domains from
/// the unescaped dot, which stands for 38 bytes.
pub(crate) const MOST_DOMAINS: usize = 16;

/// An entry that is not confined.
#[derive(Debug)]
pub(crate) struct Unconfined {
    /// An origin that it accepts, and that somebody else can own.
    pub(crate) witness: String,
    /// Whether a dot that is not escaped is to blame.
    pub(crate) has_loose_dot: bool,
    /// A sound expression that may have been meant.
    pub(crate) sound_reading: Option<String>,
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
            has_loose_dot: false,
            sound_reading: None,
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

/// Decides for a regex, by walking the labels of its hosts from the right.
pub(crate) fn of_regex(
    expression: &str,
    dfa: &Dfa,
    serialized: &Serialized,
) -> Result<(), Unconfined> {
    let domains = |dfa: &Dfa| Hosts::of(dfa).domains("", MOST_DOMAINS + 1);
    if domains(dfa).len() <= MOST_DOMAINS {
        return Ok(());
    }
    let literal = literal_reading(expression, serialized);
    // What the author may have meant: no counter-example.
    let literal_domains = literal.as_ref().map(domains).unwrap_or_default();
    let (sound_reading, sound_domains) = mended::sound_reading(expression, serialized).unzip();
    let meant = literal_domains
        .into_iter()
        .chain(sound_domains.unwrap_or_default());
    let mut meant: HashSet<String> = meant.map(|domain| domain.name).collect();
    let name = name_at_the_end(expression);
    if let Name::Registrable { .. } = classify(&name) {
        meant.insert(registrable(&name).to_owned());
    }
    if meant.is_empty() {
        let shortest = dfa.shortest();
        meant.extend(shortest.map(|origin| domain_of(&origin).to_owned()));
    }
    // An example with a familiar scheme, if that is not the only thing that confines it.
    let familiar = ["https", "http"].into_iter().find_map(|scheme| {
        let familiar = with_scheme(scheme, dfa)?;
        (domains(&familiar).len() > MOST_DOMAINS).then_some(familiar)
    });
    let dfa = familiar.as_ref().unwrap_or(dfa);
    Err(Unconfined {
        witness: Hosts::of(dfa).witness(&domains(dfa), &meant),
        has_loose_dot: literal.is_some(),
        sound_reading,
        public_suffix: None,
    })
}

/// The registrable domain of a serialized origin; its host if it has none, or part of an address.
fn domain_of(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    registrable(host.strip_suffix('.').unwrap_or(host))
}
