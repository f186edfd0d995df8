//! Handshakes of WebSockets, in HTTP/1.1 and in HTTP/2. The application has none, so those that reach it get
//! another status than 403.

use conformance::{Request, Server, send_http1, send_http2};

const ALLOWED: &str = "https://app.example.com";
const FOREIGN: &str = "https://attacker.example";

fn handshake(method: &str, origin: &str) -> Request {
    let mut headers = vec![("Origin".to_owned(), origin.into())];
    if method == "GET" {
        headers.push(("Upgrade".to_owned(), "websocket".into()));
    }
    Request {
        method: method.to_owned(),
        path: "/writes/plain".to_owned(),
        headers,
        body: Vec::new(),
    }
}

#[test]
fn handshakes_of_foreign_pages_are_refused() {
    let server = Server::start(env!("CARGO_BIN_EXE_example-axum"));
    let http1 = |origin| {
        send_http1(server.address, &handshake("GET", origin))
            .unwrap()
            .unwrap()
    };
    assert_eq!(http1(FOREIGN).status, 403);
    assert_eq!(http1(ALLOWED).status, 200);
    // `CONNECT` with `:protocol`; there is no handler for it.
    let http2 = |origin| {
        send_http2(server.address, &handshake("CONNECT", origin))
            .unwrap()
            .unwrap()
    };
    assert_eq!(http2(FOREIGN).status, 403);
    assert_eq!(http2(ALLOWED).status, 405);
    assert!(
        http2(ALLOWED)
            .lines("access-control-allow-origin")
            .eq([ALLOWED])
    );
}
