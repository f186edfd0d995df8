//! An index of many patterns, to find those that accept an origin, or everything that another
//! pattern accepts: a tree of their labels, from right to left.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Host, Label, LabelPart, Pattern, Port};
use crate::origin::{self, MAX_ORIGIN_LEN, default_port, is_label_byte, parse_port};

/// Patterns with numbers.
#[derive(Debug, Default)]
pub struct PatternIndex {
    nodes: Vec<Node>,
}

/// The patterns with the same labels so far.
#[derive(Debug, Default)]
struct Node {
    /// The next nodes, by the text of a label.
    exact: BTreeMap<String, usize>,
    /// The next nodes, by a label with wildcards: by the text before its first wildcard, then by
    /// the text after its last one.
    wildcards: BTreeMap<String, BTreeMap<String, Vec<(Label, usize)>>>,
    /// Patterns without further labels.
    ends: Ends,
    /// Patterns with `**` and without further labels.
    deep_ends: Ends,
}

/// Patterns with the same host, in the order in which they were added.
type Ends = BTreeMap<(String, PortKey), Vec<usize>>;

/// A port, in some order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PortKey {
    Implicit,
    Number(u16),
    Any,
}

impl From<Port> for PortKey {
    fn from(port: Port) -> Self {
        match port {
            Port::Implicit => Self::Implicit,
            Port::Number(number) => Self::Number(number),
            Port::Any => Self::Any,
        }
    }
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
        let end = (pattern.scheme.clone(), pattern.port.into());
        ends.entry(end).or_default().push(number);
    }

    fn child(&mut self, node: usize, label: &Label) -> usize {
        let next = self.nodes.len();
        let known = if label.is_exact() {
            let exact = &mut self.nodes[node].exact;
            *exact.entry(label.to_string()).or_insert(next)
        } else {
            let wildcards = &mut self.nodes[node].wildcards;
            let by_end = wildcards.entry(label.start().to_string()).or_default();
            let alike = by_end.entry(label.end().to_string()).or_default();
            match alike.iter().find(|(known, _)| known == label) {
                Some((_, node)) => *node,
                None => {
                    alike.push((label.clone(), next));
                    next
                }
            }
        };
        if known == next {
            self.nodes.push(Node::default());
        }
        known
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
        let mut ports = vec![PortKey::from(port), PortKey::Any];
        ports.dedup();
        // Number of labels from the left that `**` accepts.
        let accepted = labels.iter().take_while(|label| label.is_of_letters());
        let mut search = Search {
            index: self,
            ends: ports
                .into_iter()
                .map(|port| (scheme.to_string(), port))
                .collect(),
            labels,
            accepted: accepted.count(),
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
    ends: Vec<(String, PortKey)>,
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
        let node = &self.index.nodes[node];
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
        if label.is_exact()
            && let Some(next) = node.exact.get(&label.to_string())
        {
            self.visit(*next, unread - 1);
        }
        if node.wildcards.is_empty() {
            return;
        }
        let (start, end) = (label.start(), label.end());
        for start in (0..=start.len()).filter_map(|length| start.get(..length)) {
            let Some(by_end) = node.wildcards.get(start) else {
                continue;
            };
            for end in (0..=end.len()).filter_map(|length| end.get(length..)) {
                for (known, next) in by_end.get(end).into_iter().flatten() {
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

    fn report(&mut self, ends: &Ends) {
        for numbers in self.ends.iter().filter_map(|end| ends.get(end)) {
            (self.found)(numbers);
        }
    }
}

fn labels(host: &Host) -> Vec<Label> {
    match host {
        Host::Ip(host) | Host::Opaque(host) => split(host),
        Host::Domain(labels) => labels.clone(),
    }
}

/// Returns the labels of a host without wildcards; an address in brackets is one label.
fn split(host: &str) -> Vec<Label> {
    match host.starts_with('[') {
        true => vec![Label::exact(host)],
        false => host.split('.').map(Label::exact).collect(),
    }
}

impl Label {
    pub(crate) fn exact(text: &str) -> Self {
        let text = Some(text).filter(|text| !text.is_empty());
        let parts = text.map(|text| LabelPart::Text(text.into()));
        Self {
            parts: parts.into_iter().collect(),
        }
    }

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
                LabelPart::Text(text) => letters.extend(text.bytes().map(Some)),
                LabelPart::Wildcard | LabelPart::DeepWildcard => letters.push(None),
            }
        }
        // For each position, whether the parts so far can end there.
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for part in &self.parts {
            let mut next = vec![false; ends.len()];
            match part {
                LabelPart::Text(text) => {
                    for start in (0..ends.len()).filter(|start| ends[*start]) {
                        let rest = letters[start..].iter();
                        let is_there = rest.len() >= text.len()
                            && rest
                                .zip(text.bytes())
                                .all(|(letter, byte)| *letter == Some(byte));
                        if is_there {
                            next[start + text.len()] = true;
                        }
                    }
                }
                LabelPart::Wildcard | LabelPart::DeepWildcard => {
                    let mut is_open = false;
                    for (place, letter) in letters.iter().enumerate() {
                        is_open = (is_open || ends[place]) && letter.is_none_or(is_label_byte);
                        next[place + 1] = is_open;
                    }
                }
            }
            ends = next;
        }
        ends[letters.len()]
    }
}
