//! Origin patterns as one deterministic automaton.
//!
//! ```text
//! Origin ──expression──▶ regular expression ──build──▶ Dfa
//! ```
//!
//! The automaton reads an origin from its last byte to its first. Patterns differ in their
//! registrable domain, which stands at the end: read in reverse, they part at once, and the
//! automaton has about as many states as the patterns have bytes. Read forward, they would share
//! their wildcards and multiply.
//!
//! It accepts serialized origins only, because the expressions spell nothing else.

mod build;
mod dfa;
mod expression;

pub(crate) use dfa::{Dfa, State};

use crate::model::Origin;

/// The automaton that accepts what any of `patterns` accepts.
pub(crate) fn union(patterns: &[&Origin]) -> Dfa {
    let expressions: Vec<String> = patterns
        .iter()
        .map(|pattern| expression::of(pattern))
        .collect();
    build::reverse(&expressions)
}

#[cfg(test)]
mod tests;
