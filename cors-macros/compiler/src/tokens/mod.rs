//! Rust tokens as the front end: what only the macro knows.

pub(crate) mod ide;
pub(crate) mod report;
