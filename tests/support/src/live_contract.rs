//! What an adapter has to do that has a policy that is replaced: over HTTP, while requests are served.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use cors_runtime::{LivePolicy, Policy, PolicyConfig, cors_policy};
use http::{Request, Response};

use crate::net::{self, cors, expected};

static COMPILED: Policy = cors_policy!(
    allow_origins = ["https://both.example", "https://compiled.example"],
    allow_methods = [PUT],
    expose_headers = ["etag"],
    max_age = 60,
);

/// Number of threads that send requests while the policy is replaced, and of the requests of each.
const CLIENTS: usize = 4;
const REQUESTS: usize = 60;

fn loaded() -> Policy {
    let config = PolicyConfig::new()
        .with(
            "allow_origins",
            ["https://both.example", "https://loaded.example"],
        )
        .with("allow_credentials", true)
        .with("on_denied", "refuse-writes");
    Policy::from_config(&config).unwrap()
}

/// Returns the policy that the adapter starts with.
#[must_use]
pub fn first() -> LivePolicy {
    LivePolicy::new(&COMPILED)
}

fn send(address: SocketAddr, method: &str, origin: &str) -> Response<String> {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("http://{address}/"))
        .header("origin", origin);
    if method == "OPTIONS" {
        request = request.header("access-control-request-method", "PUT");
    }
    net::send(request.body(()).unwrap())
}

/// The status of a response, and its CORS headers.
type Answer = (u16, Vec<(String, String)>);

fn answer(address: SocketAddr, method: &str, origin: &str) -> Answer {
    let response = send(address, method, origin);
    (response.status().as_u16(), cors(response.headers()))
}

/// The responses of the compiled policy, and of the loaded one, to requests of a page that both allow.
fn answers(method: &str) -> [Answer; 2] {
    let origin = ("allow-origin", "https://both.example");
    let credentials = ("allow-credentials", "true");
    match method {
        "GET" => [
            (200, expected(&[origin, ("expose-headers", "etag")])),
            (200, expected(&[origin, credentials])),
        ],
        _ => [
            (
                204,
                expected(&[origin, ("allow-methods", "PUT"), ("max-age", "60")]),
            ),
            (
                204,
                expected(&[origin, credentials, ("allow-methods", "GET, HEAD, POST")]),
            ),
        ],
    }
}

/// `address` serves `GET /` and `POST /` with status 200, and enforces `live`, which is [`first`].
pub fn every_response_is_of_one_policy(address: SocketAddr, live: &LivePolicy) {
    for is_loaded in [false, true, false] {
        match is_loaded {
            true => live.replace(loaded()),
            false => live.replace(&COMPILED),
        }
        for method in ["GET", "OPTIONS"] {
            let expected = &answers(method)[usize::from(is_loaded)];
            assert_eq!(answer(address, method, "https://both.example"), *expected);
        }
        for (origin, is_allowed) in [
            ("https://compiled.example", !is_loaded),
            ("https://loaded.example", is_loaded),
        ] {
            let allowed = || {
                send(address, "GET", origin)
                    .headers()
                    .contains_key("access-control-allow-origin")
            };
            assert_eq!(allowed(), is_allowed, "{origin}");
            // The loaded policy refuses requests too, the compiled one does not.
            let status = if is_loaded && !is_allowed { 403 } else { 200 };
            assert_eq!(answer(address, "POST", origin).0, status, "{origin}");
        }
    }

    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                live.replace(loaded());
                thread::yield_now();
                live.replace(&COMPILED);
                thread::yield_now();
            }
        });
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut seen = [0, 0];
                    for number in 0..REQUESTS {
                        let method = ["GET", "OPTIONS"][number % 2];
                        let answer = answer(address, method, "https://both.example");
                        let policy = answers(method).iter().position(|it| *it == answer);
                        seen[policy.unwrap_or_else(|| panic!("of no policy: {answer:?}"))] += 1;
                    }
                    seen
                })
            })
            .collect();
        let seen: Vec<_> = clients
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect();
        is_done.store(true, Ordering::Relaxed);
        let seen: Vec<[usize; 2]> = seen.into_iter().map(Result::unwrap).collect();
        for policy in [0, 1] {
            let count: usize = seen.iter().map(|seen| seen[policy]).sum();
            assert!(count > 0, "{seen:?}");
        }
    });
}
