//! The cost of an exported policy in each gateway: requests with 1, 100 and 10 000 origins, each compared
//! with the same gateway without the policy.
//!
//! ```text
//! .ci/gateways corpus     # installs the gateways
//! cargo bench -p cors-gateways --features servers --profile dev
//! ```
//!
//! Two processes of a gateway serve alternating rounds, so that other work of the machine affects both. The table has ratios of the time that the fastest tenth of the requests takes at most. Connections
//! are kept, on loopback.

use std::time::{Duration, Instant};

use conformance::Request;
use cors_gateways::{Application, Client, Gateway, Site};
use cors_runtime::{Origins, PolicyTemplate, cors_policy};

const SIZES: [usize; 3] = [1, 100, 10_000];

/// Rounds of each process, and requests of each round.
const ROUNDS: usize = 120;
const REQUESTS: usize = 25;

/// Maximum time for one cell of the table.
const MAX_TIME: Duration = Duration::from_secs(10);

static TEMPLATE: PolicyTemplate =
    cors_policy!(allow_origins = [Configured], allow_methods = [GET, PUT]);

fn main() {
    // Cargo also runs it with its tests.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let application = Application::start();
    println!("| gateway | 1 origin | 100 origins | 10 000 origins | without, in µs |");
    println!("|---|---|---|---|---|");
    for gateway in Gateway::ALL {
        // The old one cannot import an empty file.
        if gateway == Gateway::SystemCaddy {
            continue;
        }
        let name = gateway.target().name();
        let Some(program) = gateway.program() else {
            println!("| {name} | not installed | | | |");
            continue;
        };
        let mut cells = Vec::new();
        let mut without = 0.0;
        for size in SIZES {
            let site = site(size);
            let start = |name: &str, is_empty: bool| {
                let change = |_: &str, text: String| if is_empty { String::new() } else { text };
                gateway.start(&program, name, &[site], application, change)
            };
            let (bare, ours) = (start("costs-without", true), start("costs-with", false));
            let clients = [&bare, &ours].map(|running| Client::new(running.address(site.name)));
            let [bare, ours] = fastest(clients, site);
            without = bare.as_secs_f64() * 1e6;
            cells.push(format!("{:.2}", ours.as_secs_f64() / bare.as_secs_f64()));
        }
        println!("| {name} | {} | {without:.0} |", cells.join(" | "));
    }
}

/// Returns a policy with so many origins, which lives as long as the program.
fn site(size: usize) -> Site {
    let origins = (0..size).map(|number| format!("https://tenant-{number}.example"));
    let origins: &[String] = origins.collect::<Vec<_>>().leak();
    let list = Origins::new(origins).expect("valid origins");
    let policy = TEMPLATE.with_origins(&list).expect("a sound policy");
    // The last one, which is the most expensive for gateways that compare one by one.
    let last: &'static str = &origins[size - 1];
    Site {
        name: "costs",
        policy: Box::leak(Box::new(policy)),
        origins: Vec::from([last]).leak(),
        hosts: &[],
    }
}

/// Returns the time that the fastest tenth of the requests to each of two processes takes at most.
fn fastest(mut clients: [Client; 2], site: Site) -> [Duration; 2] {
    let request = Request {
        method: "GET".to_owned(),
        path: "/plain".to_owned(),
        headers: vec![("origin".to_owned(), site.origins[0].into())],
        body: Vec::new(),
    };
    let end = Instant::now() + MAX_TIME;
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for (index, client) in clients.iter_mut().enumerate() {
            for _ in 0..REQUESTS {
                let start = Instant::now();
                let response = client.send(&request).expect("a response");
                let time = start.elapsed();
                let allowed = response.lines("access-control-allow-origin").count();
                assert_eq!((response.status, allowed), (200, index));
                // The first round fills caches.
                if round > 0 {
                    times[index].push(time);
                }
            }
        }
        if round > 1 && Instant::now() > end {
            break;
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 10]
    })
}
