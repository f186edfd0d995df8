//! The attacks that the policy is for, over real HTTP. `tests/chromium` has them by real pages.

use conformance::{Request, Response, Server, send_http1};

const CALL: &str =
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_all"}}"#;

/// A running server, and what it answers to a call of a tool.
struct Mcp(Server);

impl Mcp {
    fn start() -> Self {
        Self(Server::start(env!("CARGO_BIN_EXE_example-mcp")))
    }

    fn send(&self, method: &str, body: &str, headers: &[(&str, &str)]) -> Response {
        let mut all = vec![
            ("Content-Type", "application/json"),
            ("Mcp-Session-Id", "1"),
        ];
        all.extend(headers);
        let request = Request {
            method: method.to_owned(),
            path: "/mcp".to_owned(),
            headers: all
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
                .collect(),
            body: body.as_bytes().to_vec(),
        };
        send_http1(self.0.address, &request).unwrap().unwrap()
    }

    fn call(&self, headers: &[(&str, &str)]) -> Response {
        self.send("POST", CALL, headers)
    }
}

fn is_deleted(response: &Response) -> bool {
    response.body.windows(7).any(|text| text == b"deleted")
}

#[test]
fn clients_and_listed_pages_reach_the_server() {
    let mcp = Mcp::start();
    let client = mcp.call(&[]);
    assert!(client.status == 200 && is_deleted(&client));

    let origin = ("Origin", "https://inspector.example.com");
    let preflight = mcp.send(
        "OPTIONS",
        "",
        &[
            origin,
            ("Access-Control-Request-Method", "POST"),
            (
                "Access-Control-Request-Headers",
                "content-type,mcp-session-id",
            ),
        ],
    );
    assert_eq!(preflight.status, 204);
    let page = mcp.call(&[origin, ("Sec-Fetch-Site", "cross-site")]);
    assert!(page.status == 200 && is_deleted(&page));
    assert!(page.lines("access-control-allow-origin").eq([origin.1]));
    assert!(
        page.lines("access-control-expose-headers")
            .eq(["mcp-session-id"])
    );
}

#[test]
fn other_pages_do_not() {
    let mcp = Mcp::start();
    for headers in [
        // Any page, with a type of content that needs no preflight.
        &[
            ("Origin", "https://evil.example"),
            ("Sec-Fetch-Site", "cross-site"),
        ][..],
        &[("Origin", "https://evil.example")],
        // A sandboxed frame, another port of this machine, a name that only looks like one of it.
        &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
        &[
            ("Origin", "http://localhost:8080"),
            ("Sec-Fetch-Site", "same-site"),
        ],
        &[("Origin", "http://localhost.evil.example")],
    ] {
        let response = mcp.call(headers);
        assert_eq!(response.status, 403, "{headers:?}");
        assert!(!is_deleted(&response));
        assert_eq!(response.lines("access-control-allow-origin").count(), 0);
        let reason =
            "the request may change something, and comes from a page that may not send it\n";
        assert_eq!(response.body, reason.as_bytes());
    }
}

/// The page is at `http://rebound.evil.example:3000/`, and its name leads to 127.0.0.1 by now. To the browser,
/// page and server have the same origin.
#[test]
fn nor_does_a_page_whose_name_leads_to_this_machine() {
    let mcp = Mcp::start();
    for host in [
        "rebound.evil.example:3000",
        "rebound.evil.example",
        "localhost.evil.example",
    ] {
        let origin = format!("http://{host}");
        for headers in [
            &[
                ("Host", host),
                ("Origin", &origin),
                ("Sec-Fetch-Site", "same-origin"),
            ][..],
            &[("Host", host)],
        ] {
            let response = mcp.call(headers);
            assert_eq!(response.status, 421, "{headers:?}");
            assert!(!is_deleted(&response));
        }
    }
}
