//! What a request costs by the size of its headers. The time that the server runs is counted, not
//! that which passes, so that other work of the machine does not disturb it.

use conformance::Server;
use cors_load::{Connection, cpu};

use crate::{Servers, median};

const ROUNDS: usize = 15;

/// Requests of a round: fewer of what takes long.
const REQUESTS: [usize; 5] = [400, 400, 400, 100, 20];

/// Bytes of the header. hyper refuses heads of more than some 400 kB, whatever is in them.
const SIZES: [usize; 5] = [100, 1_000, 10_000, 100_000, 400_000];

/// Creates the head of a request with a header of that many bytes.
type Growing = fn(usize) -> String;

const GROWING: [(&str, Growing); 5] = [
    ("an origin that no entry accepts", |size| {
        let label = "a".repeat(size - "https://.preview.example.com".len());
        format!("GET /plain HTTP/1.1\r\nOrigin: https://{label}.preview.example.com\r\n")
    }),
    ("an origin of many labels", |size| {
        let labels = "a.".repeat(size / 2 - 10);
        format!("GET /plain HTTP/1.1\r\nOrigin: https://{labels}example.com\r\n")
    }),
    ("the names that a preflight asks for", |size| {
        preflight("/plain", &"x-a,".repeat(size / 4))
    }),
    ("the names that a preflight has mirrored", |size| {
        preflight("/mirror/plain", &"x-a,".repeat(size / 4))
    }),
    ("a header that CORS does not know", |size| {
        format!(
            "GET /plain HTTP/1.1\r\nOrigin: https://app.example.com\r\nX: {}\r\n",
            "x".repeat(size)
        )
    }),
];

fn preflight(path: &str, names: &str) -> String {
    format!(
        "OPTIONS {path} HTTP/1.1\r\nOrigin: https://app.example.com\r\n\
         Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: {names}\r\n"
    )
}

/// Nanoseconds that the server runs for one of these requests.
fn measure(server: &Server, request: &[u8], requests: usize) -> f64 {
    let mut connection = Connection::open(server.address).expect("a server");
    let mut ask = || {
        connection
            .exchange(request)
            .expect("a server")
            .expect("a response")
    };
    for _ in 0..requests / 10 {
        ask();
    }
    let ran = cpu(server.id());
    for _ in 0..requests {
        ask();
    }
    (cpu(server.id()) - ran) as f64 / requests as f64
}

/// Prints what each costs with the layer, without, and how much of it is the layer's.
pub(crate) fn report(servers: &Servers) {
    println!(
        "  {:<42}{}",
        "",
        SIZES.map(|size| format!("{size:>10}")).concat()
    );
    for (name, growing) in GROWING {
        let columns = SIZES.iter().zip(REQUESTS).map(|(size, requests)| {
            let request = growing(*size) + "Host: api.example.com\r\n\r\n";
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                let with = measure(&servers.with, request.as_bytes(), requests);
                let without = measure(&servers.without, request.as_bytes(), requests);
                rounds.push((with, without));
            }
            rounds
        });
        let columns: Vec<_> = columns.collect();
        let line = |what: &str, of: fn(&(f64, f64)) -> f64| {
            let cells = columns
                .iter()
                .map(|rounds| format!("{:>10.0}", median(rounds.iter().map(of).collect())));
            println!("  {what:<42}{}", cells.collect::<String>());
        };
        line(name, |(with, _)| *with);
        line("  without the layer", |(_, without)| *without);
        line("  difference", |(with, without)| with - without);
    }
}
