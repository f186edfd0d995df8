//! Lists that are known at run time only: next to compiled ones, and next to tower-http with a list of the same
//! length.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cors_runtime::{Origins, Policy};

use crate::matchers::TEMPLATE;
use crate::requests::tower::{configuration, latencies, row_of_list};
use crate::{names, table};

/// Lengths of the lists that are loaded and replaced.
const LENGTHS: [usize; 5] = [10, 1_000, 10_000, 100_000, 1_000_000];

/// Number of requests whose latency is measured.
const REQUESTS: usize = 400_000;

pub(crate) fn print() {
    println!("\nRequests with a list, ns added\n");
    let rows = [1, 10, 1_000, names::MANY].map(row_of_list);
    table::requests(rows.as_slice());

    println!("\nLists of exact origins\n");
    let columns = [
        "n",
        "load, ms",
        "replace, ms",
        "bytes an origin",
        "look-up, ns",
    ];
    table::heading(&columns.map(str::to_owned));
    for length in LENGTHS {
        println!("| {} |", list(length).join(" | "));
    }

    println!("\nPolicies from configuration\n");
    table::heading(&["n", "exact origins, ms", "patterns, ms"].map(str::to_owned));
    for length in [10, 1_000, 10_000] {
        let (exact, patterns) = (
            compiled(length, names::exact),
            compiled(length, names::pattern),
        );
        println!("| {length} | {exact} | {patterns} |");
    }

    println!("\nLatency of a request, ns\n");
    table::heading(&["", "median", "99 %", "99.9 %", "99.99 %"].map(str::to_owned));
    let entries: Vec<String> = (0..100_000).map(names::exact).collect();
    let origins = Origins::new(&entries).expect("sound origins");
    let policy: &'static Policy = Box::leak(Box::new(bound(&origins)));
    println!("| 100 000 origins | {} |", percentiles(policy, &entries));
    let is_done = AtomicBool::new(false);
    let mut count = 0;
    let line = thread::scope(|scope| {
        let replacing = scope.spawn(|| {
            let mut count = 0;
            while !is_done.load(Ordering::Relaxed) {
                origins.replace(&entries).expect("sound origins");
                count += 1;
            }
            count
        });
        let line = percentiles(policy, &entries);
        is_done.store(true, Ordering::Relaxed);
        count = replacing.join().expect("it does not panic");
        line
    });
    println!("| the same list, replaced {count} times meanwhile | {line} |");
}

fn bound(origins: &Origins) -> Policy {
    TEMPLATE.with_origins(origins).expect("sound origins")
}

/// The time to load and to replace a list, its size, and the time to look an origin up.
fn list(length: usize) -> [String; 5] {
    let entries: Vec<String> = (0..length).map(names::exact).collect();
    let load = || Origins::new(&entries).expect("sound origins");
    let start = Instant::now();
    let mut origins = load();
    let loaded = start.elapsed();
    let size = allocation_counter::measure(|| origins = load());
    let start = Instant::now();
    origins.replace(&entries).expect("sound origins");
    let replaced = start.elapsed();

    let policy = bound(&origins);
    // In an order that no cache predicts, and each next to the others in memory.
    let asked: Vec<String> = (0..200_000)
        .map(|number| entries[scatter(number) % length].clone())
        .collect();
    let lap = || {
        for origin in &asked {
            assert!(black_box(policy.allows_origin(black_box(origin))));
        }
    };
    lap();
    let start = Instant::now();
    lap();
    let looked_up = start.elapsed();
    [
        length.to_string(),
        milliseconds(loaded),
        milliseconds(replaced),
        // The old list is freed after the new one is built, so the maximum is that of the new one.
        (size.bytes_max / length as u64).to_string(),
        format!("{:.0}", looked_up.as_nanos() as f64 / asked.len() as f64),
    ]
}

/// The time to compile a policy from configuration.
fn compiled(count: usize, origin: impl Fn(usize) -> String) -> String {
    let config = configuration(count, origin);
    let start = Instant::now();
    let policy = Policy::from_config(&config).expect("a sound policy");
    let compiled = start.elapsed();
    drop(black_box(policy));
    milliseconds(compiled)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

fn scatter(number: usize) -> usize {
    ((number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize
}

/// The median of the time that a request takes, and how long the slowest ones take.
fn percentiles(policy: &'static Policy, entries: &[String]) -> String {
    let origins = (0..REQUESTS).map(|number| entries[scatter(number) % entries.len()].as_str());
    let mut times = latencies(policy, origins);
    times.sort_unstable();
    let shares = [0.5, 0.99, 0.999, 0.9999];
    let at = shares.map(|share| {
        times[(REQUESTS as f64 * share) as usize]
            .as_nanos()
            .to_string()
    });
    at.join(" | ")
}
