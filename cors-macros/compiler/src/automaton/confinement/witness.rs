//! An origin that shows that an entry is not confined.

use std::collections::HashSet;

use super::domains::Domain;
use super::hosts::Hosts;
use crate::automaton::dfa::{Dfa, State};

/// Public suffixes under which a counter-example looks familiar.
const FAMILIAR: [&str; 8] = ["com", "net", "org", "io", "dev", "app", "de", "co.uk"];

impl Hosts<'_> {
    /// A short origin under a domain that anybody could register, and that was not `meant`.
    pub(super) fn witness(&self, domains: &[Domain], meant: &HashSet<String>) -> String {
        let is_foreign = |domain: &Domain| domain.is_ownable && !meant.contains(&domain.name);
        let under = |suffix: &str| {
            let domains = self.domains(suffix, meant.len() + 1);
            domains.into_iter().find(is_foreign)
        };
        // Right of each dot in what was meant.
        let tails = meant.iter().flat_map(|name| {
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
                .filter(|domain| !meant.contains(&domain.name));
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
