//! What a policy allocates: nothing, and around `http` what the header map needs to grow, and copies of
//! what is mirrored.

use std::cell::Cell;
use std::fmt::Write;
use std::hint::black_box;
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use cors_runtime::tower::CorsLayer;
use cors_runtime::{
    ConfigValue, CorsRequest, LivePolicy, Origins, Policy, PolicyConfig, PolicyTemplate,
    cors_policy,
};
use http::{HeaderMap, HeaderValue};
use tower::{Layer, Service, service_fn};

static API: Policy = cors_policy!(
    allow_origins = [
        "https://a.example",
        "https://*.a.example",
        "http://localhost:*"
    ],
    allow_methods = [GET, PUT, DELETE, PATCH],
    allow_headers = ["content-type", "authorization", "x-requested-with"],
    expose_headers = ["etag"],
    allow_credentials = true,
    max_age = hours(2),
);

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
);

fn allocations(run: impl FnOnce()) -> u64 {
    measure(run).count_total
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1)))), 1);
}

/// Takes text, and does not keep it.
struct Sink;

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        black_box(text);
        Ok(())
    }
}

#[test]
fn deciding_and_explaining_allocate_nothing() {
    let long = vec![b'a'; 65_536];
    let origins: [&[u8]; 6] = [
        b"https://a.example",
        b"https://x.a.example",
        b"http://localhost:5173",
        b"https://evil.example",
        b"\xff\0",
        &long,
    ];
    for origin in origins {
        for method in [&b"GET"[..], b"OPTIONS"] {
            let count = allocations(|| {
                black_box(API.allows_origin(origin));
                let request = CorsRequest::new(method)
                    .with_header(b"Origin", origin)
                    .with_header(b"Access-Control-Request-Method", b"PUT");
                let decision = API.evaluate(&request);
                for header in decision.headers() {
                    black_box(header);
                }
                black_box((decision.vary(), decision.immediate_status()));
                let requested = request.with_header(b"Access-Control-Request-Headers", origin);
                for request in [request, requested] {
                    write!(Sink, "{}", API.explain(&request)).unwrap();
                }
            });
            assert_eq!(count, 0, "{}", origin.escape_ascii());
        }
    }
}

/// A list that has been read before, and one that has been replaced since.
#[test]
fn deciding_by_a_list_allocates_nothing() {
    static TEMPLATE: PolicyTemplate = cors_policy!(
        allow_origins = ["https://app.example", Configured],
        allow_credentials = true,
    );
    let entries: Vec<String> = (0..100)
        .map(|n| format!("https://a{n}.example"))
        .chain((0..100).map(|n| format!("https://*.a{n}.example")))
        .chain(["https://pr-*-*.a.example".to_owned()])
        .collect();
    let list = Origins::new(&entries).unwrap();
    let policy = TEMPLATE.with_origins(&list).unwrap();
    for _ in 0..3 {
        for origin in [
            "https://a7.example",
            "https://x.a7.example",
            "https://pr-1-2.a.example",
            "https://evil.example",
            "not an origin",
        ] {
            let count = allocations(|| {
                black_box(policy.allows_origin(origin));
                let request = CorsRequest::new("GET").with_header("Origin", origin);
                black_box(policy.evaluate(&request).is_origin_allowed());
                black_box(policy.explain(&request).entry());
            });
            assert_eq!(count, 0, "{origin}");
        }
        list.replace(&entries).unwrap();
    }
}

/// [`API`] from configuration, and an automaton.
fn loaded() -> Policy {
    let config = PolicyConfig::new()
        .with(
            "allow_origins",
            [
                "https://a.example".into(),
                "https://*.a.example".into(),
                "http://localhost:*".into(),
                ConfigValue::regex("https://(b|c)[0-9]\\.example"),
            ],
        )
        .with("allow_methods", ["GET", "PUT", "DELETE", "PATCH"])
        .with(
            "allow_headers",
            ["content-type", "authorization", "x-requested-with"],
        )
        .with("expose_headers", ["etag"])
        .with("allow_credentials", true)
        .with("max_age", 7200);
    Policy::from_config(&config).unwrap()
}

#[test]
fn deciding_by_a_loaded_policy_allocates_nothing() {
    let policy = loaded();
    let live = LivePolicy::new(&policy);
    for origin in [
        "https://a.example",
        "https://x.a.example",
        "https://b7.example",
        "https://evil.example",
        "not an origin",
    ] {
        for method in ["GET", "OPTIONS"] {
            // Each thread reads a live policy once, before it keeps it.
            black_box(live.load());
            let count = allocations(|| {
                for policy in [&policy, &live.load()] {
                    black_box(policy.allows_origin(origin));
                    let request = CorsRequest::new(method)
                        .with_header("Origin", origin)
                        .with_header("Access-Control-Request-Method", "PUT");
                    for header in policy.evaluate(&request).headers() {
                        black_box(header);
                    }
                    write!(Sink, "{}", policy.explain(&request)).unwrap();
                }
            });
            assert_eq!(count, 0, "{origin}");
        }
    }
}

