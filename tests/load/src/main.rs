//! Measures the axum example under load, with the layer and without.
//!
//! ```text
//! cargo run --release -p cors-load -- [seconds of each of two mixes, 60 if left out]
//! ```

mod sizes;
mod sustained;

use std::env;
use std::io;
use std::time::Duration;

use conformance::Server;
use cors_load::Disturbance;

/// The example with the layer, and without; measured in turn, so that whatever else the machine does
/// falls upon both.
struct Servers {
    with: Server,
    without: Server,
}

impl Servers {
    fn start() -> Self {
        let program = env::current_exe().expect("this program");
        let program = program.to_str().expect("a path in UTF-8");
        Self {
            with: Server::start_with(program, &["with"]),
            without: Server::start_with(program, &["without"]),
        }
    }
}

fn main() -> io::Result<()> {
    let argument = env::args().nth(1);
    let seconds = match argument.as_deref() {
        Some("with") => return cors_load::server::serve(true),
        Some("without") => return cors_load::server::serve(false),
        Some(seconds) => seconds.parse().map_err(io::Error::other)?,
        None => 60,
    };
    let servers = Servers::start();
    let time = Duration::from_secs(seconds);

    println!("the mix, {seconds} s");
    sustained::report(&servers, time);

    println!("\nthe mix, {seconds} s, beside slow, aborting and panicking clients of both");
    let disturbances = [Disturbance::default(), Disturbance::default()];
    disturbances[0].beside(servers.with.address, || {
        let mixed = || sustained::report(&servers, time);
        disturbances[1].beside(servers.without.address, mixed);
    });
    println!("  disturbed by  {}", disturbances[0]);

    println!("\nnanoseconds of the server for a request, by bytes of a header");
    sizes::report(&servers);
    Ok(())
}

/// The one in the middle.
fn median(mut measured: Vec<f64>) -> f64 {
    measured.sort_by(f64::total_cmp);
    measured[measured.len() / 2]
}
