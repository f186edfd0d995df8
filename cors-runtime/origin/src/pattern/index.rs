//! An index of many patterns, to find those that accept an origin, or everything that another
//! pattern accepts: a tree of their labels, from right to left.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Host, Label, LabelPart, Pattern, Port};
use crate::origin::{self, MAX_ORIGIN_LEN, default_port, is_label_byte, parse_port};

/// Patterns with numbers.
#[derive(Debug, Default)]
pub struct PatternIndex {
    nodes: Vec<Node>,
    /// For labels with the same text before their first wildcard: places in `alike`, by the text after their last one.
    by_end: Vec<Indices>,
    /// Labels with the same text before their first wildcard and after their last one, each with the node after it.
    alike: Vec<Vec<(Label, usize)>>,
    /// Patterns with the same text, in the order in which they were added.
    equal: Vec<Vec<usize>>,
}

/// The patterns with the same labels so far.
#[derive(Debug, Default)]
struct Node {
    /// The next nodes, by the text of a label.
    exact: Indices,
    /// For labels with wildcards: places in `by_end`, by the text before the first wildcard.
    wildcards: Indices,
    /// For patterns without further labels: places in `equal`, by scheme and port.
    ends: Indices,
    /// For patterns with `**` and without further labels: places in `equal`, by scheme and port.
    deep_ends: Indices,
}

/// Indices of the items of a list, by text.
type Indices = BTreeMap<String, usize>;

/// Returns the index of the item for a text. Adds an item if there is none yet.
fn find_or_add<T: Default>(indices: &mut Indices, text: String, items: &mut Vec<T>) -> usize {
    let next = items.len();
    let index = *indices.entry(text).or_insert(next);
    if index == next {
        items.push(T::default());
    }
    index
}

impl PatternIndex {
    /// Adds a pattern with a number.
    pub fn insert(&mut self, pattern: &Pattern, number: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let labels = labels(&pattern.host);
        let is_deep = labels[0].is_deep();
        let mut node = 0;
        for label in labels[usize::from(is_deep)..].iter().rev() {
            node = self.child(node, label);
        }
        let node = &mut self.nodes[node];
        let ends = match is_deep {
            true => &mut node.deep_ends,
            false => &mut node.ends,
        };
        let end = scheme_and_port(&pattern.scheme, pattern.port);
        let equal = find_or_add(ends, end, &mut self.equal);
        self.equal[equal].push(number);
    }

    /// Returns the node after a label, which is a new one if there is none yet.
    fn child(&mut self, node: usize, label: &Label) -> usize {
        let new = self.nodes.len();
        let node = &mut self.nodes[node];
        let child = if label.is_exact() {
            *node.exact.entry(label.start().to_string()).or_insert(new)
        } else {
            let (start, end) = (label.start().to_string(), label.end().to_string());
            let by_end = find_or_add(&mut node.wildcards, start, &mut self.by_end);
            let alike = find_or_add(&mut self.by_end[by_end], end, &mut self.alike);
            let alike = &mut self.alike[alike];
            match alike.iter().find(|(known, _)| known == label) {
                Some((_, child)) => *child,
                None => {
                    alike.push((label.clone(), new));
                    new
                }
            }
        };
        if child == new {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Calls `found` with the numbers of patterns that accept everything that `pattern` accepts.
    /// Patterns with the same text are passed together, in the order in which they were added.
    /// Subtracts compared labels from `left`; when that is exhausted, patterns are missed.
    pub fn covering(&self, pattern: &Pattern, left: &mut usize, mut found: impl FnMut(&[usize])) {
        let labels = labels(&pattern.host);
        self.search(&pattern.scheme, &labels, pattern.port, left, &mut found);
    }

    /// Calls `found` with the numbers of patterns that accept `origin`, as
    /// [`covering`](Self::covering) does.
    pub fn accepting(&self, origin: &str, left: &mut usize, mut found: impl FnMut(&[usize])) {
        if self.nodes.is_empty() || origin.len() > MAX_ORIGIN_LEN {
            return;
        }
        let Some((scheme, host, port)) = origin::split(origin) else {
            return;
        };
        let port = match port.map(|digits| parse_port(digits.as_bytes())) {
            None => Port::Implicit,
            // Browsers omit the default port.
            Some(Some(number)) if Some(number) != default_port(scheme) => Port::Number(number),
            Some(_) => return,
        };
        self.search(scheme, &split(host), port, left, &mut found);
    }

    fn search(
        &self,
        scheme: &str,
        labels: &[Label],
        port: Port,
        left: &mut usize,
        found: &mut dyn FnMut(&[usize]),
    ) {
        let mut ends = vec![scheme_and_port(scheme, port)];
        if port != Port::Any {
            ends.push(scheme_and_port(scheme, Port::Any));
        }
        let refused = labels.iter().position(|label| !label.is_of_letters());
        let mut search = Search {
            index: self,
            ends,
            labels,
            accepted: refused.unwrap_or(labels.len()),
            left,
            found,
        };
        if !self.nodes.is_empty() {
            search.visit(0, labels.len());
        }
    }
}

/// A search for patterns.
struct Search<'s> {
    index: &'s PatternIndex,
    /// Schemes and ports.
    ends: Vec<String>,
    labels: &'s [Label],
    /// Number of labels from the left that wildcards accept.
    accepted: usize,
    /// Number of labels that may still be compared.
    left: &'s mut usize,
    found: &'s mut dyn FnMut(&[usize]),
}

impl Search<'_> {
    /// Visits a node, with this number of unread labels.
    fn visit(&mut self, node: usize, unread: usize) {
        let index = self.index;
        let node = &index.nodes[node];
        let Some(label) = unread.checked_sub(1).map(|next| &self.labels[next]) else {
            self.report(&node.ends);
            return;
        };
        if unread <= self.accepted {
            self.report(&node.deep_ends);
        }
        if label.is_deep() {
            return;
        }
        let (start, end) = (label.start(), label.end());
        if label.is_exact()
            && let Some(next) = node.exact.get(start)
        {
            self.visit(*next, unread - 1);
        }
        if node.wildcards.is_empty() {
            return;
        }
        for length in 0..=start.len() {
            let by_end = start
                .get(..length)
                .and_then(|start| node.wildcards.get(start));
            let Some(by_end) = by_end.map(|by_end| &index.by_end[*by_end]) else {
                continue;
            };
            for length in 0..=end.len() {
                let Some(alike) = end.get(length..).and_then(|end| by_end.get(end)) else {
                    continue;
                };
                for (known, next) in &index.alike[*alike] {
                    let Some(left) = self.left.checked_sub(1) else {
                        return;
                    };
                    *self.left = left;
                    if known.covers(label) {
                        self.visit(*next, unread - 1);
                    }
                }
            }
        }
    }

