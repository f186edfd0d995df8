//! The example that the README starts with, run as a reader runs it: start it, and send what the
//! printed `curl` lines send.

mod support;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use http::{Request, Response};
use support::{cors, expected, send};

/// A running example, with its output kept open; stopped when dropped.
struct Example {
    process: Child,
    _output: BufReader<ChildStdout>,
}

impl Drop for Example {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn command() -> Command {
    // Cargo builds examples beside the tests.
    let test = std::env::current_exe().unwrap();
    let profile: PathBuf = test.ancestors().nth(2).unwrap().into();
    Command::new(profile.join("examples/quickstart"))
}

fn start(port: &str) -> (Example, Vec<String>) {
    let mut child = command()
        .env("PORT", port)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = Vec::new();
    while lines
        .iter()
        .filter(|line: &&String| line.starts_with("curl"))
        .count()
        < 3
    {
        let mut line = String::new();
        assert!(
            output.read_line(&mut line).unwrap() > 0,
            "the example stopped: {lines:?}"
        );
        lines.push(line.trim_end().to_owned());
    }
    let example = Example {
        process: child,
        _output: output,
    };
    (example, lines)
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
    let (_example, lines) = start("0");
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
    assert_eq!(preflight.status(), 204);
    assert_eq!(
        preflight.headers()["access-control-allow-methods"],
        "POST, GET, OPTIONS"
    );
    assert_eq!(
        preflight.headers()["access-control-allow-headers"],
        "x-pingother, content-type"
    );
    assert_eq!(preflight.headers()["access-control-max-age"], "86400");
    assert_eq!(cors(credentialed.headers()), expected(&both));
    assert_eq!(credentialed.headers()["set-cookie"], "pageAccess=3");
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
