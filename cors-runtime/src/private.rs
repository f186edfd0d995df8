//! Everything that the expansion of [`cors_policy!`](crate::cors_policy) names. Not for other use:
//! it changes with every release.

#[cfg(feature = "http")]
pub use crate::__append as append;
pub use crate::__editor as editor;
pub use crate::__prepared as prepared;
pub use crate::matcher::automaton::Automaton;
pub use crate::matcher::hashed::Hashed;
pub use crate::matcher::pattern::{any_port, label, labels};
pub use crate::matcher::suffix::Suffixes;
pub use crate::policy::policy;
#[cfg(feature = "http")]
pub use crate::prepared::Prepared;
pub use crate::rule::{Origins, Regex, Rule, call_predicate};
#[cfg(feature = "http")]
pub use ::http::HeaderValue;
pub use cors_macros::cors_policy;

pub mod editor;

/// The names of the headers that [`append!`](append) appends.
#[cfg(feature = "http")]
pub mod names {
    pub use ::http::header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS as ALLOW_CREDENTIALS,
        ACCESS_CONTROL_ALLOW_HEADERS as ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS as ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE as MAX_AGE,
    };
}
