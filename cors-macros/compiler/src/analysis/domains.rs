//! The owners of the origins that an automaton accepts.
//!
//! Hosts are read label by label from the right, in every way that the automaton accepts, until the
//! labels form a name with one owner. Below such a name, the search covers every listed public
//! suffix. Nothing is sampled or skipped, so an automaton that accepts less never has more owners.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::automaton::{Dfa, State, reaching};
use cors_origin::confinement::{MAX_DOMAINS, MAX_SCHEMES, Unconfined};
use cors_origin::origin::split;
use cors_origin::public_suffix::{Name, classify, rules_below};

/// The hosts of the origins that an automaton accepts.
pub(super) struct Hosts<'d> {
    pub(super) dfa: &'d Dfa,
    /// The states in which a host ends, each with the shortest text that can follow: a port, the
    /// dot of the root.
    pub(super) ends: Vec<(State, String)>,
}

impl<'d> Hosts<'d> {
    /// Finds the states in which hosts end.
    pub(super) fn new(dfa: &'d Dfa) -> Self {
        // By state.
        let mut ends: Vec<Option<String>> = vec![None; dfa.states().len()];
        ends[Dfa::START] = Some(String::new());
        // Digits at the end are a port if a colon follows, and a label otherwise.
        let mut seen = vec![false; dfa.states().len()];
        let mut digits = VecDeque::from([(Dfa::START, String::new())]);
        while let Some((state, port)) = digits.pop_front() {
            let host = dfa.step(state, b':');
            if host != Dfa::DEAD {
                shorten(&mut ends[host], format!(":{port}"));
            }
            for digit in b'0'..=b'9' {
                let to = dfa.step(state, digit);
                if to != Dfa::DEAD && !core::mem::replace(&mut seen[to], true) {
                    digits.push_back((to, format!("{}{port}", char::from(digit))));
                }
            }
        }
        for (state, port) in ends.clone().iter().enumerate() {
            let root = dfa.step(state, b'.');
            if let Some(port) = port
                && root != Dfa::DEAD
            {
                shorten(&mut ends[root], format!(".{port}"));
            }
        }
        let mut hosts = Self {
            dfa,
            ends: Vec::new(),
        };
        for (state, end) in ends.into_iter().enumerate() {
            if let Some(end) = end {
                hosts.ends.push((state, end));
            }
        }
        hosts
    }

    /// Returns the states after reading `suffix`, from which a host continues; any host, if it is
    /// empty.
    pub(super) fn under(&self, suffix: &str) -> Vec<State> {
        let end = match suffix {
            "" => String::new(),
            suffix => format!(".{suffix}"),
        };
        let mut states = Vec::new();
        for (state, _) in &self.ends {
            states.push(self.dfa.run(*state, end.as_bytes()));
        }
        alive(states)
    }

    /// Returns the states after reading a byte.
    pub(super) fn step(&self, states: &[State], byte: u8) -> Vec<State> {
        let mut next = Vec::new();
        for state in states {
            next.push(self.dfa.step(*state, byte));
        }
        alive(next)
    }
}

/// Replaces the text that can follow a host, unless it is shorter.
fn shorten(known: &mut Option<String>, end: String) {
    if known
        .as_ref()
        .is_none_or(|known| (end.len(), &end) < (known.len(), known))
    {
        *known = Some(end);
    }
}

/// Removes the dead state and duplicates.
fn alive(mut states: Vec<State>) -> Vec<State> {
    states.retain(|state| *state != Dfa::DEAD);
    states.sort_unstable();
    states.dedup();
    states
}

/// The texts that can be read from each state of an automaton: labels of hosts, or schemes.
struct Texts<'d> {
    dfa: &'d Dfa,
    /// The bytes that a text may contain, by class of the automaton.
    bytes: Vec<Vec<u8>>,
    /// The class of the colon, and for each state whether it is inside the brackets of an IPv6
    /// address. Elsewhere, a colon starts a port.
    colon: usize,
    is_in_brackets: Vec<bool>,
    /// For each state, whether a text may end there.
    is_end: Vec<bool>,
    /// For each state, the number of texts that can be read; `None` if it is unbounded.
    counts: Vec<Option<usize>>,
}

/// A text, and the state to its left.
struct Found {
    text: String,
    state: State,
}

