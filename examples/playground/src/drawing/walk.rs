//! The path of an origin through the drawing: the edges that match, as far as they do.

use cors_runtime::export::{Edge, EdgeLabel, EntryPath, Graph, Node};
use serde_json::{Value, json};

use super::{MAX_WAYS, is_small};

/// Maximum length of accepted input, as documented in [`cors_runtime::export::Graph`].
const MAX_ORIGIN_LEN: usize = 324;

/// A place that was reached, and the step to it.
#[derive(Clone, Copy)]
struct Reached {
    node: Node,
    /// Number of remaining bytes.
    left: usize,
    /// The index of the previous place, and of the edge from it.
    by: Option<(usize, usize)>,
}

/// Returns the nodes and edges that `origin` passes in each path, by their numbers in the drawing.
pub(crate) fn walks(graph: &Graph, origin: &str) -> Vec<Value> {
    let paths = graph.paths().iter().take(MAX_WAYS).enumerate();
    let paths = paths.filter(|(_, path)| is_small(path));
    paths
        .map(|(number, path)| walk(number, path, origin))
        .collect()
}

fn walk(number: usize, path: &EntryPath, origin: &str) -> Value {
    let edges: Vec<&Edge> = path.edges().collect();
    let mut reached: Vec<Reached> = Vec::new();
    let start = path.nodes().find(|node| node.is_start());
    reached.extend(start.map(|node| Reached {
        node: *node,
        left: origin.len(),
        by: None,
    }));
    let mut next = 0;
    while let Some(&Reached { node, left, .. }) = reached.get(next) {
        let rest = match path.is_reversed() {
            true => &origin.as_bytes()[..left],
            false => &origin.as_bytes()[origin.len() - left..],
        };
        for (index, edge) in edges
            .iter()
            .enumerate()
            .filter(|(_, edge)| edge.source() == node)
        {
            for length in lengths(edge.label(), rest, path.is_reversed()) {
                let left = left - length;
                if !reached
                    .iter()
                    .any(|old| (old.node, old.left) == (edge.target(), left))
                {
                    let by = Some((next, index));
                    reached.push(Reached {
                        node: edge.target(),
                        left,
                        by,
                    });
                }
            }
        }
        next += 1;
    }
    let is_accepted = |place: &&Reached| {
        place.left == 0 && place.node.is_accepting() && origin.len() <= MAX_ORIGIN_LEN
    };
    let accepted = reached.iter().find(is_accepted);
    let furthest = accepted.or_else(|| reached.iter().min_by_key(|place| place.left));
    // If nothing was read, there is no place.
    let furthest = furthest.filter(|place| place.by.is_some());
    let (mut nodes, mut passed) = (Vec::new(), Vec::new());
    let mut place = furthest.copied();
    while let Some(Reached { node, by, .. }) = place {
        nodes.push(node.number());
        passed.extend(by.map(|(_, edge)| edge));
        place = by.map(|(before, _)| reached[before]);
    }
    json!({ "way": number, "nodes": nodes, "edges": passed, "accepted": accepted.is_some() })
}

/// Returns how many of the next bytes a label can match, or of the last bytes, for a path that is read from the end.
fn lengths(label: &EdgeLabel, rest: &[u8], is_reversed: bool) -> Vec<usize> {
    let until = |is_read: fn(&u8) -> bool| rest.iter().take_while(|byte| is_read(byte)).count();
    match label {
        EdgeLabel::Text(text) => {
            let is_next = match is_reversed {
                true => rest.ends_with(text.as_bytes()),
                false => rest.starts_with(text.as_bytes()),
            };
            is_next.then_some(text.len()).into_iter().collect()
        }
        EdgeLabel::Byte(bytes) => {
            let next = if is_reversed {
                rest.last()
            } else {
                rest.first()
            };
            let is_next = next.is_some_and(|byte| bytes.contains(*byte));
            is_next.then_some(1).into_iter().collect()
        }
        EdgeLabel::Wildcard => (1..=until(is_wild)).collect(),
        EdgeLabel::DeepWildcard => {
            let most = until(|byte| is_wild(byte) || *byte == b'.');
            let are_labels = |length: &usize| {
                let mut labels = rest[..*length].split(|byte| *byte == b'.');
                labels.all(|label| !label.is_empty())
            };
            (1..=most).filter(are_labels).collect()
        }
        EdgeLabel::AnyPort(default) => {
            let port = port(rest).filter(|port| Some(*port) != *default);
            [0].into_iter().chain(port.map(|_| rest.len())).collect()
        }
        EdgeLabel::Any => vec![rest.len()],
        _ => Vec::new(),
    }
}

fn is_wild(byte: &u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

/// A colon and a port, as it is serialized.
fn port(rest: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(rest).ok()?.strip_prefix(':')?;
    let number: u16 = digits.parse().ok()?;
    (number != 0 && number.to_string() == digits).then_some(number)
}
