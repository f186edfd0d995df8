//! The policies themselves as a filter of Envoy, predicates and refusals included.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use conformance::{Corpus, Request, Response, faults_in, hold, send_http1, send_http2};
use cors_gateways::{Answer, Gateway, Requests, Running, Site, expected};
use example_envoy_filter::{TENANTS, policy_at};

use crate::random::hold_for_all;
use crate::{APPLICATION, left_out, program};

const ALLOWED: &str = "https://app.example.com";

const SITE: Site = Site {
    name: "filter",
    policy: &TENANTS,
    origins: &[
        ALLOWED,
        "https://a.preview.example.com",
        "https://14.tenants.example",
        "https://15.tenants.example",
        "https://partner.example",
        "http://localhost:5173",
    ],
    hosts: &[],
};

/// Starts Envoy with the filter, whose configuration may be changed.
fn start(test: &str, change: impl Fn(String) -> String) -> Option<Running> {
    let program = program(Gateway::EnvoyFilter)?;
    if !Gateway::filter().exists() {
        left_out("the filter of examples/envoy-filter");
        return None;
    }
    let change = |_: &str, text| change(text);
    Some(Gateway::EnvoyFilter.start(&program, test, &[SITE], *APPLICATION, change))
}

fn request(method: &str, path: &str, headers: &[(&str, &[u8])]) -> Request {
    let headers = headers.iter();
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), value.to_vec()))
            .collect(),
        body: Vec::new(),
    }
}

fn get(path: &str, origin: &str) -> Request {
    request("GET", path, &[("origin", origin.as_bytes())])
}

fn send(running: &Running, request: &Request) -> Response {
    let response = send_http1(running.address(SITE.name), request);
    let response = response.unwrap_or_else(|error| panic!("{request:?}: {error}"));
    response.unwrap_or_else(|| panic!("{request:?}: no response"))
}

fn lines(response: &Response, name: &str) -> Vec<String> {
    response.lines(name).collect()
}

fn allowed(running: &Running, request: &Request) -> Vec<String> {
    lines(&send(running, request), "access-control-allow-origin")
}

