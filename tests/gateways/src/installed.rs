//! What is not installed is left out, unless `GATEWAYS_REQUIRED` is set.

use std::path::PathBuf;

use crate::Gateway;

/// Returns the program of a gateway, or prints that it is left out.
///
/// # Panics
///
/// If nothing may be left out.
#[must_use]
pub fn program(gateway: Gateway) -> Option<PathBuf> {
    let program = gateway.program();
    if program.is_none() {
        left_out(&format!("{gateway:?}"));
    }
    program
}

/// Prints that a test is left out.
///
/// # Panics
///
/// If nothing may be left out.
pub fn left_out(what: &str) {
    let is_required = std::env::var_os("GATEWAYS_REQUIRED").is_some();
    assert!(!is_required, "{what} is missing");
    println!("left out: {what} is missing; .ci/gateways installs it");
}
