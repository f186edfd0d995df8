//! Everything that the expansion of [`cors_policy!`](crate::cors_policy) names. Not for other use:
//! it changes with every release.

pub use crate::__editor as editor;
pub use crate::matcher::automaton::Automaton;
pub use crate::matcher::hashed::Hashed;
pub use crate::matcher::pattern::{any_port, label, labels};
pub use crate::matcher::suffix::Suffixes;
pub use crate::policy::policy;
pub use crate::rule::{OriginEntry, Rule, RuleSpec, call_predicate};
pub use cors_macros::cors_policy;

pub mod editor;
