//! Where the nodes of a way stand: in columns, from where it starts to where it accepts.

use std::collections::{HashMap, HashSet};

use cors_runtime::graph::{Edge, Node, Way};

/// Between nodes of one column.
const ROW: f64 = 44.0;
/// Above and below the nodes, where edges bend around some of them.
const BEND: f64 = 20.0;
/// The width of a character of a label.
const CHARACTER: f64 = 7.85;
/// Around the label of an edge.
const GAP: f64 = 56.0;

/// A way with a place for each of its nodes. All coordinates are from its own top left corner.
pub(super) struct Layout {
    pub(super) way: Way,
    pub(super) places: Vec<(Node, Place)>,
    pub(super) edges: Vec<Edge>,
    pub(super) width: f64,
    pub(super) height: f64,
}

#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    column: usize,
}

impl Layout {
    pub(super) fn of(way: Way) -> Self {
        let edges: Vec<Edge> = way.edges().collect();
        let columns = columns(&way, &edges);
        let lefts = lefts(&edges, &columns);
        let mut members = vec![Vec::new(); lefts.len()];
        for node in way.nodes() {
            members[columns[&node]].push(node);
        }
        let most = members.iter().map(Vec::len).max().unwrap_or_default();
        let is_bent = |edge: &Edge| columns[&edge.to()] != columns[&edge.from()] + 1;
        let bend = if edges.iter().any(is_bent) { BEND } else { 0.0 };
        let width = lefts.last().copied().unwrap_or_default();
        let height = ROW * most as f64 + 2.0 * bend;
        let mut places = Vec::new();
        for (column, (nodes, left)) in members.iter().zip(&lefts).enumerate() {
            // What is read from its end starts at the right, so that its text is read as it stands.
            let x = if way.is_reversed() {
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
            way,
            places,
            edges,
            width,
            height,
        }
    }

    /// Where an edge leaves, and where it leads.
    pub(super) fn ends(&self, edge: &Edge) -> (Place, Place) {
        let place = |node: Node| {
            let mut places = self.places.iter();
            let place = places.find(|(placed, _)| *placed == node);
            place.expect("edges lead to nodes of their way").1
        };
        (place(edge.from()), place(edge.to()))
    }
}

impl Place {
    pub(super) fn is_before(&self, next: &Self) -> bool {
        self.column + 1 == next.column
    }
}

/// The column of each node: as far from the start as the longest way to it, loops left out.
fn columns(way: &Way, edges: &[Edge]) -> HashMap<Node, usize> {
    let (mut seen, mut order) = (HashSet::new(), Vec::new());
    for node in way.nodes().filter(Node::is_start).chain(way.nodes()) {
        visit(node, edges, &mut seen, &mut order);
    }
    // Behind a node stands what it leads to, but for loops.
    order.reverse();
    let mut columns: HashMap<Node, usize> = order.iter().map(|node| (*node, 0)).collect();
    for (rank, node) in order.iter().enumerate() {
        let next = columns[node] + 1;
        for edge in edges.iter().filter(|edge| edge.from() == *node) {
            let is_behind = order[rank + 1..].contains(&edge.to());
            columns
                .entry(edge.to())
                .and_modify(|column| *column = (*column).max(if is_behind { next } else { 0 }));
        }
    }
    columns
}

/// Puts a node into the order, behind all that it leads to.
fn visit(node: Node, edges: &[Edge], seen: &mut HashSet<Node>, order: &mut Vec<Node>) {
    if seen.insert(node) {
        for edge in edges.iter().filter(|edge| edge.from() == node) {
            visit(edge.to(), edges, seen, order);
        }
        order.push(node);
    }
}

/// Where each column stands: the labels between it and its neighbour have to fit.
fn lefts(edges: &[Edge], columns: &HashMap<Node, usize>) -> Vec<f64> {
    let count = columns.values().max().map_or(0, |last| last + 1);
    let mut lefts = vec![0.0; count];
    for right in 1..count {
        let between = edges
            .iter()
            .filter(|edge| columns[&edge.from()] + 1 == right && columns[&edge.to()] == right);
        let lengths = between.map(|edge| edge.label().to_string().chars().count());
        let longest = lengths.max().unwrap_or_default();
        lefts[right] = lefts[right - 1] + GAP + CHARACTER * longest as f64;
    }
    lefts
}
