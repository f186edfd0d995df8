//! Whole requests through a tower layer: nanoseconds and allocations that a layer adds.
//!
//! ```text
//! cargo run --release -p compare
//! ```
//!
//! Candidates take turns in short rounds, so that a busy machine is busy for all of them; the
//! table shows medians over rounds, with the service alone subtracted, and their ratios.

mod candidates;
mod measure;

use candidates::{Noop, floor, ours, peer};
use http::{HeaderValue, Request};
use measure::{Candidate, compare};

/// A request, as a server passes it on.
fn request(
    method: &str,
    origin: Option<&'static str>,
    requested: Option<&'static str>,
) -> Request<()> {
    let mut request = Request::builder()
        .method(method)
        .uri("/")
        .body(())
        .expect("valid parts");
    let headers = request.headers_mut();
    for (name, value) in [
        ("host", Some("api.example.com")),
        ("accept", Some("*/*")),
        ("user-agent", Some("Mozilla/5.0 (X11; Linux x86_64)")),
        ("origin", origin),
        ("access-control-request-method", requested),
    ] {
        if let Some(value) = value {
            let value = HeaderValue::from_str(value).expect("a valid value");
            headers.insert(name, value);
        }
    }
    request
}

fn main() {
    let allowed = Some("https://app.example.com");
    let denied = Some("https://evil.example");
    let cases = [
        ("actual, allowed", request("GET", allowed, None)),
        ("actual, denied", request("GET", denied, None)),
        ("no Origin", request("GET", None, None)),
        (
            "preflight, allowed",
            request("OPTIONS", allowed, Some("PUT")),
        ),
    ];
    for prefilled in [false, true] {
        let noop = Noop { prefilled };
        println!(
            "\nresponse {}",
            if prefilled {
                "with six headers and room"
            } else {
                "without headers"
            }
        );
        println!(
            "{:<22}{:>10}{:>10}{:>10}{:>14}{:>14}   allocations",
            "", "floor", "ours", "peer", "ours/floor", "peer/ours"
        );
        for (name, request) in &cases {
            let candidates = [
                Candidate::new(noop.clone()),
                Candidate::new(floor(noop.clone())),
                Candidate::new(ours(noop.clone())),
                Candidate::new(peer(noop.clone())),
            ];
            let [noop, floor, ours, peer] = compare(candidates, request);
            let added = |measured: &measure::Measured| measured.nanoseconds - noop.nanoseconds;
            println!(
                "{name:<22}{:>10.0}{:>10.0}{:>10.0}{:>14.2}{:>14.1}   {} {} {}",
                added(&floor),
                added(&ours),
                added(&peer),
                added(&ours) / added(&floor),
                added(&peer) / added(&ours),
                floor.allocations - noop.allocations,
                ours.allocations - noop.allocations,
                peer.allocations - noop.allocations,
            );
        }
    }
}
