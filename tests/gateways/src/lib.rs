//! Real gateways, each with the exports of several policies, in front of a small application.
#![cfg(feature = "servers")]

mod answer;
mod application;
mod client;
mod configuration;
mod gateway;
mod installed;
mod policies;
mod random;
mod worker;

pub use answer::{Answer, expected};
pub use application::Application;
pub use client::Client;
pub use gateway::{Gateway, Running, free_address};
pub use installed::{left_out, program};
pub use policies::{Site, sites};
pub use random::Requests;
pub use worker::Worker;
