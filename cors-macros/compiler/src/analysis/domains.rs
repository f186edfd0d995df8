//! The registrable domains of the origins that an automaton accepts.
//!
//! Hosts are read label by label from the right, each label in all the ways that the automaton
//! accepts, until the labels are a name with one owner.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::automaton::{Dfa, State, preferred_bytes};
use cors_origin::public_suffix::{Name, classify, registrable};

/// After so many steps an entry counts as unconfined; no reasonable one takes a tenth.
const MAX_STEPS: usize = 50_000;

/// A registrable domain of an accepted host; or all of a host that is under none.
#[derive(Debug)]
pub(super) struct Domain {
    pub(super) name: String,
    /// Whether anybody could register it.
    pub(super) is_ownable: bool,
}

/// The hosts of the origins that an automaton accepts.
pub(super) struct Hosts<'d> {
    pub(super) dfa: &'d Dfa,
    /// The states in which a host ends, with what stands behind it: a port, the dot of the root.
    pub(super) ends: Vec<(State, String)>,
}

impl<'d> Hosts<'d> {
    pub(super) fn new(dfa: &'d Dfa) -> Self {
        // Digits at the end are a port if a colon follows, and a label otherwise.
        let mut ends = BTreeMap::from([(Dfa::START, String::new())]);
        let mut seen = HashSet::new();
        let mut digits = VecDeque::from([(Dfa::START, String::new())]);
        while let Some((state, port)) = digits.pop_front() {
            let host = dfa.step(state, b':');
            if host != Dfa::DEAD {
                shorter(&mut ends, host, format!(":{port}"));
            }
            for digit in b'0'..=b'9' {
                let to = dfa.step(state, digit);
                if to != Dfa::DEAD && seen.insert(to) {
                    digits.push_back((to, format!("{}{port}", char::from(digit))));
                }
            }
        }
        for (state, port) in ends.clone() {
            let root = dfa.step(state, b'.');
            if root != Dfa::DEAD {
                shorter(&mut ends, root, format!(".{port}"));
            }
        }
        Self {
            dfa,
            ends: ends.into_iter().collect(),
        }
    }

    /// The states from which a host under `suffix` is read on; any host, if it is empty.
    pub(super) fn under(&self, suffix: &str) -> Vec<State> {
        let end = match suffix {
            "" => String::new(),
            suffix => format!(".{suffix}"),
        };
        alive(self.ends.iter().map(|(state, _)| self.run(*state, &end)))
    }

    /// Where `text` leads from `state`, its last byte first.
    pub(super) fn run(&self, state: State, text: &str) -> State {
        text.bytes()
            .rev()
            .fold(state, |state, byte| self.dfa.step(state, byte))
    }

    /// Where a byte leads from `states`.
    pub(super) fn step(&self, states: &[State], byte: u8) -> Vec<State> {
        alive(states.iter().map(|state| self.dfa.step(*state, byte)))
    }
}

impl Hosts<'_> {
    /// Returns the domains of hosts under `suffix` (of all hosts if it is empty), the shortest first, until
    /// there are `most`.
    pub(super) fn domains(&self, suffix: &str, most: usize) -> Vec<Domain> {
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
        let mut steps = 0..MAX_STEPS;
        while let Some(node) = walk.queue.pop_front() {
            if steps.next().is_none() {
                walk.found.give_up();
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

/// What is being read, and what was found.
struct DomainSearch<'h> {
    hosts: &'h Hosts<'h>,
    queue: VecDeque<Node>,
    found: DomainSet,
    /// How many labels go on that stand between a domain and the public suffixes below it, by the
    /// domain.
    siblings: HashMap<String, usize>,
    /// How many words lead to a set of states, by suffix. A few are enough: they all have the same
    /// continuations.
    words: HashMap<(String, Vec<State>), usize>,
}

/// Labels, and the left part of the one that is being read.
struct Node {
    states: Vec<State>,
    label: String,
    /// The labels to the right: a public suffix, a domain with public suffixes below it, or nothing.
    suffix: String,
    /// Whether it is such a domain.
    is_under_domain: bool,
}

impl DomainSearch<'_> {
    /// Takes the label of `node` for whole: what its labels are, and what may stand to the left.
    fn end_label(&mut self, node: &Node) {
        let name = node.name();
        let kind = node.kind(&name);
        let is_whole = !self.hosts.step(&node.states, b'/').is_empty();
        let further = self.hosts.step(&node.states, b'.');
        let goes_on = !further.is_empty();
        if is_whole || goes_on && kind != Name::PublicSuffix {
            let name = match kind {
                Name::Registrable { .. } => registrable(&name),
                Name::PublicSuffix | Name::Private => &name,
            };
            self.found.add(name, kind);
        }
        if goes_on && node.is_under_domain {
            // Names without number between a domain and the public suffixes below it: one of them
            // is such a suffix.
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

    /// Reads on in the label of `node`, by every byte that may stand to its left.
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
    /// Whether a label may have `byte` to the left of what it is so far. A colon is part of an IPv6
    /// address; elsewhere it would make a label of a port.
    fn can_grow_by(&self, byte: u8) -> bool {
        match byte {
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
        let last = name.rsplit('.').next().unwrap_or(name);
        // An address has no owner but that of the whole of it.
        if last.bytes().all(|byte| byte.is_ascii_digit()) {
            return Name::PublicSuffix;
        }
        classify(name)
    }
}

/// The domains that were found, and when to stop.
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
                is_ownable: matches!(kind, Name::Registrable { .. }),
            });
        }
    }

    /// Counts what was not looked at as too many.
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

/// Adds what stands behind a state, unless there is something shorter.
fn shorter(ends: &mut BTreeMap<State, String>, state: State, end: String) {
    let known = ends.entry(state).or_insert_with(|| end.clone());
    if (end.len(), &end) < (known.len(), known) {
        *known = end;
    }
}

/// Without the dead state, each once.
fn alive(states: impl Iterator<Item = State>) -> Vec<State> {
    let mut alive: Vec<State> = states.filter(|state| *state != Dfa::DEAD).collect();
    alive.sort_unstable();
    alive.dedup();
    alive
}
