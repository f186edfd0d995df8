//! From the bytes of an origin to yes or no: what matchers look up, and how the tables are built.
//!
//! For the entries of a rule there are, from the cheapest to the most general:
//!
//! | entries | matched by |
//! |---|---|
//! | a few exact origins | comparisons with literals |
//! | more of them | [`hash`]: a few words of the origin lead to the only one that it can be |
//! | patterns with one wildcard | [`wildcard`]: comparisons of the texts around it |
//! | many with the same beginning | [`suffix`]: the same, and a hash for what they end in |
//! | other patterns, regexes | [`dfa`]: a step for each byte |
//!
//! Each looks at a byte a bounded number of times, whatever the origin. Tables are views: the macro
//! prints them as constants, and what is built while a program runs owns their bytes.

pub mod dfa;
pub mod hash;
#[cfg(feature = "alloc")]
pub mod strategy;
pub mod suffix;
mod text;
pub mod wildcard;