/// The values of its headers are shared, not copied.
#[test]
fn the_layer_of_a_loaded_policy_allocates_what_the_header_map_needs() {
    let policy = loaded();
    let a = Some("https://a.example");
    let evil = Some("https://evil.example");
    for (method, origin, headers) in [("GET", a, 4), ("OPTIONS", a, 6), ("GET", evil, 1)] {
        let allocated = layer_of_allocates(&policy, method, origin, HeaderMap::new());
        assert_eq!(allocated, growth(headers), "{method} {origin:?}");
    }
    let mut room = HeaderMap::with_capacity(16);
    room.insert("content-type", HeaderValue::from_static("text/plain"));
    assert_eq!(layer_of_allocates(&policy, "GET", a, room), 0);
}

/// Sends a request to `layer` around a service with `headers`, and counts the allocations of the
/// layer.
fn layer_allocates(method: &str, origin: Option<&'static str>, headers: HeaderMap) -> u64 {
    layer_of_allocates(&API, method, origin, headers)
}

fn layer_of_allocates(
    policy: &Policy,
    method: &str,
    origin: Option<&'static str>,
    headers: HeaderMap,
) -> u64 {
    let mut request = http::Request::builder().method(method).body(()).unwrap();
    if let Some(origin) = origin {
        request
            .headers_mut()
            .insert("origin", HeaderValue::from_static(origin));
    }
    let requested = HeaderValue::from_static("PUT");
    request
        .headers_mut()
        .insert("access-control-request-method", requested);
    let requested = HeaderValue::from_static("content-type,x-one");
    request
        .headers_mut()
        .insert("access-control-request-headers", requested);
    let mut response = http::Response::new(());
    *response.headers_mut() = headers;
    let response = Cell::new(Some(response));
    let service = service_fn(|_: http::Request<()>| {
        std::future::ready(Ok::<_, ()>(response.take().unwrap()))
    });
    let mut service = CorsLayer::new(policy).layer(service);
    allocations(|| {
        let mut context = Context::from_waker(Waker::noop());
        assert!(service.poll_ready(&mut context).is_ready());
        let mut future = std::pin::pin!(service.call(request));
        let result = future.as_mut().poll(&mut context);
        let Poll::Ready(Ok(response)) = result else {
            panic!("the service is ready at once");
        };
        std::mem::forget(response);
    })
}

/// A header map's first growth, for as many headers as a response gets.
fn growth(headers: usize) -> u64 {
    allocations(|| {
        let mut map = HeaderMap::new();
        for name in ["vary", "etag", "age", "date", "via", "te"]
            .into_iter()
            .take(headers)
        {
            map.insert(name, HeaderValue::from_static("x"));
        }
        std::mem::forget(map);
    })
}

#[test]
fn the_layer_allocates_what_the_header_map_needs() {
    let a = Some("https://a.example");
    let x = Some("https://x.a.example");
    let evil = Some("https://evil.example");
    // allow-origin, allow-credentials, expose-headers, vary
    assert_eq!(layer_allocates("GET", a, HeaderMap::new()), growth(4));
    assert_eq!(layer_allocates("GET", x, HeaderMap::new()), growth(4));
    // vary
    assert_eq!(layer_allocates("GET", evil, HeaderMap::new()), growth(1));
    assert_eq!(layer_allocates("GET", None, HeaderMap::new()), growth(1));
    assert_eq!(
        layer_allocates("OPTIONS", evil, HeaderMap::new()),
        growth(1)
    );
    // and allow-methods, allow-headers, max-age, without expose-headers
    assert_eq!(layer_allocates("OPTIONS", a, HeaderMap::new()), growth(6));
}

#[test]
fn the_layer_allocates_nothing_where_there_is_room() {
    for origin in [
        Some("https://x.a.example"),
        Some("https://evil.example"),
        None,
    ] {
        let mut room = HeaderMap::with_capacity(16);
        room.insert("content-type", HeaderValue::from_static("text/plain"));
        assert_eq!(layer_allocates("GET", origin, room), 0);
    }
}

/// The one exception: lines of the request are copied, and so is a line of `Vary` that grows.
#[test]
fn mirrored_values_are_copied() {
    let a = Some("https://a.example");
    let room = || HeaderMap::with_capacity(16);
    let mirrored = layer_of_allocates(&MIRROR, "OPTIONS", a, room());
    // In addition to the response's map, for allow-origin, allow-methods, allow-headers and vary.
    let copied = mirrored - growth(4);
    assert!((1..=5).contains(&copied), "{copied}");
    // A denied preflight and other requests have nothing of that.
    let evil = Some("https://evil.example");
    assert_eq!(
        layer_of_allocates(&MIRROR, "OPTIONS", evil, room()),
        growth(1)
    );
    assert_eq!(layer_of_allocates(&MIRROR, "GET", a, room()), 0);

    let mut vary = room();
    vary.insert("vary", HeaderValue::from_static("accept-encoding"));
    let grown = layer_allocates("GET", a, vary);
    assert!((1..=3).contains(&grown), "{grown}");
}
