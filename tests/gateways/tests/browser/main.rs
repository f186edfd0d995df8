//! Exports in real gateways, between a real browser and an application. What is not installed is left out.

mod fetches;
mod refusals;

use std::net::SocketAddr;

use cors_gateways::{Application, Gateway, Running, Site, program};
use cors_runtime::Policy;

/// The gateways, each with its name in paths.
const GATEWAYS: [(Gateway, &str); 6] = [
    (Gateway::HaProxy, "haproxy"),
    (Gateway::Nginx, "nginx"),
    (Gateway::Caddy, "caddy"),
    (Gateway::SystemCaddy, "old-caddy"),
    (Gateway::Envoy, "envoy"),
    (Gateway::Apache, "apache"),
];

/// Starts a gateway with every policy that can be exported to it.
fn start(
    gateway: Gateway,
    test: &str,
    policies: &[(&'static str, &'static Policy)],
    application: SocketAddr,
    change: impl Fn(&str, String) -> String,
) -> Option<Running> {
    let program = program(gateway)?;
    let sites = policies.iter().map(|(name, policy)| Site {
        name,
        policy,
        origins: &[],
        hosts: &[],
    });
    let sites: Vec<_> = sites.collect();
    let application = Application {
        address: application,
    };
    Some(gateway.start(&program, test, &sites, application, change))
}
