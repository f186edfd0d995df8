//! Counter-examples: a short origin, under a familiar public suffix, that shows that a regex is not
//! confined.

use std::cell::Cell;
use std::collections::{HashMap, HashSet, VecDeque};

use super::domains::{Hosts, owners};
use crate::automaton::{Dfa, State, preferred_bytes, with_scheme};
use cors_origin::confinement::{MAX_DOMAINS, Unconfined};
use cors_origin::public_suffix::{Name, classify, has_listed_end, registrable};

/// Public suffixes that readers recognise.
const FAMILIAR: [&str; 8] = ["com", "net", "org", "io", "dev", "app", "de", "co.uk"];

/// The length of the longest label.
const MAX_LABEL_LEN: usize = 63;

/// Returns a short origin that an automaton without bound accepts under a domain that anybody could
/// register: none of those in `intended`, which the author had in mind. What is looked at is taken from
/// `steps`.
pub(super) fn counterexample(
    dfa: &Dfa,
    unconfined: &Unconfined,
    mut intended: HashSet<String>,
    steps: &Cell<usize>,
) -> String {
    // An example with a familiar scheme, unless the schemes are the only problem.
    let familiar = ["https", "http"].into_iter().find_map(|scheme| {
        let familiar = with_scheme(scheme, dfa)?;
        let unconfined = owners(&familiar).err()?;
        Some((familiar, unconfined))
    });
    let (dfa, unconfined) = match &familiar {
        Some((dfa, unconfined)) => (dfa, unconfined),
        None => (dfa, unconfined),
    };
    if intended.is_empty() {
        let shortest = dfa.shortest();
        intended.extend(shortest.map(|origin| domain_of(&origin).to_owned()));
    }
    let hosts = Hosts::new(dfa);
    let shown = match unconfined {
        Unconfined::SharedHost(host) => hosts.shortest_at(host, b"/"),
        Unconfined::DomainBelow(domain) => hosts.shortest_at(domain, b"/."),
        Unconfined::AnyScheme => dfa.shortest(),
        Unconfined::TooManyDomains | Unconfined::AnyNameUnder(_) => None,
    };
    shown.unwrap_or_else(|| hosts.counterexample(&domains(dfa, steps), &intended, steps))
}

/// Returns the registrable domain of a serialized origin; its host if it has none, or is part of an
/// address.
fn domain_of(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    registrable(host.strip_suffix('.').unwrap_or(host))
}

/// Returns the names of the registrable domains of what an automaton accepts, up to one more than
/// an entry may span.
pub(super) fn domain_names(dfa: &Dfa, steps: &Cell<usize>) -> Vec<String> {
    let domains = domains(dfa, steps).into_iter();
    domains.map(|domain| domain.name).collect()
}

fn domains(dfa: &Dfa, steps: &Cell<usize>) -> Vec<Domain> {
    Hosts::new(dfa).domains("", MAX_DOMAINS + 1, steps)
}

/// A registrable domain of an accepted host, or a whole host that is under none.
#[derive(Debug)]
pub(super) struct Domain {
    pub(super) name: String,
    /// Whether anyone could register it.
    pub(super) is_ownable: bool,
}

impl Hosts<'_> {
    /// Returns the domains of hosts under `suffix` (of all hosts if it is empty), the shortest first, until
    /// there are `most`.
    pub(super) fn domains(&self, suffix: &str, most: usize, steps: &Cell<usize>) -> Vec<Domain> {
        let mut walk = DomainSearch {
            hosts: self,
            queue: VecDeque::new(),
            found: DomainSet::new(most),
            siblings: HashMap::new(),
            words: HashMap::new(),
        };
        walk.queue.push_back(Node {
            states: self.under(suffix),
            label: String::new(),
            suffix: suffix.to_owned(),
            is_under_domain: false,
        });
        while let Some(node) = walk.queue.pop_front() {
            match steps.get().checked_sub(1) {
                Some(left) => steps.set(left),
                None => walk.found.give_up(),
            }
            if walk.found.is_full() {
                break;
            }
            if !node.label.is_empty() {
                walk.end_label(&node);
            }
            walk.grow_label(&node);
        }
        walk.found.domains
    }
}

/// The state of a search for domains.
struct DomainSearch<'h> {
    hosts: &'h Hosts<'h>,
    queue: VecDeque<Node>,
    found: DomainSet,
    /// Number of labels that were followed between a domain and the public suffixes below it.
    siblings: HashMap<String, usize>,
    /// Number of words that lead to a set of states, by suffix. A few are enough, because their
    /// continuations are the same.
    words: HashMap<(String, Vec<State>), usize>,
}

/// Labels, and the right part of the next one.
struct Node {
    states: Vec<State>,
    label: String,
    /// The labels to the right: a public suffix, a domain with public suffixes below it, or
    /// nothing.
    suffix: String,
    /// Whether the suffix is such a domain.
    is_under_domain: bool,
}

