//! The part of the example that the load of `tests/load` asks for as well.

pub mod edge_cases;
