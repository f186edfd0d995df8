//! What a page does through gRPC-Web: a preflight, a call, and one that fails.

use conformance::{Request, Response, Server, send_http1, send_http2};

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-tonic");
const ORIGIN: (&str, &str) = ("Origin", "https://app.example.com");
const CALL: [(&str, &str); 2] = [
    ("Content-Type", "application/grpc-web-text"),
    ("X-Grpc-Web", "1"),
];

/// Over HTTP/1.1 and HTTP/2, which say the same.
fn send(server: &Server, method: &str, headers: &[(&str, &str)], body: &str) -> [Response; 2] {
    let request = Request {
        method: method.to_owned(),
        path: "/grpc.health.v1.Health/Check".to_owned(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.into(),
    };
    [send_http1, send_http2].map(|send| send(server.address, &request).unwrap().unwrap())
}

fn line(response: &Response, name: &str) -> Option<String> {
    response.lines(name).next()
}

#[test]
fn a_preflight_of_a_call() {
    let server = Server::start(EXAMPLE);
    let asked = ("Access-Control-Request-Method", "POST");
    for response in send(&server, "OPTIONS", &[ORIGIN, asked], "") {
        assert_eq!(response.status, 204);
        let allowed = line(&response, "access-control-allow-headers").unwrap();
        assert_eq!(
            allowed,
            "content-type, grpc-timeout, x-grpc-web, x-user-agent"
        );
    }
}

#[test]
fn a_call() {
    let server = Server::start(EXAMPLE);
    for response in send(&server, "POST", &[ORIGIN, CALL[0], CALL[1]], "AAAAAAA=") {
        assert_eq!(response.status, 200);
        assert_eq!(
            line(&response, "access-control-allow-origin").unwrap(),
            ORIGIN.1
        );
        assert_eq!(line(&response, "vary").unwrap(), "Origin");
        assert!(!response.body.is_empty());
    }
}

/// The status is in the headers, where a page may read it because it is exposed.
#[test]
fn a_call_that_fails() {
    let server = Server::start(EXAMPLE);
    for response in send(&server, "POST", &[ORIGIN, CALL[0], CALL[1]], "AAAAAAMKAXg=") {
        assert_eq!(line(&response, "grpc-status").unwrap(), "5", "not found");
        let exposed = line(&response, "access-control-expose-headers").unwrap();
        assert!(
            exposed.starts_with("grpc-status, grpc-message"),
            "{exposed}"
        );
    }
}

#[test]
fn a_call_of_a_denied_origin() {
    let server = Server::start(EXAMPLE);
    let origin = ("Origin", "https://elsewhere.example");
    for response in send(&server, "POST", &[origin, CALL[0], CALL[1]], "AAAAAAA=") {
        assert_eq!(line(&response, "access-control-allow-origin"), None);
        assert_eq!(line(&response, "access-control-expose-headers"), None);
        assert_eq!(line(&response, "vary").unwrap(), "Origin");
    }
}