impl<'d> Texts<'d> {
    /// Creates the labels of hosts, which end at a dot or the scheme.
    fn labels(dfa: &'d Dfa) -> Self {
        let mut is_in_brackets = vec![false; dfa.states().len()];
        let mut is_end = Vec::new();
        let mut stack = Vec::new();
        for state in dfa.states() {
            let (dot, scheme) = (dfa.step(state, b'.'), dfa.step(state, b'/'));
            is_end.push(dot != Dfa::DEAD || scheme != Dfa::DEAD);
            stack.push(dfa.step(state, b']'));
        }
        while let Some(state) = stack.pop() {
            if state != Dfa::DEAD && !core::mem::replace(&mut is_in_brackets[state], true) {
                for byte in b"0123456789abcdef:" {
                    stack.push(dfa.step(state, *byte));
                }
            }
        }
        Self::new(dfa, b"./:", is_in_brackets, is_end)
    }

    /// Creates the schemes, which end at the start of the origin.
    fn schemes(dfa: &'d Dfa) -> Self {
        let is_in_brackets = vec![false; dfa.states().len()];
        Self::new(dfa, b"/:", is_in_brackets, dfa.accepting_states())
    }

    fn new(dfa: &'d Dfa, others: &[u8], is_in_brackets: Vec<bool>, is_end: Vec<bool>) -> Self {
        let mut bytes: Vec<Vec<u8>> = vec![Vec::new(); dfa.class_count()];
        for byte in 0x21..0x7f {
            if !others.contains(&byte) {
                bytes[usize::from(dfa.class(byte))].push(byte);
            }
        }
        let mut texts = Self {
            dfa,
            bytes,
            colon: usize::from(dfa.class(b':')),
            is_in_brackets,
            is_end,
            counts: Vec::new(),
        };
        texts.counts = texts.count();
        texts
    }

    /// Counts the texts of each state, from right to left. States that remain are part of a
    /// repetition.
    fn count(&self) -> Vec<Option<usize>> {
        let states = self.dfa.states();
        let mut sources: Vec<Vec<State>> = vec![Vec::new(); states.len()];
        for state in states.clone() {
            for (_, to) in self.steps(state) {
                sources[to].push(state);
            }
        }
        // Digits may belong to a port; then no text ends to their left.
        let is_useful = reaching(&sources, self.is_end.clone());
        let mut waiting = vec![0; states.len()];
        for state in states.clone() {
            if is_useful[state] {
                for source in &sources[state] {
                    waiting[*source] += 1;
                }
            }
        }
        let mut counts = vec![None; states.len()];
        let mut ready = Vec::new();
        for state in states {
            if waiting[state] == 0 {
                ready.push(state);
            }
        }
        while let Some(state) = ready.pop() {
            let mut count = 0_usize;
            for (bytes, to) in self.steps(state) {
                if is_useful[to] {
                    let texts = counts[to].unwrap_or(0_usize);
                    let texts = texts.saturating_add(usize::from(self.is_end[to]));
                    count = count.saturating_add(texts.saturating_mul(bytes.len()));
                }
            }
            counts[state] = Some(count);
            if !is_useful[state] {
                continue;
            }
            for source in &sources[state] {
                waiting[*source] -= 1;
                if waiting[*source] == 0 {
                    ready.push(*source);
                }
            }
        }
        counts
    }

    /// Returns whether a host may end in `state`, next to the scheme.
    fn is_host(&self, state: State) -> bool {
        self.dfa.step(state, b'/') != Dfa::DEAD
    }

    /// Returns whether the label to the left of `state` may be empty, which apps can choose.
    fn has_empty_label(&self, state: State) -> bool {
        self.is_end[state]
    }

    fn left_of_dot(&self, state: State) -> State {
        self.dfa.step(state, b'.')
    }

    /// Returns the states after each byte of a text.
    fn steps(&self, state: State) -> Vec<(&[u8], State)> {
        let mut steps = Vec::new();
        for (class, to) in self.dfa.row(state).iter().enumerate() {
            if *to == Dfa::DEAD {
                continue;
            }
            if !self.bytes[class].is_empty() {
                steps.push((self.bytes[class].as_slice(), *to));
            }
            if class == self.colon && self.is_in_brackets[state] {
                steps.push((b":".as_slice(), *to));
            }
        }
        steps
    }

    /// Returns the texts that can be read from `state`, the shortest first, unless there are more than
    /// `max`.
    fn read(&self, state: State, max: usize) -> Option<Vec<Found>> {
        if self.counts[state]? > max {
            return None;
        }
        let mut found: Vec<Found> = Vec::new();
        let mut stack = vec![(state, String::new())];
        while let Some((state, text)) = stack.pop() {
            for (bytes, to) in self.steps(state) {
                if self.is_end[to] || self.counts[to] != Some(0) {
                    for byte in bytes {
                        stack.push((to, format!("{}{text}", char::from(*byte))));
                    }
                }
            }
            if !text.is_empty() && self.is_end[state] {
                let is_before =
                    |other: &Found| (other.text.len(), &other.text) < (text.len(), &text);
                found.insert(found.partition_point(is_before), Found { text, state });
            }
        }
        Some(found)
    }
}

