//! Counter-examples: a short origin, under a familiar public suffix, that shows that a regex is not
//! confined.

use std::cell::Cell;
use std::collections::{HashMap, HashSet, VecDeque};

use super::domains::{Hosts, owners};
use crate::automaton::{Dfa, State, preferred_bytes, with_scheme};
use cors_origin::confinement::{MAX_DOMAINS, Unconfined};
use cors_origin::origin::split;
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
    let familiar = unconfined_part("https", dfa).or_else(|| unconfined_part("http", dfa));
    let (dfa, unconfined) = match &familiar {
        Some((dfa, unconfined)) => (dfa, unconfined),
        None => (dfa, unconfined),
    };
    if intended.is_empty()
        && let Some(origin) = dfa.shortest()
    {
        intended.insert(domain_of(&origin).to_owned());
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

/// Returns the part of an automaton with a scheme, and why it is not confined, if it is not.
fn unconfined_part(scheme: &str, dfa: &Dfa) -> Option<(Dfa, Unconfined)> {
    let part = with_scheme(scheme, dfa)?;
    let unconfined = owners(&part).err()?;
    Some((part, unconfined))
}

/// Returns the registrable domain of a serialized origin; its host if it has none.
fn domain_of(origin: &str) -> &str {
    let host = match split(origin) {
        Some((_, host, _)) => host,
        None => origin,
    };
    registrable(host.strip_suffix('.').unwrap_or(host))
}

/// Returns the names of the registrable domains of what an automaton accepts, up to one more than
/// an entry may span.
pub(super) fn domain_names(dfa: &Dfa, steps: &Cell<usize>) -> Vec<String> {
    let mut names = Vec::new();
    for domain in domains(dfa, steps) {
        names.push(domain.name);
    }
    names
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
            found: DomainSet {
                domains: Vec::new(),
                most,
            },
            suffixes: Vec::new(),
        };
        walk.start_label(self.under(suffix), suffix.to_owned(), false);
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
    /// Those to the right of the labels in the queue.
    suffixes: Vec<Suffix>,
}

/// The labels to the right of others: a public suffix, a domain with public suffixes below it, or
/// nothing.
struct Suffix {
    name: String,
    /// Whether it is such a domain.
    is_domain: bool,
    /// Number of labels that were followed between such a domain and the public suffixes below it.
    siblings: usize,
    /// Number of words to the left that lead to a set of states. A few are enough, because their
    /// continuations are the same.
    words: HashMap<Vec<State>, usize>,
}

/// Labels, and the right part of the next one.
struct Node {
    states: Vec<State>,
    label: String,
    /// The index of the labels to the right.
    suffix: usize,
}

