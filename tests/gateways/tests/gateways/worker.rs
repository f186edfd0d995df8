//! The policy itself in a Cloudflare Worker.

use conformance::{hold, send_http1};
use cors_gateways::Worker;

use crate::{APPLICATION, left_out};

fn start() -> Option<Worker> {
    let files = Worker::files();
    if files.is_none() {
        left_out("the Worker of examples/worker");
    }
    Some(Worker::start(&files?, *APPLICATION))
}

#[test]
fn the_corpus() {
    let Some(worker) = start() else {
        return;
    };
    hold("worker", |_, request| {
        send_http1(worker.address, request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    });
}
