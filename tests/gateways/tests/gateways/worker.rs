//! The policies themselves in a Cloudflare Worker.

use conformance::{Response, hold, send_http1};
use cors_gateways::{Answer, Requests, Site, Worker, expected};
use example_app::policy_for;

use crate::random::hold_for_all;
use crate::{APPLICATION, left_out};

const ALLOWED: &str = "https://app.example.com";

const SITE: Site = Site {
    name: "worker",
    policy: &example_app::API,
    origins: &[
        ALLOWED,
        "https://a.preview.example.com",
        "http://localhost:5173",
    ],
    hosts: &[],
};

fn start() -> Option<Worker> {
    let files = Worker::files();
    if files.is_none() {
        left_out("the Worker of examples/worker");
    }
    Some(Worker::start(&files?, *APPLICATION))
}

fn send(worker: &Worker, request: &conformance::Request) -> Option<Response> {
    let response = send_http1(worker.address, request);
    response.unwrap_or_else(|error| panic!("{request:?}: {error}"))
}

#[test]
fn it_enforces_the_policies() {
    let Some(worker) = start() else {
        return;
    };
    hold("worker", |_, request| send(&worker, request));
    random_requests(&worker);
    no_bytes_are_granted_anything(&worker);
}

fn random_requests(worker: &Worker) {
    const REQUESTS: usize = 2000;
    const PARTS: [&str; 5] = ["", "/public", "/rules", "/writes", "/local"];
    const SITES: [&str; 4] = ["cross-site", "same-origin", "none", ""];
    let requests = Requests::new(11, &SITE).take(REQUESTS).enumerate();
    let requests = requests.map(|(index, mut request)| {
        request.path = PARTS[index % PARTS.len()].to_owned() + &request.path;
        let host = ["localhost:3000", "attacker.example"][index / 7 % 2];
        request.headers.push(("host".to_owned(), host.into()));
        let site = SITES[index / 3 % SITES.len()];
        let site = ("sec-fetch-site".to_owned(), site.into());
        request.headers.push(site);
        request
    });
    hold_for_all(requests, |request| {
        let response = send(worker, request).expect("a response");
        let expected = expected(policy_for(&request.path), request);
        (Answer::from(&response), expected)
    });
}

/// workerd or the SDK respond to some of them.
fn no_bytes_are_granted_anything(worker: &Worker) {
    let allowed = |origin: &[u8]| {
        let request = conformance::Request {
            method: "GET".to_owned(),
            path: "/own-cors".to_owned(),
            headers: vec![("origin".to_owned(), origin.to_vec())],
            body: Vec::new(),
        };
        let response = send(worker, &request);
        let response = response.as_ref();
        let lines = response.map(|it| it.lines("access-control-allow-origin").collect());
        lines.unwrap_or_default()
    };
    for byte in (0..=u8::MAX).filter(|byte| !b"\n\r\t ".contains(byte)) {
        let origin = [ALLOWED.as_bytes(), &[byte]].concat();
        let lines: Vec<String> = allowed(&origin);
        assert_eq!(lines, [""; 0], "{}", origin.escape_ascii());
    }
    assert_eq!(allowed(ALLOWED.as_bytes()), [ALLOWED]);
}
