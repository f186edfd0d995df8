//! The axum example under load: a mix of requests that are allowed, denied, hostile and malformed,
//! beside clients that are slow, gone, or make handlers panic. The same routes without the layer
//! show what it costs.
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
