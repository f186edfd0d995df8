//! Measures a request through Envoy and `workerd`, with policies as WebAssembly and without.
//!
//! ```text
//! .ci/gateways wasm    # builds and installs everything
//! cargo run -p cors-gateways --features servers --bin wasm
//! ```

use std::net::SocketAddr;
use std::time::Instant;

use conformance::Request;
use cors_gateways::{Application, Client, Gateway, Site, Worker};

const SITE: Site = Site {
    name: "api",
    policy: &example_app::API,
    origins: &[],
    hosts: &[],
};

const REQUESTS: usize = 10_000;

fn main() {
    let application = Application::start();
    let sites = [SITE];
    let envoy = Gateway::Envoy.program().expect("Envoy is installed");
    let start = |gateway: Gateway, test, change: fn(String) -> String| {
        gateway.start(&envoy, test, &sites, application, |_, text| change(text))
    };
    let without = start(Gateway::EnvoyFilter, "cost-none", |_| String::new());
    let filter = start(Gateway::EnvoyFilter, "cost-wasm", |text| text);
    let lua = start(Gateway::Envoy, "cost-lua", |text| text);
    let files = Worker::files().expect("the Worker is built, and workerd is installed");
    let worker = Worker::start(&files, application);
    for (name, servers) in [
        (
            "Envoy",
            vec![
                ("without a policy", without.address("api")),
                ("exported, in Lua", lua.address("api")),
                ("filter", filter.address("api")),
            ],
        ),
        (
            "workerd",
            vec![
                ("without a Worker", worker.direct),
                ("Worker", worker.address),
            ],
        ),
    ] {
        for preflight in [false, true] {
            let kind = if preflight { "preflights" } else { "requests" };
            println!("{name}, {kind}:");
            for ((variant, _), microseconds) in servers.iter().zip(medians(&servers, preflight)) {
                println!("  {microseconds:>5.0} µs {variant}");
            }
        }
    }
}

/// Returns the median time of a request to each server. They take turns, so that other load on the
/// machine affects all of them alike.
fn medians(servers: &[(&str, SocketAddr)], preflight: bool) -> Vec<f64> {
    let mut headers = vec![("origin".to_owned(), b"https://app.example.com".to_vec())];
    if preflight {
        headers.push(("access-control-request-method".to_owned(), b"PUT".to_vec()));
    }
    let request = Request {
        method: if preflight { "OPTIONS" } else { "GET" }.to_owned(),
        path: "/plain".to_owned(),
        headers,
        body: Vec::new(),
    };
    let clients = servers.iter().map(|(_, address)| Client::new(*address));
    let mut clients: Vec<_> = clients.map(|client| (client, Vec::new())).collect();
    for round in 0..REQUESTS + REQUESTS / 10 {
        for (client, times) in &mut clients {
            let start = Instant::now();
            client.send(&request).expect("a response");
            if round >= REQUESTS / 10 {
                times.push(start.elapsed().as_secs_f64() * 1e6);
            }
        }
    }
    let medians = clients.into_iter().map(|(_, mut times)| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    medians.collect()
}
