//! Origins that come and go while the server runs, over real HTTP.

use std::{env, fs, process};

use conformance::{Request, Response, Server, send_http1};

const EXAMPLE: &str = env!("CARGO_BIN_EXE_example-tenants");
const TOKEN: (&str, &str) = ("Authorization", "Bearer secret");

fn send(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let length = body.len().to_string();
    let mut all = headers.to_vec();
    // The client adds the length to requests that usually have a body.
    if method == "DELETE" {
        all.push(("Content-Length", &length));
    }
    let request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: all
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.as_bytes().to_vec(),
    };
    send_http1(server.address, &request).unwrap().unwrap()
}

fn change(server: &Server, method: &str, origin: &str) -> Response {
    send(server, method, "/tenants/shop/origins", &[TOKEN], origin)
}

fn allows(server: &Server, origin: &str) -> bool {
    let response = send(server, "GET", "/plain", &[("Origin", origin)], "");
    let mut allowed = response.lines("access-control-allow-origin");
    allowed.next().as_deref() == Some(origin)
}

fn origins(server: &Server) -> String {
    let response = send(server, "GET", "/tenants", &[], "");
    String::from_utf8(response.body).unwrap()
}

#[test]
fn an_origin_is_allowed_from_the_next_request_on() {
    let server = Server::start(EXAMPLE);
    let origin = "https://shop.example";
    assert!(!allows(&server, origin));
    // Twice is not an error.
    for _ in 0..2 {
        assert_eq!(change(&server, "POST", origin).status, 204);
        assert!(allows(&server, origin));
    }
    assert_eq!(
        change(&server, "POST", "https://*.shop.example").status,
        204
    );
    assert!(allows(&server, "https://eu.shop.example"));
    assert_eq!(change(&server, "DELETE", origin).status, 204);
    assert!(!allows(&server, origin));
    assert!(allows(&server, "https://eu.shop.example"));
}

#[test]
fn a_wrong_origin_is_refused_with_the_reason_and_the_old_list_stays() {
    let server = Server::start(EXAMPLE);
    assert_eq!(change(&server, "POST", "https://shop.example").status, 204);
    let before = origins(&server);
    for (origin, reason) in [
        ("https://shop.example/", "write `https://shop.example`"),
        ("shop.example", "write `https://shop.example`"),
        ("https://*.com", "anyone can register"),
        ("http://shop.example", "allows credentials"),
        ("*", "any origin"),
        ("", "empty"),
    ] {
        let response = change(&server, "POST", origin);
        let text = String::from_utf8(response.body).unwrap();
        assert_eq!(response.status, 422, "{origin}");
        assert!(text.contains(reason), "{origin}: {text}");
        assert_eq!(origins(&server), before, "{origin}");
        assert!(allows(&server, "https://shop.example"));
    }
}

/// The guide shows what the server responds.
#[test]
fn the_transcript_of_the_guide_is_that_of_the_server() {
    let guide = include_str!("../../../cors-runtime/src/guide/run_time_origins.md");
    let server = Server::start(EXAMPLE);
    assert_eq!(change(&server, "POST", "https://shop.example").status, 204);
    for origin in ["https://shop.example/", "http://shop.example"] {
        let response = change(&server, "POST", origin);
        let text = String::from_utf8(response.body).unwrap();
        let exchange = format!("-H 'Authorization: Bearer secret' -d {origin}\n{text}");
        assert!(guide.contains(&exchange), "{exchange}");
    }
    assert!(guide.contains(&format!("/tenants\n{}", origins(&server))));
}

#[test]
fn who_does_not_know_the_token_changes_nothing() {
    let server = Server::start(EXAMPLE);
    let origin = "https://evil.example";
    for headers in [&[][..], &[("Authorization", "Bearer guess")]] {
        for method in ["POST", "DELETE"] {
            let response = send(&server, method, "/tenants/shop/origins", headers, origin);
            assert_eq!(response.status, 401);
        }
    }
    assert!(!allows(&server, origin));
    // Nor may a page read which origins there are, even if its origin is one of them.
    let page = [("Origin", "https://app.example.com")];
    let response = send(&server, "GET", "/tenants", &page, "");
    assert_eq!(response.lines("access-control-allow-origin").next(), None);
}

#[test]
fn a_database_in_a_file_keeps_its_origins() {
    let path = env::temp_dir().join(format!("cors-tenants-{}.db", process::id()));
    let arguments = [path.to_str().unwrap()];
    let server = Server::start_with(EXAMPLE, &arguments);
    assert_eq!(change(&server, "POST", "https://shop.example").status, 204);
    drop(server);
    let server = Server::start_with(EXAMPLE, &arguments);
    assert!(allows(&server, "https://shop.example"));
    assert!(allows(&server, "https://app.example.com"));
    drop(server);
    fs::remove_file(path).unwrap();
}