/// Returns the schemes of the origins that an automaton accepts, unless there are more than [`MAX_SCHEMES`].
pub(crate) fn schemes(dfa: &Dfa) -> Option<Vec<String>> {
    let texts = Texts::schemes(dfa);
    let mut starts = Vec::new();
    for host in dfa.states() {
        starts.push(dfa.run(host, b"://"));
    }
    let mut schemes = Vec::new();
    for start in alive(starts) {
        for scheme in texts.read(start, MAX_SCHEMES)? {
            if !schemes.contains(&scheme.text) {
                schemes.push(scheme.text);
            }
        }
        if schemes.len() > MAX_SCHEMES {
            return None;
        }
    }
    Some(schemes)
}

/// Returns the owners of the origins that an automaton accepts, each by the registrable domain, the
/// private name or the address, in alphabetical order.
pub(crate) fn owners(dfa: &Dfa) -> Result<Vec<String>, Unconfined> {
    let hosts = Hosts::new(dfa);
    let mut search = OwnerSearch {
        labels: Texts::labels(dfa),
        owners: Vec::new(),
        seen: HashMap::new(),
        waiting: VecDeque::new(),
    };
    if let Some(host) = search.only_host(&hosts).or_else(|| only_listed_host(dfa)) {
        // A single host is equivalent to that host in a list.
        return Ok(vec![host]);
    }
    for (state, end) in &hosts.ends {
        if end.starts_with('.') && search.labels.has_empty_label(*state) {
            return Err(Unconfined::AnyNameUnder(String::new()));
        }
        search.names_under("", *state)?;
        while let Some((state, name)) = search.waiting.pop_front() {
            search.name(&name, state)?;
        }
    }
    for owner in &search.owners {
        if let Some(domain) = search.domain_below(owner) {
            return Err(Unconfined::DomainBelow(domain));
        }
    }
    Ok(search.owners)
}

/// Returns the host that a few accepted origins share. An app can choose a host that is not a name,
/// such as `.`.
fn only_listed_host(dfa: &Dfa) -> Option<String> {
    let origins = dfa.enumerate_up_to(MAX_SCHEMES)?;
    let mut only = None;
    for origin in &origins {
        let (_, host, _) = split(origin)?;
        if *only.get_or_insert(host) != host {
            return None;
        }
    }
    only.map(str::to_owned)
}

/// Maximum length of a host name.
const MAX_HOST_LEN: usize = 253;

/// The state of a search for owners.
struct OwnerSearch<'d> {
    labels: Texts<'d>,
    /// In alphabetical order.
    owners: Vec<String>,
    /// The names that were found, each with the states to its left.
    seen: HashMap<String, Vec<State>>,
    /// The names that are still to be processed, each with the state to its left.
    waiting: VecDeque<(State, String)>,
}

