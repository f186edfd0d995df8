//! Policies in front of an application.

mod auto_traits;
mod exchanges;
mod http;
mod tower;
mod tracing;
