//! Whole requests: nanoseconds and allocations that a middleware adds to what it is put around.

mod candidates;
pub(crate) mod tower;

pub(crate) use candidates::Noop;

/// What a middleware adds, to one kind of request.
pub(crate) struct Added {
    pub(crate) name: &'static str,
    pub(crate) nanoseconds: f64,
    pub(crate) allocations: u64,
}
