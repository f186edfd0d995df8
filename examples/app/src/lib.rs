//! The application that every example serves, so that one corpus tests all of them:
//! `tests/corpus/exchanges.toml`.
//!
//! Examples only contain code for their framework. The policies, and the replies that tests check,
//! are here.

mod policies;
mod replies;
mod serving;

pub use policies::{API, LOCAL, MIRROR, OPEN, PUBLIC, RULES, WRITES, policy_for};
pub use replies::{CHUNKS, PLAIN, REPLIES, Reply, route};
pub use serving::{announce, announce_to, port};