impl DomainSearch<'_> {
    /// Treats the label of `node` as complete: classifies the name, and continues to the left.
    fn end_label(&mut self, node: &Node) {
        let name = node.name();
        let kind = node.kind(&name);
        let is_whole = !self.hosts.step(&node.states, b'/').is_empty();
        let further = self.hosts.step(&node.states, b'.');
        let goes_on = !further.is_empty();
        if is_whole || goes_on && kind != Name::PublicSuffix {
            let name = match kind {
                Name::Registrable { .. } => registrable(&name),
                Name::PublicSuffix | Name::Private | Name::Standalone => &name,
            };
            self.found.add(name, kind);
        }
        if goes_on && node.is_under_domain {
            // An unlimited number of names between a domain and the public suffixes below it: one
            // of them is such a suffix.
            let count = self.siblings.entry(node.suffix.clone()).or_default();
            *count += 1;
            if *count >= self.found.most {
                self.found.give_up();
            }
        }
        let is_under_domain = kind
            == Name::Registrable {
                has_suffixes_below: true,
            };
        if goes_on && (is_under_domain || kind == Name::PublicSuffix) {
            self.queue.push_back(Node {
                states: further,
                label: String::new(),
                suffix: name,
                is_under_domain,
            });
        }
    }

    /// Extends the label of `node` by every byte that can be to its left.
    fn grow_label(&mut self, node: &Node) {
        for byte in preferred_bytes().filter(|byte| node.can_grow_by(*byte)) {
            let states = self.hosts.step(&node.states, byte);
            if states.is_empty() {
                continue;
            }
            let word = (node.suffix.clone(), states.clone());
            let count = self.words.entry(word).or_default();
            *count += 1;
            if *count <= self.found.most {
                self.queue.push_back(Node {
                    states,
                    label: format!("{}{}", char::from(byte), node.label),
                    suffix: node.suffix.clone(),
                    is_under_domain: node.is_under_domain,
                });
            }
        }
    }
}

impl Node {
    /// Returns whether a label may have `byte` to the left of its known part. A colon is only
    /// allowed in an IPv6 address; elsewhere it would turn a port into a label.
    fn can_grow_by(&self, byte: u8) -> bool {
        match byte {
            // No name server can hold a longer one.
            _ if self.label.len() >= MAX_LABEL_LEN => false,
            b'.' | b'/' => false,
            b':' => self.label.ends_with(']'),
            _ => true,
        }
    }

    fn name(&self) -> String {
        match self.suffix.as_str() {
            "" => self.label.clone(),
            suffix => format!("{}.{suffix}", self.label),
        }
    }

    fn kind(&self, name: &str) -> Name {
        match classify(name) {
            // Each counts separately, like a name under a public suffix.
            Name::Standalone => Name::PublicSuffix,
            kind => kind,
        }
    }
}

/// The domains found so far, and the limits of the search.
struct DomainSet {
    domains: Vec<Domain>,
    names: HashSet<String>,
    most: usize,
}

impl DomainSet {
    fn new(most: usize) -> Self {
        Self {
            domains: Vec::new(),
            names: HashSet::new(),
            most,
        }
    }

    fn add(&mut self, name: &str, kind: Name) {
        if !self.is_full() && self.names.insert(name.to_owned()) {
            self.domains.push(Domain {
                name: name.to_owned(),
                is_ownable: matches!(kind, Name::Registrable { .. }) && has_listed_end(name),
            });
        }
    }

    /// Counts the unexplored part as too many domains.
    fn give_up(&mut self) {
        self.domains.resize_with(self.most, || Domain {
            name: String::new(),
            is_ownable: false,
        });
    }

    fn is_full(&self) -> bool {
        self.domains.len() >= self.most
    }
}

impl Hosts<'_> {
    /// Returns a short origin under a domain that anybody could register, and that is not `intended`.
    fn counterexample(
        &self,
        domains: &[Domain],
        intended: &HashSet<String>,
        steps: &Cell<usize>,
    ) -> String {
        let is_foreign = |domain: &Domain| domain.is_ownable && !intended.contains(&domain.name);
        let under = |suffix: &str| {
            let domains = self.domains(suffix, intended.len() + 1, steps);
            domains.into_iter().find(is_foreign)
        };
        // The parts after each dot of the intended names.
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
        // Names that nobody can register can still be taken over in other ways: in a hosts file, or
        // through search domains.
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

    /// Returns the shortest accepted origin whose host is `name` or under it.
    fn shortest_under(&self, name: &str) -> Option<String> {
        self.shortest_at(name, b"/.")
    }

    /// Returns the shortest accepted origin with one of `next` to the left of `name`.
    fn shortest_at(&self, name: &str, next: &[u8]) -> Option<String> {
        let ends: Vec<(State, String)> = self
            .ends
            .iter()
            .map(|(state, end)| (self.run(*state, name), format!("{name}{end}")))
            .flat_map(|(state, end)| {
                let next = next.iter();
                next.map(move |byte| {
                    let end = format!("{}{end}", char::from(*byte));
                    (self.dfa.step(state, *byte), end)
                })
            })
            .filter(|(state, _)| *state != Dfa::DEAD)
            .collect();
        self.dfa
            .shortest_before(ends.iter().map(|(state, end)| (*state, end.as_str())))
    }
}
