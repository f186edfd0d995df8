//! The project itself: its source, its packages, and what its pages say.

mod api;
mod guarantees;
mod layering;
mod packages;
mod readme;
mod supply;
