//! Fuzz targets: each module checks one thing against another that shares no code with it.
//!
//! | target | input | what is checked |
//! |---|---|---|
//! | [`entry`] | an entry of `allow_origins`, a line end, an origin | the parser against the `url` crate, the automaton against the naive reference |
//! | [`policy`] | a policy | the expansion is Rust, the same every time; messages can be printed |
//! | [`config`] | a policy in JSON | the policy is the same every time, and allows its exact origins; messages can be printed |
//! | [`origins`] | a list of origins, NUL, an origin | the list accepts what the naive reference accepts; corrections are accepted |
//! | [`regex`] | a regular expression | the proof of confinement against sampled origins |
//! | [`matchers`] | an origin | generated matchers against the naive reference |
//! | [`evaluate`] | the head of a request | decisions against a second reading of the rules |
//! | [`adapter`] | the head of a request, an empty line, headers of an application | the `http` adapter against decisions |
//! | [`explain`] | the head of a request | explanations against what a browser makes of decisions |

pub mod adapter;
pub mod config;
pub mod entry;
pub mod evaluate;
pub mod explain;
pub mod matchers;
pub mod origins;
pub mod policy;
pub mod regex;

mod compiler;
mod head;
mod sample;
