//! What a real browser makes of this project's answers: Chromium, headless, is driven against a
//! real server, and what its scripts can read is held to the model of a browser in
//! `cors_runtime::testing`.
//!
//! ```text
//! apt-get install chromium chromium-driver
//! cargo test -p chromium-suite --features browser
//! ```
//!
//! Without the feature there is nothing here. If no browser is found, the tests are skipped with a
//! message. With `CHROMIUM_REQUIRED=1` they fail.
#![cfg(feature = "browser")]

mod answer;
mod application;
mod attempt;
mod browser;
mod case;
mod certificate;
mod drive;
mod driver;
mod flags;
mod flaws;
mod gateway;
mod model;
mod outcome;
mod policies;
pub mod refusals;
mod server;

pub use attempt::Attempt;
pub use browser::{Browser, ColourScheme};
pub use case::{Case, Difference, Frame, cases};
pub use drive::drive;
pub use flaws::{Flaw, flaws, oddities};
pub use gateway::{Gateway, Version};
pub use model::model;
pub use outcome::{Arrived, Outcome, Read};
pub use policies::policies;
pub use server::Server;
