//! The cases of the corpus that there are in gRPC-Web, whose requests are all `POST`: preflights,
//! calls, and calls that fail.

use conformance::{Request, Response, Server, send_http1, send_http2};

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-tonic");
const CHECK: &str = "/grpc.health.v1.Health/Check";
const APP: (&str, &str) = ("Origin", "https://app.example.com");
const ELSEWHERE: (&str, &str) = ("Origin", "https://elsewhere.example");
const POST: (&str, &str) = ("Access-Control-Request-Method", "POST");
/// A call, in bytes: as text it is in base64, and so are the trailers of the response.
const CALL: [(&str, &str); 2] = [
    ("Content-Type", "application/grpc-web+proto"),
    ("X-Grpc-Web", "1"),
];
/// A message without fields: the health of the whole server.
const ALL: &str = "\0\0\0\0\0";
/// The health of the service `x`, which there is not.
const UNKNOWN: &str = "\0\0\0\0\u{3}\n\u{1}x";

const EXPOSED: &str = "grpc-status, grpc-message, grpc-status-details-bin";
/// The CORS headers of an allowed call, and of an allowed preflight.
const ALLOWED: &[(&str, &str)] = &[
    ("access-control-allow-origin", "https://app.example.com"),
    ("access-control-expose-headers", EXPOSED),
];
const PREFLIGHT: &[(&str, &str)] = &[
    (
        "access-control-allow-headers",
        "content-type, grpc-timeout, x-grpc-web, x-user-agent",
    ),
    ("access-control-allow-methods", "POST"),
    ("access-control-allow-origin", "https://app.example.com"),
    ("access-control-max-age", "7200"),
];

/// Sends a request over HTTP/1.1 and HTTP/2, which must give the same response: with all headers of
/// `cors`, no other CORS headers, and one line of `Vary`.
fn send(
    request: (&str, &str),
    headers: &[(&str, &str)],
    body: &str,
    cors: &[(&str, &str)],
) -> [Response; 2] {
    let server = Server::start(EXAMPLE);
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
    let request = Request {
        method: request.0.to_owned(),
        path: request.1.to_owned(),
        headers: headers.collect(),
        body: body.into(),
    };
    [send_http1, send_http2].map(|send| {
        let response = send(server.address, &request).unwrap().unwrap();
        let lines = response.headers.iter().filter_map(|(name, value)| {
            let is_cors = name.starts_with("access-control-");
            is_cors.then(|| (name.as_str(), std::str::from_utf8(value).unwrap()))
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort_unstable();
        assert_eq!(lines, cors);
        assert_eq!(response.lines("vary").collect::<Vec<_>>(), ["Origin"]);
        response
    })
}

fn call(
    path: &str,
    origin: Option<(&str, &str)>,
    body: &str,
    cors: &[(&str, &str)],
) -> [Response; 2] {
    let headers: Vec<_> = origin.into_iter().chain(CALL).collect();
    let responses = send(("POST", path), &headers, body, cors);
    for response in &responses {
        assert_eq!(response.status, 200);
    }
    responses
}

fn statuses(responses: [Response; 2]) -> [u16; 2] {
    responses.map(|response| response.status)
}

#[test]
fn a_preflight_of_a_call() {
    let asked = ("Access-Control-Request-Headers", "content-type,x-grpc-web");
    let responses = send(("OPTIONS", CHECK), &[APP, POST, asked], "", PREFLIGHT);
    assert_eq!(statuses(responses), [204; 2]);
    // Whether or not there is such a service.
    let responses = send(("OPTIONS", "/nowhere"), &[APP, POST], "", PREFLIGHT);
    assert_eq!(statuses(responses), [204; 2]);
}

#[test]
fn a_preflight_of_a_denied_origin() {
    let responses = send(("OPTIONS", CHECK), &[ELSEWHERE, POST], "", &[]);
    assert_eq!(statuses(responses), [403; 2]);
}

#[test]
fn a_call() {
    for response in call(CHECK, Some(APP), ALL, ALLOWED) {
        // The status is in the trailers, which come in the body.
        assert_eq!(response.lines("grpc-status").next(), None);
        assert_eq!(trailers(&response.body), "grpc-status:0");
    }
}

/// It is answered: what keeps the answer from the page is the browser.
#[test]
fn a_call_of_a_denied_origin() {
    for response in call(CHECK, Some(ELSEWHERE), ALL, &[]) {
        assert_eq!(trailers(&response.body), "grpc-status:0");
    }
}

#[test]
fn a_call_without_an_origin() {
    for response in call(CHECK, None, ALL, &[]) {
        assert_eq!(trailers(&response.body), "grpc-status:0");
    }
}

/// The status is in the headers, as no message comes before it; a page may read it because it is
/// exposed.
#[test]
fn a_call_that_fails() {
    for (path, body, status) in [
        (CHECK, UNKNOWN, "5"),         // not found
        ("/nowhere/Check", ALL, "12"), // unimplemented
    ] {
        for response in call(path, Some(APP), body, ALLOWED) {
            let line = response.lines("grpc-status").next();
            assert_eq!(line.as_deref(), Some(status), "{path}");
        }
        for response in call(path, Some(ELSEWHERE), body, &[]) {
            assert_eq!(response.lines("grpc-status").count(), 1, "{path}");
        }
    }
}

/// The commands in the documentation of the example.
#[test]
fn suggestions_do_what_they_are_for() {
    let server = Server::start(EXAMPLE);
    let tried = server.suggestions.iter().map(|line| {
        let response = send_http1(server.address, &Request::of_curl(line));
        let response = response.unwrap().unwrap();
        let allowed = response.lines("access-control-allow-origin").next();
        assert_eq!(allowed.as_deref(), Some(APP.1), "{line}");
        (response.status, response.lines("grpc-status").next())
    });
    let tried: Vec<_> = tried.collect();
    assert_eq!(tried, [(204, None), (200, None), (200, Some("5".into()))]);
}

/// The last frame of a body: a flag, four bytes for its length, and lines.
fn trailers(body: &[u8]) -> &str {
    let message = 5 + usize::from(body[4]);
    let frame = &body[message..];
    assert_eq!(frame[0], 0x80, "trailers come after one message");
    std::str::from_utf8(&frame[5..]).unwrap().trim_end()
}
