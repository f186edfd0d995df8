//! Tower layers around a service that answers at once.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use cors_runtime::{Origins, Policy, PolicyConfig};
use http::{HeaderValue, Request, Response};
use tower::Service;

use super::candidates::{GUARDED, Noop, POLICY, floor, guarded_peer, ours, peer};
use super::{Added, KINDS, Kind, Subject, added, time};
use crate::matchers::{LISTED_1, LISTED_10, LISTED_1000, MANY, TEMPLATE};
use crate::names;

/// By kind of request, what the floor, ours and tower-http add.
pub(crate) fn rows(noop: &Noop) -> Vec<(&'static str, Vec<Added>)> {
    let one = || ["https://app.example.com".to_owned()];
    let measured = KINDS.iter().map(|kind| {
        let request = request(kind);
        let subjects = vec![
            subject("bare", noop.clone(), &request),
            subject("floor", floor(noop.clone()), &request),
            subject("ours", ours(noop.clone(), &POLICY), &request),
            subject("tower-http", peer(noop.clone(), one()), &request),
        ];
        (kind.0, added(subjects))
    });
    measured.collect()
}

/// Returns the cost that ours and tower-http add with a long list, for an origin in the middle of
/// it. The floor has one origin, as before.
pub(crate) fn row_of_many(noop: &Noop) -> (&'static str, Vec<Added>) {
    let origin: &str = names::alike(names::MANY / 2).leak();
    let known = request(&KINDS[0]);
    let request = request(&("", "GET", Some(origin), None));
    let all = (0..names::MANY).map(names::alike);
    let subjects = vec![
        subject("bare", noop.clone(), &request),
        subject("floor", floor(noop.clone()), &known),
        subject("ours", ours(noop.clone(), &MANY), &request),
        subject("tower-http", peer(noop.clone(), all), &request),
    ];
    ("actual, allowed, one of 10 000 tenants", added(subjects))
}

/// Returns the policy of the other candidates as a configuration, with `count` origins.
pub(crate) fn configuration(count: usize, origin: impl Fn(usize) -> String) -> PolicyConfig {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let methods: Vec<String> = texts(&["GET", "PUT", "DELETE", "PATCH"]);
    let headers: Vec<String> = texts(&["authorization", "content-type", "x-requested-with"]);
    PolicyConfig::new()
        .with("allow_origins", (0..count).map(origin).collect::<Vec<_>>())
        .with("allow_methods", methods)
        .with("allow_headers", headers)
        .with("expose_headers", ["etag"])
        .with("allow_credentials", true)
        .with("max_age", 7200_u32)
}

/// Returns the cost that a compiled list, a list that is known at run time only, a policy from configuration, and
/// tower-http add, for an origin in the middle of the list.
pub(crate) fn row_of_list(count: usize) -> (&'static str, Vec<Added>) {
    let (name, compiled) = match count {
        1 => ("one origin", &LISTED_1),
        10 => ("10 origins", &LISTED_10),
        1_000 => ("1 000 origins", &LISTED_1000),
        names::MANY => ("10 000 origins", &MANY),
        _ => panic!("no list of {count} origins is compiled"),
    };
    let noop = Noop { prefilled: false };
    let origin: &str = names::alike(count / 2).leak();
    let request = request(&("", "GET", Some(origin), None));
    let all = || (0..count).map(names::alike);
    let listed = Origins::new(all()).and_then(|origins| TEMPLATE.with_origins(&origins));
    let listed: &'static Policy = Box::leak(Box::new(listed.expect("sound origins")));
    let loaded = Policy::from_config(&configuration(count, names::alike));
    let loaded: &'static Policy = Box::leak(Box::new(loaded.expect("a sound policy")));
    let subjects = vec![
        subject("bare", noop.clone(), &request),
        subject("compiled", ours(noop.clone(), compiled), &request),
        subject("list", ours(noop.clone(), listed), &request),
        subject("configuration", ours(noop.clone(), loaded), &request),
        subject("tower-http", peer(noop, all()), &request),
    ];
    (name, added(subjects))
}

/// Returns the cost that ours and tower-http's `CorsLayer` and `CsrfLayer` add to a write of an allowed page,
/// and to one that is refused. The floor has CORS only.
pub(crate) fn rows_of_writes(noop: &Noop) -> Vec<(&'static str, Vec<Added>)> {
    let kinds = [
        (
            "write, allowed (with `on_denied`)",
            "https://app.example.com",
        ),
        ("write, refused (with `on_denied`)", "https://evil.example"),
    ];
    let measured = kinds.iter().map(|(name, origin)| {
        let mut request = request(&(name, "POST", Some(origin), None));
        let site = HeaderValue::from_static("cross-site");
        request.headers_mut().insert("sec-fetch-site", site);
        let subjects = vec![
            subject("bare", noop.clone(), &request),
            subject("floor", floor(noop.clone()), &request),
            subject("ours", ours(noop.clone(), &GUARDED), &request),
            subject("tower-http", guarded_peer(noop.clone()), &request),
        ];
        (*name, added(subjects))
    });
    measured.collect()
}

/// Returns the time that a request takes in the layer and the application behind it, for each of `origins`.
pub(crate) fn latencies<'o>(
    policy: &'static Policy,
    origins: impl Iterator<Item = &'o str>,
) -> Vec<Duration> {
    let mut call = caller(ours(Noop { prefilled: false }, policy));
    origins
        .map(|origin| {
            let mut request = request(&("", "GET", None, None));
            let origin = HeaderValue::from_str(origin).expect("a valid value");
            request.headers_mut().insert("origin", origin);
            let start = Instant::now();
            call(request);
            start.elapsed()
        })
        .collect()
}

fn subject<'c, S>(name: &'static str, service: S, request: &'c Request<()>) -> Subject<'c>
where
    S: Service<Request<()>, Response = Response<()>> + 'c,
{
    let mut call = caller(service);
    let once = request.clone();
    let allocations = allocation_counter::measure(|| call(once)).count_total;
    let candidate = move || time(|| request.clone(), &mut call);
    (name, allocations, Box::new(candidate))
}

/// Returns a function that waits until a service is ready, sends it a request, and drops the response.
fn caller<S>(mut service: S) -> impl FnMut(Request<()>)
where
    S: Service<Request<()>, Response = Response<()>>,
{
    move |request| {
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(
            service.poll_ready(&mut context),
            Poll::Ready(Ok(()))
        ));
        let mut future = pin!(service.call(request));
        match future.as_mut().poll(&mut context) {
            Poll::Ready(Ok(response)) => drop(black_box(response)),
            Poll::Ready(Err(_)) | Poll::Pending => panic!("the service answers at once"),
        }
    }
}

/// A request, as a server passes it on.
fn request(&(_, method, origin, requested): &Kind) -> Request<()> {
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
