//! Code around the server that all examples share.

use std::env;
use std::net::SocketAddr;

use crate::policies::API;

/// The port to listen on: `PORT`, or 3000. With 0, the system chooses a free one.
///
/// # Panics
///
/// Panics if `PORT` is not a port.
#[must_use]
pub fn port() -> u16 {
    env::var("PORT").map_or(3000, |port| port.parse().expect("PORT is a number"))
}

/// Prints the address of the example, and requests to try.
pub fn announce(address: SocketAddr) {
    announce_to(&format!("http://{address}"));
}

/// Prints requests to try, with the beginning of their URLs.
pub fn announce_to(base: &str) {
    let origin = "-H 'Origin: https://app.example.com'";
    let requested = "-H 'Access-Control-Request-Method: PUT'";
    println!("The policy:\n\n{API}");
    println!("Listening on {base} for requests. Try, in another terminal:\n");
    println!("curl -i {base}/plain {origin}");
    println!("curl -i -X OPTIONS {base}/plain {origin} {requested}");
    println!("curl -i {base}/public/plain -H 'Origin: https://anybody.example'");
}
