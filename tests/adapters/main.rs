//! Policies in front of an application.

mod auto_traits;
mod choose;
mod exchanges;
mod http;
mod refusals;
mod tower;
mod tracing;
