//! The project itself: its source, its packages, and its documentation.

mod api;
mod english;
mod guarantees;
mod layering;
mod packages;
mod readme;
mod readme_server;
mod supply;
