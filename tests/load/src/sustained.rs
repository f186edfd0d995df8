//! Throughput, errors and memory under the mix.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use conformance::Server;
use cors_load::{Amount, cpu, kinds, resident, run};

use crate::{Servers, median};

const CONNECTIONS: usize = 8;

/// How long one server is measured before it is the other's turn.
const TURN: Duration = Duration::from_millis(500);

/// Measurements of one server, turn by turn.
#[derive(Default)]
struct Measured {
    /// Requests per second.
    rate: Vec<f64>,
    /// Nanoseconds that the server ran for a request; for other clients as well, if there are any.
    cpu: Vec<f64>,
    resident: Vec<u64>,
    requests: usize,
    errors: Vec<String>,
}

impl Measured {
    fn turn(&mut self, server: &Server, is_layered: bool) {
        let (start, ran) = (Instant::now(), cpu(server.id()));
        let tally = run(server.address, is_layered, CONNECTIONS, Amount::Time(TURN));
        let requests = tally.requests as f64;
        self.rate.push(requests / start.elapsed().as_secs_f64());
        self.cpu.push((cpu(server.id()) - ran) as f64 / requests);
        self.resident.push(resident(server.id()));
        self.requests += tally.requests;
        self.errors.extend(tally.errors);
    }

    fn print(&self, name: &str) {
        let last = self.resident.len() - 1;
        let [start, middle, end] = [0, last / 2, last].map(|turn| self.resident[turn]);
        println!(
            "  {name:<9} {:>7.0} requests/s  {:>6.0} ns of the server each  {:>8} requests  \
             {} errors  resident {start} / {middle} / {end} kB",
            median(self.rate.clone()),
            median(self.cpu.clone()),
            self.requests,
            self.errors.len(),
        );
        for error in self.errors.iter().take(5) {
            println!("    {error}");
        }
    }
}

/// Sends the mix to both, and prints a line for each, and the ratios.
pub(crate) fn report(servers: &Servers, time: Duration) {
    let mut groups = BTreeMap::new();
    for kind in kinds() {
        *groups.entry(kind.group).or_insert(0) += kind.weight;
    }
    println!("  of a hundred  {groups:?}");
    let (mut with, mut without) = (Measured::default(), Measured::default());
    // The initial memory is measured after the first requests.
    Measured::default().turn(&servers.with, true);
    Measured::default().turn(&servers.without, false);
    let start = Instant::now();
    while start.elapsed() < time {
        with.turn(&servers.with, true);
        without.turn(&servers.without, false);
    }
    with.print("with");
    without.print("without");
    let ratio = |with: &[f64], without: &[f64]| {
        let turns = with.iter().zip(without);
        median(turns.map(|(with, without)| with / without).collect())
    };
    println!(
        "  ratio     {:>7.3} of the throughput, {:.3} of the time of the server",
        ratio(&with.rate, &without.rate),
        ratio(&with.cpu, &without.cpu),
    );
}
