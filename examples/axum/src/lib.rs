//! The part of the example that the load test of `tests/load` uses too.

pub mod edge_cases;
