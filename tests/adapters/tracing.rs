//! Events of the feature `tracing` for denied requests, and cases without events.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use cors_runtime::tower::CorsLayer;
use cors_runtime::{Origin, Policy, cors_policy};
use cors_support::recording_subscriber::{Fields, Noting};
use http::{HeaderMap, HeaderValue, Request, Response};
use tower::{Layer, Service, service_fn};
use tracing::Level;

static API: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_methods = [PUT],
    allow_headers = ["x-one"],
);

/// The query may have secrets in it.
const URI: &str = "https://api.example/items/1?token=secret";

fn request(method: &str, headers: &[(&'static str, &[u8])]) -> Request<()> {
    let mut request = Request::builder().method(method).uri(URI).body(()).unwrap();
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value).unwrap();
        request.headers_mut().append(*name, value);
    }
    request
}

/// Sends a request to a layer, and returns the headers of the response.
fn ask(layer: &CorsLayer, request: Request<()>) -> HeaderMap {
    let service = |_| std::future::ready(Ok::<_, ()>(Response::new(())));
    let future = layer.layer(service_fn(service)).call(request);
    let mut context = Context::from_waker(Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        Poll::Ready(Ok(response)) => response.headers().clone(),
        _ => panic!("nothing to wait for"),
    }
}

/// The events about a request.
fn events(level: Level, request: Request<()>) -> Vec<Fields> {
    Noting::during(level, || ask(&CorsLayer::new(&API), request)).0
}

const ORIGIN: (&str, &[u8]) = ("origin", b"https://a.example");
const PUT: (&str, &[u8]) = ("access-control-request-method", b"PUT");
const DELETE: (&str, &[u8]) = ("access-control-request-method", b"DELETE");

#[test]
fn a_denied_request_is_one_event() {
    let one = |request| {
        let events = events(Level::DEBUG, request);
        assert_eq!(events.len(), 1, "{events:?}");
        events.into_iter().next().unwrap()
    };
    let origin = ("origin", &b"https://b.example"[..]);
    assert_eq!(
        one(request("GET", &[origin])),
        [
            ("message", "denied by the CORS policy".to_owned()),
            ("kind", "actual".to_owned()),
            ("method", "GET".to_owned()),
            ("path", "/items/1".to_owned()),
            ("origin", "https://b.example".to_owned()),
            (
                "reason",
                API.explain(&(&request("GET", &[origin])).into())
                    .to_string()
            ),
        ]
    );
    let fields = one(request("OPTIONS", &[ORIGIN, DELETE]));
    assert_eq!(fields[1], ("kind", "preflight".to_owned()));
    assert_eq!(fields[2], ("method", "DELETE".to_owned()));
    assert!(
        fields[5].1.starts_with("method `DELETE` is not allowed"),
        "{fields:?}"
    );
    let headers = ("access-control-request-headers", &b"x-one,x-two"[..]);
    let fields = one(request("OPTIONS", &[ORIGIN, PUT, headers]));
    assert!(
        fields[5].1.starts_with("request header `x-two` is not"),
        "{fields:?}"
    );

    let long = [b"https://\xff".as_slice(), &[b'a'; 9_000]].concat();
    let fields = one(request("GET", &[("origin", &long)]));
    let shown = &fields[4].1;
    assert!(
        shown.starts_with(r"https://\xffaaa") && shown.len() < 100,
        "{shown}"
    );

    let fields = one(request("GET", &[ORIGIN, ORIGIN]));
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["message", "kind", "method", "path", "reason"]);
}

#[test]
fn nothing_is_logged_without_denials_or_subscribers() {
    for allowed in [
        request("GET", &[]),
        request("OPTIONS", &[PUT]),
        request("GET", &[ORIGIN]),
        request("OPTIONS", &[ORIGIN, PUT]),
        // Not a preflight, so it requests no method.
        request("GET", &[ORIGIN, DELETE]),
    ] {
        assert!(events(Level::TRACE, allowed).is_empty());
    }
    let denied = request("GET", &[("origin", b"null")]);
    assert!(events(Level::INFO, denied).is_empty());
}

/// The event explains the decision, without deciding again.
#[test]
fn a_predicate_is_called_once_for_a_request_that_is_logged() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    fn is_tenant(_: &Origin<'_>) -> bool {
        CALLS.fetch_add(1, Ordering::Relaxed);
        false
    }
    static TENANTS: Policy = cors_policy!(allow_origins = [predicate(is_tenant)]);
    let denied = request("GET", &[ORIGIN]);
    let (events, _) = Noting::during(Level::DEBUG, || ask(&CorsLayer::new(&TENANTS), denied));
    assert_eq!((events.len(), CALLS.load(Ordering::Relaxed)), (1, 1));
}

#[test]
fn a_refused_request_is_one_event() {
    static LOCAL: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        on_denied = Refuse,
        allow_hosts = ["localhost"],
    );
    let (events, _) = Noting::during(Level::DEBUG, || {
        ask(&CorsLayer::new(&LOCAL), request("GET", &[]))
    });
    let [event] = events.as_slice() else {
        panic!("{events:?}");
    };
    let field = |name: &str| {
        event
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| &**value)
    };
    assert_eq!(field("kind"), Some("not-cors"));
    assert!(
        field("reason")
            .unwrap()
            .starts_with("host `api.example` is not allowed")
    );
}
