//! From the bytes of an origin to yes or no: what the matchers that the macro writes call.
//!
//! The macro chooses for the entries of a rule, from the cheapest to the most general:
//!
//! | entries | matched by |
//! |---|---|
//! | a few exact origins | comparisons with literals |
//! | more of them | [`hashed`]: a few words of the origin lead to the only one that it can be |
//! | patterns with one wildcard | [`pattern`]: comparisons of what stands around it |
//! | many with the same beginning | [`suffix`]: the same, and a hash for what they end in |
//! | other patterns, regexes | [`automaton`]: a step for each byte |
//!
//! Each looks at a byte a bounded number of times, whatever the origin.

pub(crate) mod automaton;
pub(crate) mod hashed;
pub(crate) mod pattern;
pub(crate) mod suffix;
mod text;
