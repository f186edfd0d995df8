//! The project itself: its source, its packages, and what its pages say.

mod api;
mod english;
mod guarantees;
mod layering;
mod packages;
mod readme;
mod supply;