impl DomainSearch<'_> {
    /// Continues to the left of a suffix.
    fn start_label(&mut self, states: Vec<State>, suffix: String, is_domain: bool) {
        self.queue.push_back(Node {
            states,
            label: String::new(),
            suffix: self.suffixes.len(),
        });
        self.suffixes.push(Suffix {
            name: suffix,
            is_domain,
            siblings: 0,
            words: HashMap::new(),
        });
    }

    /// Treats the label of `node` as complete: classifies the name, and continues to the left.
    fn end_label(&mut self, node: &Node) {
        let suffix = &mut self.suffixes[node.suffix];
        let name = suffix.with_label(&node.label);
        let kind = kind(&name);
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
        if goes_on && suffix.is_domain {
            // An unlimited number of names between a domain and the public suffixes below it: one
            // of them is such a suffix.
            suffix.siblings += 1;
            if suffix.siblings >= self.found.most {
                self.found.give_up();
            }
        }
        let is_domain = kind
            == Name::Registrable {
                has_suffixes_below: true,
            };
        if goes_on && (is_domain || kind == Name::PublicSuffix) {
            self.start_label(further, name, is_domain);
        }
    }

    /// Extends the label of `node` by every byte that can be to its left.
    fn grow_label(&mut self, node: &Node) {
        for byte in preferred_bytes() {
            if !node.can_grow_by(byte) {
                continue;
            }
            let states = self.hosts.step(&node.states, byte);
            if states.is_empty() {
                continue;
            }
            let words = &mut self.suffixes[node.suffix].words;
            let count = words.entry(states.clone()).or_default();
            *count += 1;
            if *count <= self.found.most {
                self.queue.push_back(Node {
                    states,
                    label: format!("{}{}", char::from(byte), node.label),
                    suffix: node.suffix,
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
}

impl Suffix {
    /// Returns the name with a label to the left of the suffix.
    fn with_label(&self, label: &str) -> String {
        match self.name.as_str() {
            "" => label.to_owned(),
            suffix => format!("{label}.{suffix}"),
        }
    }
}

fn kind(name: &str) -> Name {
    match classify(name) {
        // Each counts separately, like a name under a public suffix.
        Name::Standalone => Name::PublicSuffix,
        kind => kind,
    }
}

/// The domains found so far, and the limits of the search.
struct DomainSet {
    domains: Vec<Domain>,
    most: usize,
}

impl DomainSet {
    fn add(&mut self, name: &str, kind: Name) {
        let is_known = self.domains.iter().any(|domain| domain.name == name);
        if !self.is_full() && !is_known {
            self.domains.push(Domain {
                name: name.to_owned(),
                is_ownable: matches!(kind, Name::Registrable { .. }) && has_listed_end(name),
            });
        }
    }

    /// Counts the unexplored part as too many domains.
    fn give_up(&mut self) {
        while !self.is_full() {
            self.domains.push(Domain {
                name: String::new(),
                is_ownable: false,
            });
        }
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
        let mut foreign = Vec::new();
        if let Some(known) = domains.iter().find(|domain| is_foreign(domain)) {
            foreign.push(known.name.clone());
        }
        // Familiar suffixes, and the parts after each dot of the intended names.
        let mut suffixes = FAMILIAR.to_vec();
        for name in intended {
            for (dot, _) in name.match_indices('.') {
                suffixes.push(&name[dot + 1..]);
            }
        }
        suffixes.sort_unstable();
        suffixes.dedup();
        for suffix in suffixes {
            for domain in self.domains(suffix, intended.len() + 1, steps) {
                if is_foreign(&domain) {
                    foreign.push(domain.name);
                    break;
                }
            }
        }
        let mut shortest: Option<String> = None;
        for name in foreign {
            if let Some(origin) = self.shortest_under(&name)
                && shortest
                    .as_ref()
                    .is_none_or(|other| origin.len() < other.len())
            {
                shortest = Some(origin);
            }
        }
        shortest
            .or_else(|| self.private(domains, intended))
            .or_else(|| self.dfa.shortest())
            .unwrap_or_default()
    }

    /// Returns a short origin under one of `domains`, if possible under none that is intended.
    ///
    /// Names that nobody can register can still be taken over in other ways: in a hosts file, or
    /// through search domains.
    fn private(&self, domains: &[Domain], intended: &HashSet<String>) -> Option<String> {
        for is_intended in [false, true] {
            for domain in domains {
                if intended.contains(&domain.name) == is_intended
                    && let Some(origin) = self.shortest_under(&domain.name)
                {
                    return Some(origin);
                }
            }
        }
        None
    }

    /// Returns the shortest accepted origin whose host is `name` or under it.
    fn shortest_under(&self, name: &str) -> Option<String> {
        self.shortest_at(name, b"/.")
    }

    /// Returns the shortest accepted origin with one of `next` to the left of `name`.
    fn shortest_at(&self, name: &str, next: &[u8]) -> Option<String> {
        let mut ends = Vec::new();
        for (state, end) in &self.ends {
            let state = self.dfa.run(*state, name.as_bytes());
            for byte in next {
                let to = self.dfa.step(state, *byte);
                if to != Dfa::DEAD {
                    ends.push((to, format!("{}{name}{end}", char::from(*byte))));
                }
            }
        }
        self.dfa.shortest_before(&ends)
    }
}
