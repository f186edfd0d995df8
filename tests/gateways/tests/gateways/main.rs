//! Exports in real gateways, against the policies that they were made of.
//!
//! A gateway that is not installed is left out, unless `GATEWAYS_REQUIRED` is set.

mod apache;
mod corpus;
mod nginx;
mod random;
mod refusals;
mod traps;
mod verify;
mod wasm;
mod worker;

use std::sync::LazyLock;

use cors_gateways::{Application, left_out, program};

/// One application for all tests.
static APPLICATION: LazyLock<Application> = LazyLock::new(Application::start);

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
