//! The matchers of a policy as a graph.

use cors_origin::pattern::{Host, LabelPart, Pattern, Port};

use super::automata;
use super::label::{ByteSet, EdgeLabel};
use super::{Entry, EntryKind, Policy};
use crate::automaton::{Dfa, SplitDfa, State, split_affixes};

/// The matchers of a policy as a graph: one path for each entry of each rule.
///
/// An origin is allowed if a path reads it, from the start to an accepting node. Some paths read origins
/// [backwards](EntryPath::is_reversed). The first path that reads the origin determines the rule. Patterns and
/// regexes do not accept more than 324 bytes, the maximum for origins.
///
/// `Display` prints the graph in the [language of
/// Graphviz](https://graphviz.org/doc/info/lang.html).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    paths: Vec<EntryPath>,
    pub(super) rule_count: usize,
}

/// The path of one entry, from its own start to the accepting nodes.
///
/// The path of an origin or a pattern is a chain of its parts. The path of a regex is its
/// automaton, which reads origins backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPath {
    rule: usize,
    entry: usize,
    text: String,
    is_reversed: bool,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// A node of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    rule: usize,
    entry: usize,
    number: usize,
    is_start: bool,
    is_accepting: bool,
}

/// A transition between two nodes of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    source: Node,
    target: Node,
    label: EdgeLabel,
}

/// The shape of a path: the number of nodes, which of them start and accept, and the edges.
struct Shape {
    node_count: usize,
    start: usize,
    accepting: Vec<usize>,
    edges: Vec<(usize, EdgeLabel, usize)>,
}

impl Graph {
    /// Returns the graph of a policy.
    pub fn new(policy: &Policy) -> Self {
        let rules = policy.rules.iter().enumerate();
        let paths = rules.flat_map(|(rule, listed)| {
            let entries = listed.origins.iter().enumerate();
            entries.map(move |(index, entry)| EntryPath::new(rule, index, entry))
        });
        Self {
            paths: paths.collect(),
            rule_count: policy.rules.len(),
        }
    }

    /// Returns the path of each entry, in the order of the policy.
    #[must_use]
    pub fn paths(&self) -> &[EntryPath] {
        &self.paths
    }

    /// Returns the nodes of all paths.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.paths.iter().flat_map(EntryPath::nodes)
    }

    /// Returns the edges of all paths.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.paths.iter().flat_map(EntryPath::edges)
    }
}

impl EntryPath {
    fn new(rule: usize, index: usize, entry: &Entry) -> Self {
        let shape = match &entry.kind {
            EntryKind::Any | EntryKind::AnySerialized => Shape::chain([EdgeLabel::Any]),
            EntryKind::Configured => Shape::chain([EdgeLabel::Configured]),
            EntryKind::Predicate(path) => Shape::chain([EdgeLabel::Predicate(path.clone())]),
            EntryKind::Pattern(text) => Shape::chain(match Pattern::parse(text) {
                Ok(pattern) => segments(&pattern),
                // `null`
                Err(_) => vec![EdgeLabel::Text(text.clone())],
            }),
            EntryKind::Regex(expression) => match automata::regex_automaton(expression) {
                Some(dfa) => Shape::automaton(&split_affixes(&dfa)),
                None => Shape::chain([]),
            },
        };
        let nodes: Vec<Node> = (0..shape.node_count)
            .map(|number| Node {
                rule,
                entry: index,
                number,
                is_start: number == shape.start,
                is_accepting: shape.accepting.contains(&number),
            })
            .collect();
        let edges = shape.edges.into_iter();
        let edges = edges.map(|(source, label, target)| Edge {
            source: nodes[source],
            target: nodes[target],
            label,
        });
        Self {
            rule,
            entry: index,
            text: entry.written.clone(),
            is_reversed: matches!(entry.kind, EntryKind::Regex(_)),
            edges: edges.collect(),
            nodes,
        }
    }

    /// Returns the index of the rule, which is 0 in a policy without `rule(..)`.
    #[must_use]
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// Returns the index of the entry in the rule.
    #[must_use]
    pub fn entry(&self) -> usize {
        self.entry
    }

    /// Returns the entry as it is written in the policy or in an environment variable.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the path reads origins backwards, as that of a regex does. Even then, the text of
    /// each label is in normal order.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Returns the nodes. Exactly one of them is the start.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// Returns the edges.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter()
    }
}

