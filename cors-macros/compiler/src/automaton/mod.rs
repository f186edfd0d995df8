//! Origin patterns and regular expressions as deterministic automata. This module handles patterns,
//! not policies.
//!
//! ```text
//! pattern ──build──▶ ┐
//!                    ├─ expression ─▶ ┐
//! language ────────▶ ┘                ├─ graph ─determinize─▶ Dfa ─product─▶ Dfa: inclusion,
//! regex ──regex-syntax─▶ NFA ───────▶ ┘                                      emptiness
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
mod determinize;
mod dfa;
mod expression;
mod graph;
mod language;
#[cfg(feature = "regex")]
mod lookaround;
#[cfg(feature = "regex")]
mod nfa;
mod partition;
mod product;
#[cfg(feature = "regex")]
mod regex;
mod regex_error;

pub(crate) use affixes::{SplitDfa, split_affixes};
pub(crate) use build::singleton;
pub use build::union;
pub use dfa::Dfa;
pub(crate) use dfa::{State, preferred_bytes, reaching};
pub(crate) use language::{
    InsecureOrigins, MAX_REGEX_STATES, RegexBudget, SerializedOrigins, with_scheme,
};
pub(crate) use partition::partition;
#[cfg(feature = "export")]
pub(crate) use product::difference;
pub(crate) use product::{difference_within, is_included};
#[cfg(feature = "export")]
pub(crate) use regex::from_trusted_within;
pub(crate) use regex_error::{MAX_REGEX_LEN, MAX_REGEX_STEPS, RegexError};
#[cfg(all(test, feature = "regex", feature = "tokens"))]
pub(crate) use tests::pattern_to_regex;

#[cfg(all(test, feature = "regex", feature = "tokens"))]
pub(crate) mod tests;
