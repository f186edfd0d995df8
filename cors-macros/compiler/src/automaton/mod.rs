//! Origin patterns and regular expressions as deterministic automata. This module handles patterns,
//! not policies.
//!
//! ```text
//! pattern ──▶ ┐
//!             ├─ build ──▶ Dfa ──product──▶ Dfa: inclusion, emptiness, what two accept together
//! regex ────▶ ┘                 ▲
//!              language ────────┘
//! ```
//!
//! An automaton reads an origin backwards. Patterns differ in their registrable domain, which is at
//! the end. So, read backwards, they diverge at once, and the automaton has about as many states as
//! the patterns have bytes. Read forward, they would share their wildcards and multiply. Patterns
//! that would multiply backwards too do not share an automaton.
//!
//! Automata only accept serialized origins: the expressions of patterns match nothing else, and
//! that of a regex is intersected with them.

mod affixes;
mod build;
mod dfa;
mod language;
mod partition;
mod product;

pub(crate) use affixes::{SplitDfa, split_affixes};
#[cfg(feature = "export")]
pub(crate) use build::from_trusted_within;
#[cfg(test)]
pub(crate) use build::pattern_to_regex;
pub use build::union;
pub(crate) use build::{MAX_REGEX_BYTES, MAX_REGEX_LEN, singleton};
pub use dfa::Dfa;
pub(crate) use dfa::{State, preferred_bytes};
pub(crate) use language::{
    InsecureOrigins, MAX_REGEX_STATES, RegexBudget, RegexError, SerializedOrigins, with_scheme,
};
pub(crate) use partition::partition;
#[cfg(feature = "export")]
pub(crate) use product::difference;
pub(crate) use product::{difference_within, is_included};

#[cfg(all(test, feature = "tokens"))]
pub(crate) mod tests;