#[test]
fn the_corpus() {
    let Some(running) = start("wasm-corpus", |text| text) else {
        return;
    };
    let address = running.address(SITE.name);
    hold("envoy-filter", |_, request| {
        let mut request = request.clone();
        if request.lines("upgrade").next().is_some() {
            // Without this, Envoy removes the header, and the application would not get it either.
            let both = ("connection".to_owned(), b"close, upgrade".to_vec());
            request.headers.push(both);
        }
        send_http1(address, &request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    });
    let corpus = Corpus::read().without_upgrades();
    let faults = faults_in(&corpus, "envoy-filter", |_, request| {
        send_http2(address, request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    });
    assert!(faults.is_empty(), "HTTP/2:\n{}", faults.join("\n"));
}

/// Requests for every policy, with all headers that decisions depend on.
#[test]
fn random_requests() {
    const REQUESTS: usize = 4000;
    const PARTS: [&str; 7] = [
        "", "/tenants", "/public", "/rules", "/writes", "/open", "/local",
    ];
    const HOSTS: [&str; 5] = [
        "localhost:3000",
        "a.api.example.com",
        "attacker.example",
        "127.0.0.1:1",
        "::",
    ];
    const SITES: [&str; 6] = [
        "cross-site",
        "same-origin",
        "same-site",
        "none",
        "",
        "\u{e9}",
    ];
    const MODES: [&str; 3] = ["cors", "navigate", "no-cors"];
    let Some(running) = start("wasm-random", |text| text) else {
        return;
    };
    let requests = Requests::new(7, &SITE).take(REQUESTS).enumerate();
    let requests = requests.map(|(index, mut request)| {
        let choose = |values: &[&str], step: usize| values[index / step % values.len()].to_owned();
        request.path = choose(&PARTS, 1) + &request.path;
        let mut add = |name: &str, value: String| {
            request.headers.push((name.to_owned(), value.into_bytes()));
        };
        add("host", choose(&HOSTS, 3));
        if index % 3 > 0 {
            add("sec-fetch-site", choose(&SITES, 5));
            add("sec-fetch-mode", choose(&MODES, 11));
        }
        request
    });
    hold_for_all(requests, |request| {
        let answer = Answer::from(&send(&running, request));
        let policy = policy_at(request.path.as_bytes());
        // Envoy forwards paths below `/tenants` without it.
        let mut forwarded = request.clone();
        forwarded.path = request.path.replace("/tenants", "");
        (answer, expected(policy, &forwarded))
    });
}

/// Getters for strings would panic, and the filter would stop.
#[test]
fn no_bytes_stop_it() {
    let Some(running) = start("wasm-bytes", |text| {
        text.replace("FAIL_RELOAD", "FAIL_CLOSED")
    }) else {
        return;
    };
    let address = running.address(SITE.name);
    let is_alive = || assert_eq!(allowed(&running, &get("/plain", ALLOWED)), [ALLOWED]);
    let names = [
        "host",
        "origin",
        "access-control-request-method",
        "access-control-request-headers",
        "sec-fetch-site",
        "sec-fetch-mode",
        "upgrade",
        "x-other",
    ];
    let values: [&[u8]; 9] = [
        b"\xe9",
        b"\xff\xfe",
        b"\xc3",
        b"\x00",
        b"\x01\x7f",
        b"\t",
        b"a\x0bb",
        b"",
        &[b'a'; 70_000],
    ];
    for name in names {
        for value in values {
            for method in ["GET", "OPTIONS"] {
                let origin = [("origin", ALLOWED.as_bytes()), (name, value)];
                let origin = if name == "origin" {
                    &origin[1..]
                } else {
                    &origin
                };
                let answer = send(&running, &request(method, "/mirror/plain", origin));
                assert_ne!(answer.status, 503, "{name}: {}", value.escape_ascii());
            }
            is_alive();
        }
    }
    // A name, a method and a path, which the client above does not send.
    for head in [
        &b"GET / HTTP/1.1\r\nhost: a\r\nx-\xe9: a\r\n\r\n"[..],
        b"G\xe9T / HTTP/1.1\r\nhost: a\r\n\r\n",
        b"GET /\xe9 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        b"GET /writes\xff/plain?\xff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream.write_all(head).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            !answer.contains(" 503 "),
            "{}: {answer}",
            head.escape_ascii()
        );
        is_alive();
    }
}

/// Envoy no longer has the headers of the request then, so the filter keeps them, each request its own.
#[test]
fn responses_belong_to_their_requests() {
    let Some(running) = start("wasm-order", |text| text) else {
        return;
    };
    let origins = [
        "https://7.tenants.example",
        "https://8.tenants.example",
        "https://14.tenants.example",
    ];
    let ask = |origin: &'static str| {
        let running = &running;
        move || {
            for _ in 0..100 {
                let expected: &[&str] = if origin.contains("/8.") {
                    &[]
                } else {
                    &[origin]
                };
                assert_eq!(allowed(running, &get("/tenants/vary", origin)), expected);
            }
        }
    };
    std::thread::scope(|scope| {
        for origin in origins {
            scope.spawn(ask(origin));
        }
    });
}

/// A filter that stops fails closed: the application's own `*` stays inside. With `FAIL_RELOAD`, the next
/// request gets a new one.
#[test]
fn a_panic_is_503_for_one_request() {
    let panics = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gateways/panics.wasm");
    if !panics.exists() {
        return left_out("the filter that panics");
    }
    let filter = Gateway::filter();
    let stopped = |policy: &'static str| {
        let change = |text: String| {
            let text = text.replace(filter.to_str().unwrap(), panics.to_str().unwrap());
            text.replace("FAIL_RELOAD", policy)
        };
        let running = start(&format!("wasm-{policy}"), change)?;
        let good = get("/tenants/own-cors", "https://14.tenants.example");
        assert_eq!(allowed(&running, &good), ["https://14.tenants.example"]);
        let bad = send(
            &running,
            &get("/tenants/own-cors", "https://13.tenants.example"),
        );
        // Envoy waits before it starts a filter again, and doubles the time after each panic.
        std::thread::sleep(Duration::from_secs(2));
        Some((bad, send(&running, &good)))
    };
    let Some((bad, after)) = stopped("FAIL_RELOAD") else {
        return;
    };
    assert_eq!(
        (bad.status, lines(&bad, "access-control-allow-origin")),
        (503, vec![])
    );
    assert_eq!(
        lines(&after, "access-control-allow-origin"),
        ["https://14.tenants.example"]
    );
    // The other values of the setting, each worse.
    let (bad, after) = stopped("FAIL_CLOSED").unwrap();
    assert_eq!((bad.status, after.status), (503, 503));
    let (_, after) = stopped("FAIL_OPEN").unwrap();
    assert_eq!(
        lines(&after, "access-control-allow-origin"),
        ["*,https://elsewhere.example"]
    );
}

