//! Rust tokens as the front end and as the back end: what only the macro knows.

pub(crate) mod emit;
pub(crate) mod ide;
pub(crate) mod read;
pub(crate) mod report;
pub(crate) mod source;
