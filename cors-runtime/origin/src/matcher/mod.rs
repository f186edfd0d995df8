//! Matchers: tables that decide whether origins are accepted, and their builders.
//!
//! From the cheapest strategy to the most general one:
//!
//! | entries | matched by |
//! |---|---|
//! | a few exact origins | comparisons with literals |
//! | many exact origins | [`hash`]: a perfect hash finds the only candidate |
//! | patterns with one wildcard | [`wildcard`]: comparisons of the text around it |
//! | many patterns with the same beginning | [`suffix`]: comparisons as above, and a hash of their endings |
//! | other patterns, regexes | [`dfa`]: one step for each byte |
//!
//! Each strategy reads a byte a bounded number of times, whatever the origin. Tables are views: the
//! macro prints them as constants, and builders at run time own their bytes.

pub mod dfa;
pub mod hash;
#[cfg(feature = "patterns")]
mod order;
#[cfg(feature = "patterns")]
pub mod strategy;
pub mod suffix;
mod text;
pub mod wildcard;
