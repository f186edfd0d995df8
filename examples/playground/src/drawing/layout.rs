//! Positions of the nodes of a path: in columns, from its start to its accepting nodes.

use std::collections::{HashMap, HashSet};

use cors_runtime::export::{Edge, EntryPath, Node};

/// Distance between nodes of one column.
const ROW: f64 = 44.0;
/// Space above and below the nodes, for edges that bend around some of them.
const BEND: f64 = 20.0;
/// The width of a character of a label.
pub(super) const CHARACTER: f64 = 7.85;
/// Space around the label of an edge.
const GAP: f64 = 56.0;

/// A path with a place for each of its nodes. All coordinates are from its own top left corner.
pub(super) struct Layout<'g> {
    pub(super) path: &'g EntryPath,
    pub(super) places: Vec<(Node, Place)>,
    pub(super) edges: Vec<&'g Edge>,
    pub(super) width: f64,
    pub(super) height: f64,
}

#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    column: usize,
}

impl<'g> Layout<'g> {
    pub(super) fn new(path: &'g EntryPath) -> Self {
        let edges: Vec<&Edge> = path.edges().collect();
        let columns = columns(path, &edges);
        let lefts = lefts(&edges, &columns);
        let mut members = vec![Vec::new(); lefts.len()];
        for node in path.nodes() {
            members[columns[node]].push(*node);
        }
        let most = members.iter().map(Vec::len).max().unwrap_or_default();
        let is_bent = |edge: &&Edge| columns[&edge.target()] != columns[&edge.source()] + 1;
        let bend = if edges.iter().any(is_bent) { BEND } else { 0.0 };
        let width = lefts.last().copied().unwrap_or_default();
        let height = ROW * most as f64 + 2.0 * bend;
        let mut places = Vec::new();
        for (column, (nodes, left)) in members.iter().zip(&lefts).enumerate() {
            // A path that is read backwards starts at the right, so that its text is readable.
            let x = if path.is_reversed() {
                width - left
            } else {
                *left
            };
            let top = (height - ROW * nodes.len() as f64 + ROW) / 2.0;
            let nodes = nodes.iter().enumerate();
            places.extend(nodes.map(|(row, node)| {
                let y = top + ROW * row as f64;
                (*node, Place { x, y, column })
            }));
        }
        Self {
            path,
            places,
            edges,
            width,
            height,
        }
    }

    /// The places of the source and the target of an edge.
    pub(super) fn ends(&self, edge: &Edge) -> (Place, Place) {
        let place = |node: Node| {
            let mut places = self.places.iter();
            let place = places.find(|(placed, _)| *placed == node);
            place.expect("edges lead to nodes of their path").1
        };
        (place(edge.source()), place(edge.target()))
    }
}

impl Place {
    pub(super) fn is_before(&self, next: &Self) -> bool {
        self.column + 1 == next.column
    }
}

/// The column of each node: the length of the longest path to it from the start, without loops.
fn columns(path: &EntryPath, edges: &[&Edge]) -> HashMap<Node, usize> {
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    for node in path
        .nodes()
        .filter(|node| node.is_start())
        .chain(path.nodes())
    {
        visit(*node, edges, &mut seen, &mut order);
    }
    // A node comes before the nodes that it leads to, except in loops.
    order.reverse();
    let mut columns: HashMap<Node, usize> = order.iter().map(|node| (*node, 0)).collect();
    for (rank, node) in order.iter().enumerate() {
        let next = columns[node] + 1;
        for edge in edges.iter().filter(|edge| edge.source() == *node) {
            let is_behind = order[rank + 1..].contains(&edge.target());
            columns
                .entry(edge.target())
                .and_modify(|column| *column = (*column).max(if is_behind { next } else { 0 }));
        }
    }
    columns
}

/// Adds a node to the order, after all nodes that it leads to.
fn visit(node: Node, edges: &[&Edge], seen: &mut HashSet<Node>, order: &mut Vec<Node>) {
    if seen.insert(node) {
        for edge in edges.iter().filter(|edge| edge.source() == node) {
            visit(edge.target(), edges, seen, order);
        }
        order.push(node);
    }
}

/// Returns the position of each column: the labels between columns have to fit.
fn lefts(edges: &[&Edge], columns: &HashMap<Node, usize>) -> Vec<f64> {
    let count = columns.values().max().map_or(0, |last| last + 1);
    let mut lefts = vec![0.0; count];
    for right in 1..count {
        let between = edges.iter().filter(|edge| {
            columns[&edge.source()] + 1 == right && columns[&edge.target()] == right
        });
        let lengths = between.map(|edge| edge.label().to_string().chars().count());
        let longest = lengths.max().unwrap_or_default();
        lefts[right] = lefts[right - 1] + GAP + CHARACTER * longest as f64;
    }
    lefts
}