impl OwnerSearch<'_> {
    /// Returns the host of all accepted origins, if there is only one.
    fn only_host(&self, hosts: &Hosts<'_>) -> Option<String> {
        let mut only = None;
        for (end, text) in &hosts.ends {
            let (mut state, mut host) = (*end, String::new());
            if text.starts_with('.') && self.labels.has_empty_label(state) {
                return None;
            }
            while let [label] = self.labels.read(state, 1)?.as_slice() {
                host = under(&label.text, &host);
                let left = self.labels.left_of_dot(label.state);
                if self.labels.has_empty_label(left) {
                    return None;
                } else if !self.labels.is_host(label.state) {
                    state = left;
                } else if left == Dfa::DEAD && *only.get_or_insert_with(|| host.clone()) == host {
                    break;
                } else {
                    return None;
                }
            }
        }
        only
    }

    /// Processes the names that are one label longer than `suffix`, each of which has another
    /// owner.
    fn names_under(&mut self, suffix: &str, state: State) -> Result<(), Unconfined> {
        // A host with an empty label has no name. A dot at the end is the root.
        if !suffix.is_empty() && self.labels.has_empty_label(state) {
            return Err(Unconfined::AnyNameUnder(suffix.to_owned()));
        }
        let labels = self.labels.read(state, MAX_DOMAINS);
        let labels = labels.ok_or_else(|| match self.labels.counts[state] {
            // An unescaped dot matches 38 bytes, and an alternation for what somebody has listed.
            Some(count) if count < 38 => Unconfined::TooManyDomains,
            _ => Unconfined::AnyNameUnder(suffix.to_owned()),
        })?;
        for label in labels {
            let name = under(&label.text, suffix);
            // Name servers cannot hold longer names.
            if name.len() <= MAX_HOST_LEN {
                self.wait_for(name, label.state);
            }
        }
        Ok(())
    }

    /// Schedules a name, if it is complete.
    fn wait_for(&mut self, name: String, state: State) {
        if self.labels.is_end[state] {
            let seen = self.seen.entry(name.clone()).or_default();
            if !seen.contains(&state) {
                seen.push(state);
                self.waiting.push_back((state, name));
            }
        }
    }

    /// Processes a name whose labels end in `state`: finds its owner, or continues to the left.
    fn name(&mut self, name: &str, state: State) -> Result<(), Unconfined> {
        let is_host = self.labels.is_host(state);
        let left = self.labels.left_of_dot(state);
        match classify(name) {
            Name::Standalone => {
                if is_host {
                    self.add(name)?;
                }
                self.names_under(name, left)
            }
            Name::PublicSuffix if is_host => Err(Unconfined::SharedHost(name.to_owned())),
            Name::PublicSuffix => self.names_under(name, left),
            Name::Private
            | Name::Registrable {
                has_suffixes_below: false,
            } => self.add(name),
            Name::Registrable {
                has_suffixes_below: true,
            } => {
                for rule in self.rules(name, state) {
                    self.rule(name, &rule, state)?;
                }
                match self.has_host_of_its_own(name, state) {
                    true => self.add(name),
                    false => Ok(()),
                }
            }
        }
    }

    /// Returns the rules below a name that the automaton can reach.
    fn rules(&self, name: &str, state: State) -> Vec<String> {
        let mut states = vec![state];
        let reached = rules_below(name, |depth, label| {
            states.truncate(depth + 1);
            let left = self.labels.left_of_dot(states[depth]);
            let to = match label {
                "*" => left,
                label => self.labels.dfa.run(left, label.as_bytes()),
            };
            states.push(to);
            to != Dfa::DEAD
        });
        // Short names are better examples.
        let length = |rule: &str| (rule.split('.').count(), rule.len());
        let mut rules: Vec<String> = Vec::new();
        for rule in reached {
            let index = rules.partition_point(|other| length(other) <= length(&rule));
            rules.insert(index, rule);
        }
        rules
    }

    /// Processes the public suffixes of a rule below `name`.
    fn rule(&mut self, name: &str, rule: &str, state: State) -> Result<(), Unconfined> {
        let labels = rule.trim_start_matches('!').trim_start_matches('*');
        let labels = &labels[..labels.len() - name.len()];
        let to = self.labels.dfa.run(state, labels.as_bytes());
        match rule.strip_prefix("*.") {
            Some(parent) => self.names_under(parent, to),
            None => {
                self.wait_for(rule.trim_start_matches('!').to_owned(), to);
                Ok(())
            }
        }
    }

    /// Returns whether the automaton accepts `name`, or a host under it that is not under a public
    /// suffix below.
    fn has_host_of_its_own(&self, name: &str, state: State) -> bool {
        if self.labels.is_host(state) {
            return true;
        }
        let left = self.labels.left_of_dot(state);
        let mut next: HashSet<String> = HashSet::new();
        for rule in rules_below(name, |_, _| true) {
            let labels = rule[..rule.len() - name.len()].trim_matches(['!', '.']);
            if let Some(label) = labels.rsplit('.').next() {
                next.insert(label.to_owned());
            }
        }
        if next.contains("*") {
            return false;
        }
        let Some(labels) = self.labels.read(left, next.len()) else {
            return true;
        };
        labels.iter().any(|label| {
            let name = under(&label.text, name);
            !next.contains(&label.text)
                || classify(&name) != Name::PublicSuffix
                    && self.has_host_of_its_own(&name, label.state)
        })
    }

    fn add(&mut self, owner: &str) -> Result<(), Unconfined> {
        let index = self
            .owners
            .binary_search_by(|known| known.as_str().cmp(owner));
        if let Err(index) = index {
            self.owners.insert(index, owner.to_owned());
        }
        match self.owners.len() <= MAX_DOMAINS {
            true => Ok(()),
            false => Err(Unconfined::TooManyDomains),
        }
    }

    /// Returns an owner whose domain is below that of `owner`.
    fn domain_below(&self, owner: &str) -> Option<String> {
        let end = format!(".{owner}");
        let mut others = self.owners.iter();
        others.find(|other| other.ends_with(&end)).cloned()
    }
}

/// Returns a label to the left of a name.
fn under(label: &str, name: &str) -> String {
    match name {
        "" => label.to_owned(),
        name => format!("{label}.{name}"),
    }
}
