//! The axum example under load: a mix of allowed, denied, hostile and malformed requests, together
//! with clients that are slow, abort, or make handlers panic. The same routes without the layer
//! show its cost.
//!
//! `cargo run --release -p cors-load` measures; the tests do a little of it, and measure nothing.

mod client;
mod disturbance;
mod kinds;
mod memory;
mod run;
pub mod server;

pub use client::{Answer, Connection};
pub use disturbance::Disturbance;
pub use kinds::{Group, Kind, kinds};
pub use memory::{cpu, resident};
pub use run::{Amount, Tally, run};
