//! A little of the load, without figures: no answer is wrong, whatever other clients do.

use std::sync::atomic::Ordering;

use conformance::Server;
use cors_load::{Amount, Connection, Disturbance, Tally, resident, run};

const LOAD: &str = env!("CARGO_BIN_EXE_cors-load");

/// More than a server of this size takes, and less than a leak would.
const GROWTH: u64 = 32 * 1024;

fn hold(tally: &Tally, requests: usize) {
    assert_eq!(tally.errors, [""; 0]);
    assert_eq!(tally.requests, requests);
}

#[test]
fn every_answer_is_right_with_the_layer_and_without() {
    for (argument, is_layered) in [("with", true), ("without", false)] {
        let server = Server::start_with(LOAD, &[argument]);
        hold(
            &run(server.address, is_layered, 4, Amount::Rounds(3)),
            1_200,
        );
    }
}

/// The counter-proof: what the layer does is missed where it is not.
#[test]
fn wrong_answers_are_noticed() {
    let server = Server::start_with(LOAD, &["without"]);
    let tally = run(server.address, true, 1, Amount::Rounds(1));
    // All that are allowed but for the panic, the denied preflights, and the hostile that are allowed.
    assert_eq!(tally.errors.len(), 56 + 5 + 4, "{:?}", tally.errors);
    for (name, weight) in [
        ("an origin", 16),
        ("a denied preflight", 5),
        ("many commas", 1),
    ] {
        let start = format!("{name}: ");
        let of_kind = tally
            .errors
            .iter()
            .filter(|error| error.starts_with(&start));
        assert_eq!(of_kind.count(), weight, "{name}");
    }
}

#[test]
fn slow_gone_and_panicking_clients_disturb_nobody() {
    let server = Server::start_with(LOAD, &["with"]);
    hold(&run(server.address, true, 4, Amount::Rounds(2)), 800);
    let disturbance = Disturbance::default();
    let (before, after) = disturbance.beside(server.address, || {
        hold(&run(server.address, true, 4, Amount::Rounds(4)), 1_600);
        let before = resident(server.id());
        hold(&run(server.address, true, 4, Amount::Rounds(8)), 3_200);
        (before, resident(server.id()))
    });
    assert!(after < before + GROWTH, "{before} kB, then {after} kB");
    for count in [
        &disturbance.slow,
        &disturbance.aborted,
        &disturbance.panicked,
    ] {
        assert!(count.load(Ordering::Relaxed) >= 5, "{disturbance}");
    }
}

/// Up to the limit of the server, a long header is denied or ignored like a short one. Beyond it,
/// the server rejects the request.
#[test]
fn headers_of_any_size_are_answered() {
    let server = Server::start_with(LOAD, &["with"]);
    let before = resident(server.id());
    let send = |first: &str, lines: &str| {
        let request = format!("{first} HTTP/1.1\r\nHost: api.example.com\r\n{lines}\r\n");
        let mut connection = Connection::open(server.address).unwrap();
        let answer = connection.exchange(request.as_bytes()).unwrap()?;
        Some((answer.status, answer.allow_origin.is_some()))
    };
    for size in [1, 1_000, 100_000, 400_000] {
        let origin = format!(
            "Origin: https://{}.preview.example.com.evil.example\r\n",
            "a".repeat(size)
        );
        assert_eq!(send("GET /plain", &origin), Some((200, false)), "{size}");
        let names = format!(
            "Origin: https://app.example.com\r\nAccess-Control-Request-Method: PUT\r\n\
             Access-Control-Request-Headers: {}\r\n",
            "a,".repeat(size / 2)
        );
        assert_eq!(send("OPTIONS /plain", &names), Some((204, true)), "{size}");
        assert_eq!(
            send("OPTIONS /mirror/plain", &names),
            Some((204, true)),
            "{size}"
        );
    }
    // The connection may be reset before the response is read.
    let origin = format!("Origin: https://{}\r\n", "a".repeat(1_000_000));
    let refused = send("GET /plain", &origin);
    assert!(matches!(refused, None | Some((431, false))), "{refused:?}");
    let own = "Origin: https://app.example.com\r\n";
    assert_eq!(send("GET /plain", own), Some((200, true)));
    let after = resident(server.id());
    assert!(after < before + GROWTH, "{before} kB, then {after} kB");
}
