//! Items that the expansion of [`cors_policy!`](crate::cors_policy) uses. Do not use them directly:
//! they change with every release.

pub use crate::__ide as ide;
pub use crate::__without_origins as without_origins;
pub use crate::compiled::Compiled;
pub use crate::configured::Configured;
#[cfg(not(feature = "origins"))]
pub use crate::policy::Policy as PolicyTemplate;
pub use crate::refusal::OnDenied;
pub use crate::rule::{Automaton, OriginEntry, Predicate, Rule, RuleSpec, call_predicate};
#[cfg(feature = "origins")]
pub use crate::template::PolicyTemplate;
pub use cors_macros::cors_policy;
pub use cors_origin::matcher::dfa::DfaTable;
pub use cors_origin::matcher::hash::HashTable;
pub use cors_origin::matcher::suffix::SuffixTable;
pub use cors_origin::matcher::wildcard::{matches_label, matches_labels, strip_port};

mod without_origins;

pub mod ide;
