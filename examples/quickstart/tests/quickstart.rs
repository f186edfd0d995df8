//! The example that the README starts with, run as a reader runs it: start it, and send what the
//! printed `curl` lines send.

use std::process::Command;

use cors_support::example::Example;
use cors_support::net::{cors, expected, send};
use http::{Request, Response};

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_example-quickstart"))
}

fn start(port: &str) -> Example {
    let mut command = command();
    command.env("PORT", port);
    let is_curl = |line: &&String| line.starts_with("curl");
    Example::start(command, |lines| lines.iter().filter(is_curl).count() == 3)
}

/// Sends what a `curl` line sends.
fn curl(line: &str) -> Response<String> {
    let mut request = Request::builder();
    let mut words = line.split('\'').flat_map(|part| match part.contains(": ") {
        true => vec![part],
        false => part.split_whitespace().collect(),
    });
    while let Some(word) = words.next() {
        request = match word {
            "curl" | "-i" => request,
            "-X" => request.method(words.next().unwrap()),
            "-H" => {
                let (name, value) = words.next().unwrap().split_once(": ").unwrap();
                request.header(name, value)
            }
            address => request.uri(address),
        };
    }
    send(request.body(()).unwrap())
}

#[test]
fn the_printed_requests_get_the_documented_headers() {
    let example = start("0");
    let lines = &example.lines;
    assert!(
        lines
            .iter()
            .any(|line| line.contains("pages of https://foo.example")),
        "{lines:?}"
    );
    let responses: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("curl"))
        .map(|line| curl(line))
        .collect();
    let [simple, preflight, credentialed] = responses.as_slice() else {
        panic!("{lines:?}");
    };
    let both = [
        ("allow-origin", "https://foo.example"),
        ("allow-credentials", "true"),
    ];
    assert_eq!(simple.status(), 200);
    assert_eq!(cors(simple.headers()), expected(&both));
    let shown = preflight
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date");
    let shown: String = shown
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    let shown = format!("HTTP/1.1 {}\n{shown}", preflight.status());
    let sent = lines
        .iter()
        .find(|line| line.contains("-X OPTIONS"))
        .unwrap();
    let (_, after) = sent.split_once("/doc").unwrap();
    let exchange = format!(
        "```sh\ncurl -i -X OPTIONS http://127.0.0.1:3000/doc{after}\n```\n\n```text\n{shown}```\n"
    );
    let guide = include_str!("../../../cors-runtime/src/guide/quick_start.md");
    assert!(guide.contains(&exchange), "should be:\n{exchange}");
    assert_eq!(cors(credentialed.headers()), expected(&both));
    assert_eq!(credentialed.headers()["set-cookie"], "pageAccess=3");
}

/// With the feature `log`, a denied request has a line: where it went, from which origin, and why it is
/// denied.
#[cfg(feature = "log")]
#[test]
fn the_log_explains_a_denial() {
    let mut example = start("0");
    let lines = example.lines.iter();
    let line = lines.clone().find(|line| line.contains("-X OPTIONS"));
    let denied = line
        .unwrap()
        .replace("https://foo.example", "http://foo.example");
    assert_eq!(curl(&denied).status(), 403);
    let logged = loop {
        let line = example.read_line();
        if line.contains("denied by the CORS policy") {
            break line.to_owned();
        }
    };
    for part in [
        "DEBUG",
        "cors_runtime",
        "preflight",
        "POST",
        "/doc",
        "http://foo.example",
        "`https://foo.example` has a different scheme; serve the page over HTTPS",
    ] {
        assert!(logged.contains(part), "no {part}: {logged}");
    }
}

#[test]
fn a_busy_port_is_a_clear_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command().env("PORT", &port).output().unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{message}"
    );
    assert!(message.contains("PORT=8080"), "{message}");
}