impl Shape {
    /// Creates a chain of labels.
    fn chain(labels: impl IntoIterator<Item = EdgeLabel>) -> Self {
        let labels = labels.into_iter().enumerate();
        let edges: Vec<_> = labels
            .map(|(source, label)| (source, label, source + 1))
            .collect();
        Self {
            node_count: edges.len() + 1,
            start: 0,
            accepting: vec![edges.len()],
            edges,
        }
    }

    /// Creates the states of an automaton, with an additional node before them for the common
    /// suffix, and one after them for the common prefix, if there are any.
    fn automaton(split: &SplitDfa) -> Self {
        let dfa = &split.core;
        let has_suffix = !split.suffix.is_empty();
        // The dead state has no node.
        let node = |state: State| state - Dfa::START + usize::from(has_suffix);
        let states = Dfa::START..dfa.states().end;
        let mut node_count = node(states.end);
        let mut edges = Vec::new();
        if has_suffix {
            let suffix = EdgeLabel::Text(split.suffix.clone());
            edges.push((0, suffix, node(Dfa::START)));
        }
        for state in states.clone() {
            let mut targets: Vec<State> = dfa.row(state).to_vec();
            targets.sort_unstable();
            targets.dedup();
            for target in targets.into_iter().filter(|target| *target != Dfa::DEAD) {
                let bytes = ByteSet::new(|byte| dfa.step(state, byte) == target);
                edges.push((node(state), EdgeLabel::Byte(bytes), node(target)));
            }
        }
        let accepting = states.filter(|state| !dfa.accepts(*state).is_empty());
        let mut accepting: Vec<usize> = accepting.map(node).collect();
        if !split.prefix.is_empty() {
            for state in std::mem::replace(&mut accepting, vec![node_count]) {
                edges.push((state, EdgeLabel::Text(split.prefix.clone()), node_count));
            }
            node_count += 1;
        }
        Self {
            node_count,
            start: 0,
            accepting,
            edges,
        }
    }
}

/// Returns the scheme, the texts and wildcards of the host, and the port.
fn segments(pattern: &Pattern) -> Vec<EdgeLabel> {
    let mut segments = vec![EdgeLabel::Text(format!("{}://", pattern.scheme))];
    let mut text = String::new();
    let flush = |text: &mut String, segments: &mut Vec<EdgeLabel>| {
        if !text.is_empty() {
            segments.push(EdgeLabel::Text(std::mem::take(text)));
        }
    };
    match &pattern.host {
        Host::Domain(labels) => {
            for (index, label) in labels.iter().enumerate() {
                text += if index > 0 { "." } else { "" };
                for part in &label.parts {
                    let wildcard = match part {
                        LabelPart::Text(part) => {
                            text += part;
                            continue;
                        }
                        LabelPart::Wildcard => EdgeLabel::Wildcard,
                        LabelPart::DeepWildcard => EdgeLabel::DeepWildcard,
                    };
                    flush(&mut text, &mut segments);
                    segments.push(wildcard);
                }
            }
        }
        host => text += &host.to_string(),
    }
    flush(&mut text, &mut segments);
    match pattern.port {
        Port::Implicit => {}
        Port::Number(number) => segments.push(EdgeLabel::Text(format!(":{number}"))),
        Port::Any => segments.push(EdgeLabel::AnyPort(pattern.default_port())),
    }
    segments
}

impl Node {
    /// Returns the index of its rule.
    #[must_use]
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// Returns the index of its entry in the rule.
    #[must_use]
    pub fn entry(&self) -> usize {
        self.entry
    }

    /// Returns the number that distinguishes it from the other nodes of its path.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns whether the path starts here.
    #[must_use]
    pub fn is_start(&self) -> bool {
        self.is_start
    }

    /// Returns whether the entry accepts an origin whose path ends here.
    #[must_use]
    pub fn is_accepting(&self) -> bool {
        self.is_accepting
    }
}

impl Edge {
    /// Returns its source node.
    #[must_use]
    pub fn source(&self) -> Node {
        self.source
    }

    /// Returns its target node.
    #[must_use]
    pub fn target(&self) -> Node {
        self.target
    }

    /// Returns the part of an origin that the edge reads.
    #[must_use]
    pub fn label(&self) -> &EdgeLabel {
        &self.label
    }
}
