//! Everything that the expansion of [`cors_policy!`](crate::cors_policy) names. Not for other use:
//! it changes with every release.

pub use crate::__value as value;
pub use crate::automaton::Automaton;
pub use crate::hashed::Hashed;
pub use crate::origin::ask;
pub use crate::policy::policy;
pub use crate::rule::{Origins, Regex, Rule};
pub use crate::value::Value;
#[cfg(feature = "http")]
pub use ::http::HeaderValue;
pub use cors_macros::cors_policy;
