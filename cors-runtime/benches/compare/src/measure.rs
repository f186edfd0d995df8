//! Rounds of candidates that take turns.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use http::{Request, Response};
use tower::Service;

/// Short enough to be interrupted seldom, long enough for the clock.
const CALLS: usize = 2_000;
const ROUNDS: usize = 201;

type Call = Box<dyn FnMut(Request<()>)>;

/// A service to be measured.
pub(crate) struct Candidate(Call);

impl Candidate {
    pub(crate) fn new<S>(mut service: S) -> Self
    where
        S: Service<Request<()>, Response = Response<()>> + 'static,
    {
        Self(Box::new(move |request| {
            let mut future = pin!(service.call(request));
            match future
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
            {
                Poll::Ready(Ok(response)) => drop(black_box(response)),
                Poll::Ready(Err(_)) | Poll::Pending => panic!("the service answers at once"),
            }
        }))
    }
}

/// Medians of one call.
pub(crate) struct Measured {
    pub(crate) nanoseconds: f64,
    pub(crate) allocations: u64,
}

/// Measures the candidates on one request.
pub(crate) fn compare<const N: usize>(
    mut candidates: [Candidate; N],
    request: &Request<()>,
) -> [Measured; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..ROUNDS {
        for (Candidate(call), times) in candidates.iter_mut().zip(&mut times) {
            // Requests are made before the clock starts, and dropped by the service.
            let requests: Vec<Request<()>> = (0..CALLS).map(|_| request.clone()).collect();
            let start = Instant::now();
            for request in requests {
                call(request);
            }
            times.push(start.elapsed().as_nanos() as f64 / CALLS as f64);
        }
    }
    let mut candidates = candidates.into_iter();
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        let Candidate(mut call) = candidates.next().expect("one for each");
        let again = request.clone();
        Measured {
            nanoseconds: times[ROUNDS / 2],
            allocations: allocation_counter::measure(|| call(again)).count_total,
        }
    })
}
