//! The application that every example serves, so that one corpus can hold them all to the same:
//! `tests/corpus/exchanges.toml`.
//!
//! An example shows the framework and nothing else. The policies, and the replies that are worth a
//! test, stand here.

mod policies;
mod replies;
mod serving;

pub use policies::{API, MIRROR, PUBLIC, RULES, policy_for};
pub use replies::{CHUNKS, PLAIN, REPLIES, Reply, route};
pub use serving::{announce, announce_to, port};