/// A response of the filter itself passes through it as well, and has each header once.
#[test]
fn its_own_responses_have_each_header_once() {
    let Some(running) = start("wasm-own", |text| text) else {
        return;
    };
    for origin in [ALLOWED, "https://partner.example", "https://evil.example"] {
        let headers: [(&str, &[u8]); 3] = [
            ("origin", origin.as_bytes()),
            ("access-control-request-method", b"PUT"),
            ("access-control-request-headers", b"content-type"),
        ];
        let response = send(&running, &request("OPTIONS", "/tenants/plain", &headers));
        let mut names: Vec<_> = response.headers.iter().map(|(name, _)| name).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        // A line of `Vary` for each name.
        let vary = lines(&response, "vary").len();
        assert_eq!(all, names.len() + vary - 1, "{response:?}");
    }
}

/// A response of an earlier filter has no CORS headers.
#[test]
fn it_is_the_first_filter() {
    const ABORT: &str = "name: abort
typed_config:
  \"@type\": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
  abort: { http_status: 401, percentage: { numerator: 100 } }
";
    let preflight = request(
        "OPTIONS",
        "/plain",
        &[
            ("origin", ALLOWED.as_bytes()),
            ("access-control-request-method", b"PUT"),
        ],
    );
    let Some(running) = start("wasm-first", |text| text + ABORT) else {
        return;
    };
    let response = send(&running, &get("/plain", ALLOWED));
    assert_eq!(response.status, 401);
    assert_eq!(lines(&response, "access-control-allow-origin"), [ALLOWED]);
    assert_eq!(send(&running, &preflight).status, 204);
    drop(running);
    let second = |text: String| format!("{ABORT}{text}");
    let running = start("wasm-second", second).unwrap();
    assert_eq!(allowed(&running, &get("/plain", ALLOWED)), [""; 0]);
    assert_eq!(send(&running, &preflight).status, 401);
}

/// Envoy joins the lines of a header before the filter gets them.
#[test]
fn several_lines_are_one() {
    let Some(running) = start("wasm-lines", |text| text) else {
        return;
    };
    let twice = [("origin", ALLOWED.as_bytes()); 2];
    assert_eq!(
        allowed(&running, &request("GET", "/plain", &twice)),
        [""; 0]
    );
    let headers: [(&str, &[u8]); 4] = [
        ("origin", ALLOWED.as_bytes()),
        ("access-control-request-method", b"PUT"),
        ("access-control-request-headers", b"x-a"),
        ("access-control-request-headers", b"x-b"),
    ];
    let mirrored = send(&running, &request("OPTIONS", "/mirror/plain", &headers));
    assert_eq!(
        lines(&mirrored, "access-control-allow-headers"),
        ["x-a,x-b"]
    );
    let vary = lines(&send(&running, &get("/vary-lines", ALLOWED)), "vary").join(", ");
    let members: Vec<_> = vary.split(',').map(str::trim).collect();
    assert_eq!(members, ["Accept", "Cookie", "Accept-Language", "Origin"]);
    // Envoy responds itself, without the filter.
    let long = request("GET", "/plain", &[("origin", &[b'a'; 70_000])]);
    assert_eq!(send(&running, &long).status, 431);
    let control = request(
        "GET",
        "/plain",
        &[("origin", b"https://app.example.com\x01")],
    );
    assert_eq!(send(&running, &control).status, 400);
}

/// Errors of Envoy itself pass through the filter.
#[test]
fn errors_of_envoy_have_the_headers() {
    let Some(running) = start("wasm-errors", |text| text) else {
        return;
    };
    let response = send(&running, &get("/dead", ALLOWED));
    assert_eq!(response.status, 503);
    assert_eq!(lines(&response, "access-control-allow-origin"), [ALLOWED]);
}
