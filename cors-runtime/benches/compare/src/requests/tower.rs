//! Tower layers around a service that answers at once.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use http::{HeaderValue, Request, Response};
use tower::Service;

use super::Added;
use super::candidates::{Noop, floor, ours, peer};
use crate::rounds::{Candidate, medians, per_piece};

/// Short enough to be interrupted seldom, long enough for the clock.
const CALLS: usize = 2_000;

/// By kind of request, what the floor, ours and tower-http add.
pub(crate) fn rows(noop: &Noop) -> Vec<(&'static str, Vec<Added>)> {
    let allowed = Some("https://app.example.com");
    let denied = Some("https://evil.example");
    [
        ("actual, allowed", request("GET", allowed, None)),
        ("actual, denied", request("GET", denied, None)),
        ("no `Origin`", request("GET", None, None)),
        (
            "preflight, allowed",
            request("OPTIONS", allowed, Some("PUT")),
        ),
    ]
    .map(|(name, request)| (name, added(noop, &request)))
    .into()
}

fn added(noop: &Noop, request: &Request<()>) -> Vec<Added> {
    let (base_calls, base) = candidate(noop.clone(), request);
    let middlewares = [
        ("floor", candidate(floor(noop.clone()), request)),
        ("ours", candidate(ours(noop.clone()), request)),
        ("tower-http", candidate(peer(noop.clone()), request)),
    ];
    let (mut names, mut candidates) = (Vec::new(), vec![base]);
    for (name, (allocations, candidate)) in middlewares {
        names.push((name, allocations - base_calls));
        candidates.push(candidate);
    }
    let medians = medians(&mut candidates);
    names
        .into_iter()
        .zip(&medians[1..])
        .map(|((name, allocations), nanoseconds)| Added {
            name,
            nanoseconds: nanoseconds - medians[0],
            allocations,
        })
        .collect()
}

/// The allocations of one call, and rounds of many.
fn candidate<'c, S>(mut service: S, request: &'c Request<()>) -> (u64, Candidate<'c>)
where
    S: Service<Request<()>, Response = Response<()>> + 'c,
{
    let mut call = move |request| {
        let mut future = pin!(service.call(request));
        let mut context = Context::from_waker(Waker::noop());
        match future.as_mut().poll(&mut context) {
            Poll::Ready(Ok(response)) => drop(black_box(response)),
            Poll::Ready(Err(_)) | Poll::Pending => panic!("the service answers at once"),
        }
    };
    let once = request.clone();
    let allocations = allocation_counter::measure(|| call(once)).count_total;
    let candidate = move || {
        // Requests are made before the clock starts, and dropped by the service.
        let requests: Vec<Request<()>> = (0..CALLS).map(|_| request.clone()).collect();
        let start = Instant::now();
        requests.into_iter().for_each(&mut call);
        per_piece(start.elapsed(), CALLS)
    };
    (allocations, Box::new(candidate))
}

/// A request, as a server passes it on.
fn request(
    method: &str,
    origin: Option<&'static str>,
    requested: Option<&'static str>,
) -> Request<()> {
    let lines = [
        ("host", Some("api.example.com")),
        ("accept", Some("*/*")),
        ("user-agent", Some("Mozilla/5.0 (X11; Linux x86_64)")),
        ("origin", origin),
        ("access-control-request-method", requested),
    ];
    let mut request = Request::builder().method(method).uri("/");
    for (name, value) in lines {
        if let Some(value) = value {
            // Shared bytes, as a server makes them.
            request = request.header(name, HeaderValue::from_str(value).expect("a valid value"));
        }
    }
    request.body(()).expect("valid parts")
}
