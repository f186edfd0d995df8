//! What decides about origins, as a graph to be drawn: [`Policy::graph`].
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//!
//! static API: Policy = cors_policy!(
//!     allow_origins = ["https://example.com", "https://*.example.com:*"],
//! );
//!
//! // cargo run | dot -Tsvg > policy.svg
//! print!("{}", API.graph());
//!
//! let labels = |entry: usize| {
//!     let way = API.graph().ways().nth(entry).unwrap();
//!     way.edges().map(|edge| edge.label().to_string()).collect::<Vec<_>>()
//! };
//! assert_eq!(labels(0), ["https://", "example.com"]);
//! assert_eq!(labels(1), ["https://", "* = [a-z0-9_-]+", ".example.com", ":* = any port or none"]);
//! ```

mod dot;
mod label;
mod parts;
mod table;
mod way;

pub use label::{Bytes, Label};
pub use way::{Edge, Node, Way};

use crate::policy::Policy;
use crate::rule::Rule;

/// What decides about origins: a way for each entry of each rule; made by [`Policy::graph`].
///
/// An origin is allowed if its bytes are the labels along a way, from the start to a node that
/// accepts; the rule of the first such way decides. No pattern and no regex accepts more than 324
/// bytes, which no origin has.
///
/// `Display` prints it in the [language of Graphviz](https://graphviz.org/doc/info/lang.html).
#[derive(Debug, Clone, Copy)]
pub struct Graph {
    rules: &'static [Rule<'static>],
}

impl Policy {
    /// What decides about origins, as a graph to be drawn. Made from what the compiled matcher was
    /// made from, and for regexes from the very automaton that is asked; it takes no memory of its
    /// own.
    #[must_use]
    pub fn graph(&self) -> Graph {
        Graph {
            rules: self.rules(),
        }
    }
}

impl Graph {
    /// The way of each entry, in the order of the policy.
    pub fn ways(&self) -> impl Iterator<Item = Way> + use<> {
        self.rules.iter().enumerate().flat_map(|(number, rule)| {
            let entries = rule.entries.iter().enumerate();
            entries.map(move |(entry, kind)| Way::of(number, entry, *kind))
        })
    }

    /// The nodes of all ways.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        self.ways().flat_map(|way| way.nodes())
    }

    /// The edges of all ways.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + use<> {
        self.ways().flat_map(|way| way.edges())
    }
}