    fn report(&mut self, ends: &Indices) {
        for end in &self.ends {
            if let Some(equal) = ends.get(end.as_str()) {
                (self.found)(&self.index.equal[*equal]);
            }
        }
    }
}

/// Returns a text that no other scheme and port have.
fn scheme_and_port(scheme: &str, port: Port) -> String {
    // No port has a space, whatever the scheme of an origin contains.
    format!("{port} {scheme}")
}

fn labels(host: &Host) -> Vec<Label> {
    match host {
        Host::Ip(host) | Host::Opaque(host) => split(host),
        Host::Domain(labels) => labels.clone(),
    }
}

/// Returns the labels of a host without wildcards; an address in brackets is one label.
fn split(host: &str) -> Vec<Label> {
    if host.starts_with('[') {
        return vec![Label::exact(host)];
    }
    let mut labels = Vec::new();
    for label in host.split('.') {
        labels.push(Label::exact(label));
    }
    labels
}

impl Label {
    fn is_deep(&self) -> bool {
        self.parts == [LabelPart::DeepWildcard]
    }

    /// Returns whether a wildcard accepts all labels that this one accepts.
    fn is_of_letters(&self) -> bool {
        let is_of_letters = |part: &LabelPart| match part {
            LabelPart::Text(text) => text.bytes().all(is_label_byte),
            LabelPart::Wildcard | LabelPart::DeepWildcard => true,
        };
        !self.parts.is_empty() && self.parts.iter().all(is_of_letters)
    }

    /// Returns the text before the first wildcard.
    fn start(&self) -> &str {
        match self.parts.first() {
            Some(LabelPart::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns the text after the last wildcard.
    fn end(&self) -> &str {
        match self.parts.last() {
            Some(LabelPart::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns whether this label accepts all labels that `other` accepts. A wildcard in `other`
    /// counts as a letter that no text contains.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let mut letters = Vec::new();
        for part in &other.parts {
            match part {
                LabelPart::Text(text) => letters.extend_from_slice(text.as_bytes()),
                LabelPart::Wildcard | LabelPart::DeepWildcard => letters.push(OTHER_LETTER),
            }
        }
        // For each position, whether the parts so far can end there.
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for part in &self.parts {
            let mut next = vec![false; ends.len()];
            match part {
                LabelPart::Text(text) => {
                    let text = text.as_bytes();
                    for start in 0..ends.len() {
                        if ends[start] && letters[start..].starts_with(text) {
                            next[start + text.len()] = true;
                        }
                    }
                }
                LabelPart::Wildcard | LabelPart::DeepWildcard => {
                    let mut is_open = false;
                    for (place, letter) in letters.iter().enumerate() {
                        let is_letter = *letter == OTHER_LETTER || is_label_byte(*letter);
                        is_open = (is_open || ends[place]) && is_letter;
                        next[place + 1] = is_open;
                    }
                }
            }
            ends = next;
        }
        ends[letters.len()]
    }
}

/// A letter that no text contains: this byte is not part of UTF-8.
const OTHER_LETTER: u8 = u8::MAX;
