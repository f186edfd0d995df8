//! Whether all origins of an entry lie under a few registrable domains, and an origin that shows
//! that they do not.

use std::collections::HashSet;

use super::Analysis;
use super::domains::{Domain, Hosts};
use crate::automaton::{Dfa, State, with_scheme};
use crate::model::EntryKind;
use cors_origin::confinement::{MAX_DOMAINS, Unconfined, check_confinement};
use cors_origin::public_suffix::registrable;

/// Public suffixes under which a counter-example looks familiar.
const FAMILIAR: [&str; 8] = ["com", "net", "org", "io", "dev", "app", "de", "co.uk"];

/// Where the origins of an entry lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Confinement {
    /// Under a few registrable domains, whose owners the author has counted.
    Confined,
    /// A pattern accepts a domain that anyone may own.
    OpenPattern(Unconfined),
    /// A regex accepts origins under more domains than may be counted.
    OpenRegex,
}

impl Analysis<'_> {
    /// Returns where the origins of the entry `index` lie.
    pub(crate) fn confinement(&self, index: usize) -> Confinement {
        match &self.entries[index].entry.kind {
            EntryKind::Origin(origin) => match check_confinement(origin) {
                Ok(()) => Confinement::Confined,
                Err(unconfined) => Confinement::OpenPattern(unconfined),
            },
            EntryKind::Regex(_) => match self.regex(index) {
                Some(dfa) if !is_confined(dfa) => Confinement::OpenRegex,
                _ => Confinement::Confined,
            },
            EntryKind::Null | EntryKind::Predicate(_) => Confinement::Confined,
        }
    }

    /// Returns an origin that the regex `index` accepts, and that lies under a domain of which its
    /// author did not think: of none in `intended`.
    pub(crate) fn counterexample(&self, index: usize, intended: HashSet<String>) -> String {
        let dfa = self.regex(index);
        dfa.map_or_else(String::new, |dfa| counterexample(dfa, intended))
    }
}

/// Returns the names of the registrable domains of what an automaton accepts, up to one more than
/// an entry may span.
pub(crate) fn domain_names(dfa: &Dfa) -> Vec<String> {
    let domains = domains(dfa).into_iter();
    domains.map(|domain| domain.name).collect()
}

/// Returns whether an automaton accepts origins of a few registrable domains only.
pub(crate) fn is_confined(dfa: &Dfa) -> bool {
    domains(dfa).len() <= MAX_DOMAINS
}

fn domains(dfa: &Dfa) -> Vec<Domain> {
    Hosts::new(dfa).domains("", MAX_DOMAINS + 1)
}

/// Returns a short origin that an automaton without bound accepts under a domain that anybody could
/// register: none of those in `intended`, which the author had in mind.
pub(super) fn counterexample(dfa: &Dfa, mut intended: HashSet<String>) -> String {
    if intended.is_empty() {
        let shortest = dfa.shortest();
        intended.extend(shortest.map(|origin| domain_of(&origin).to_owned()));
    }
    // An example with a familiar scheme, if that is not the only thing that confines it.
    let familiar = ["https", "http"].into_iter().find_map(|scheme| {
        let familiar = with_scheme(scheme, dfa)?;
        (!is_confined(&familiar)).then_some(familiar)
    });
    let dfa = familiar.as_ref().unwrap_or(dfa);
    Hosts::new(dfa).counterexample(&domains(dfa), &intended)
}

/// Returns the registrable domain of a serialized origin; its host if it has none, or part of an
/// address.
fn domain_of(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    registrable(host.strip_suffix('.').unwrap_or(host))
}

impl Hosts<'_> {
    /// Returns a short origin under a domain that anybody could register, and that is not `intended`.
    fn counterexample(&self, domains: &[Domain], intended: &HashSet<String>) -> String {
        let is_foreign = |domain: &Domain| domain.is_ownable && !intended.contains(&domain.name);
        let under = |suffix: &str| {
            let domains = self.domains(suffix, intended.len() + 1);
            domains.into_iter().find(is_foreign)
        };
        // Right of each dot in what was intended.
        let tails = intended.iter().flat_map(|name| {
            name.match_indices('.')
                .map(|(dot, _)| name[dot + 1..].to_owned())
        });
        let mut suffixes: Vec<String> = tails.chain(FAMILIAR.map(str::to_owned)).collect();
        suffixes.sort();
        suffixes.dedup();
        let foreign = domains.iter().find(|domain| is_foreign(domain));
        let foreign = foreign
            .map(|domain| domain.name.clone())
            .into_iter()
            .chain(
                suffixes
                    .iter()
                    .filter_map(|suffix| under(suffix))
                    .map(|domain| domain.name),
            )
            .filter_map(|name| self.shortest_under(&name))
            .min_by_key(String::len);
        // Names that nobody can register may be had in another way: in a hosts file, by search domains.
        let private = || {
            let foreign = domains
                .iter()
                .filter(|domain| !intended.contains(&domain.name));
            foreign
                .chain(domains)
                .find_map(|domain| self.shortest_under(&domain.name))
        };
        foreign
            .or_else(private)
            .or_else(|| self.dfa.shortest())
            .unwrap_or_default()
    }

    /// The shortest accepted origin whose host is `name` or lies under it.
    fn shortest_under(&self, name: &str) -> Option<String> {
        let ends: Vec<(State, String)> = self
            .ends
            .iter()
            .map(|(state, end)| (self.run(*state, name), format!("{name}{end}")))
            .flat_map(|(state, end)| {
                [b'/', b'.'].map(|byte| {
                    (
                        self.dfa.step(state, byte),
                        format!("{}{end}", char::from(byte)),
                    )
                })
            })
            .filter(|(state, _)| *state != Dfa::DEAD)
            .collect();
        self.dfa
            .shortest_before(ends.iter().map(|(state, end)| (*state, end.as_str())))
    }
}
