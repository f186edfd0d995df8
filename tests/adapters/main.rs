//! Policies in front of an application.

mod auto_traits;
mod choose;
mod enforcement;
mod exchanges;
mod http;
mod live;
mod refusals;
mod tower;
mod tracing;
