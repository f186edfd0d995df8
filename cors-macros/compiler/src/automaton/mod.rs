//! Origin patterns and regular expressions as deterministic automata, and what they tell.
//!
//! ```text
//! pattern ──expression──▶ ┐
//!                         ├─ build ──▶ Dfa ──product──▶ Dfa: inclusion, emptiness, confinement
//! regex ─────────────────▶ ┘                 ▲
//!                        serialized origins ─┘
//! ```
//!
//! An automaton reads an origin from its last byte to its first. Patterns differ in their
//! registrable domain, which stands at the end: read in reverse, they part at once, and the
//! automaton has about as many states as the patterns have bytes. Read forward, they would share
//! their wildcards and multiply. Those that would multiply in reverse too do not share an automaton.
//!
//! It accepts serialized origins only: the expressions of patterns spell nothing else, and that of
//! a regex is intersected with them.

mod automata;
mod build;
mod confinement;
mod coverage;
mod dfa;
mod ends;
mod expression;
mod insecure;
mod parts;
mod patterns;
mod product;
mod public_suffix;
mod regex;
mod serialized;

pub(crate) use automata::Automata;
pub(crate) use build::union;
pub(crate) use confinement::{MOST_DOMAINS, as_written, is_private, of_pattern};
pub(crate) use coverage::Coverage;
pub(crate) use dfa::{Dfa, State};
pub(crate) use ends::{Ends, apart};
#[cfg(test)]
pub(crate) use parts::{Part, parts};
pub(crate) use patterns::Patterns;

#[cfg(test)]
pub(crate) mod tests;
