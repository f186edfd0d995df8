//! Exports in real gateways, against the policies that they were made of.
//!
//! A gateway that is not installed is left out, unless `GATEWAYS_REQUIRED` is set.

mod corpus;
mod random;
mod refusals;
mod traps;
mod verify;
mod wasm;
mod worker;

use std::path::PathBuf;
use std::sync::LazyLock;

use cors_gateways::{Application, Gateway};

/// One application for all tests.
static APPLICATION: LazyLock<Application> = LazyLock::new(Application::start);

/// The program of a gateway, or a word about its absence.
fn program(gateway: Gateway) -> Option<PathBuf> {
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
/// If nothing may be.
fn left_out(what: &str) {
    let is_required = std::env::var_os("GATEWAYS_REQUIRED").is_some();
    assert!(!is_required, "{what} is missing");
    println!("left out: {what} is missing; .ci/gateways installs it");
}

/// Makes a test for each gateway.
macro_rules! for_each_gateway {
    ($check:path) => {
        #[test]
        fn haproxy() {
            $check(cors_gateways::Gateway::HaProxy);
        }
        #[test]
        fn nginx() {
            $check(cors_gateways::Gateway::Nginx);
        }
        #[test]
        fn caddy() {
            $check(cors_gateways::Gateway::Caddy);
        }
        #[test]
        fn caddy_of_the_system() {
            $check(cors_gateways::Gateway::SystemCaddy);
        }
        #[test]
        fn envoy() {
            $check(cors_gateways::Gateway::Envoy);
        }
        #[test]
        fn apache() {
            $check(cors_gateways::Gateway::Apache);
        }
    };
}
use for_each_gateway;
