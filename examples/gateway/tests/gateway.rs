//! The files in `deploy`, what is printed, and what `verify` finds.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use cors_runtime::{CorsRequest, Policy, cors_policy, export};
use example_gateway::API;
use example_gateway::verify::verify;

#[test]
fn the_gateways_enforce_the_policy() {
    for (folder, export) in [
        ("haproxy", export::haproxy(&API, "api")),
        ("nginx", export::nginx(&API, "api")),
        ("caddy", export::caddy(&API, "api")),
        ("envoy", export::envoy(&API, "api")),
        ("apache", export::apache(&API, "api")),
    ] {
        let folder = format!("{}/deploy/{folder}", env!("CARGO_MANIFEST_DIR"));
        export.unwrap().check(folder);
    }
}

#[test]
fn printed_files_name_their_place() {
    for (name, place) in [
        ("haproxy", "Place: in the `frontend`"),
        ("nginx", "Place: include cors-api.map.conf in `http`"),
        ("caddy", "Place: `route"),
        ("envoy", "Place: the first HTTP filter"),
        (
            "apache",
            "Place: Include cors-api.conf in the <VirtualHost>",
        ),
    ] {
        let output = run(&[name]);
        assert!(output.0 && output.1.contains(place), "{name}: {}", output.1);
    }
    let (is_successful, _, reason) = run(&["gateway-api"]);
    assert!(!is_successful);
    assert!(
        reason.contains("https://*.foo.example cannot be exported"),
        "{reason}"
    );
    assert!(!run(&["traefik"]).0);
}

fn run(arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_example-gateway"));
    let output = command.args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.success(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A server that enforces a policy, but for what `change` does to its response.
fn server(policy: &'static Policy, change: fn(Vec<String>) -> Vec<String>) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(&stream, policy, change));
        }
    });
    address
}

fn serve(
    stream: &TcpStream,
    policy: &Policy,
    change: fn(Vec<String>) -> Vec<String>,
) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    loop {
        let first = lines.next()?.ok()?;
        let method = first.split(' ').next()?.to_owned();
        let mut headers = Vec::new();
        while let Some(Ok(line)) = lines.next()
            && let Some((name, value)) = line.split_once(": ")
        {
            headers.push((name.to_owned(), value.to_owned()));
        }
        let lines = headers.iter().map(|(name, value)| (name, value));
        let request = CorsRequest::new(&method).with_headers(lines);
        let decision = policy.evaluate(&request);
        let mut response = vec![format!(
            "HTTP/1.1 {} -",
            decision.immediate_status().unwrap_or(200)
        )];
        let cors = decision.headers();
        response.extend(
            cors.map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value))),
        );
        response.extend(decision.vary().map(|names| format!("vary: {names}")));
        response.push("content-length: 0".to_owned());
        let response = change(response).join("\r\n") + "\r\n\r\n";
        (&mut &*stream).write_all(response.as_bytes()).ok()?;
    }
}

#[test]
fn a_server_that_enforces_the_policy_passes() {
    let url = format!("http://{}/", server(&API, |response| response));
    let report = verify(&API, &url);
    assert!(report.is_equal() && report.requests > 100, "{report}");
    let (is_successful, text, _) = run(&["verify", &url]);
    assert!(
        is_successful && text.contains("all responses match the policy"),
        "{text}"
    );
}

#[test]
fn whatever_else_a_server_does_is_found() {
    static DEEPER: Policy = cors_policy!(
        allow_origins = ["https://foo.example", "https://**.foo.example"],
        allow_methods = [POST, GET, OPTIONS],
        allow_headers = ["x-pingother", "content-type"],
        allow_credentials = true,
        max_age = days(1),
    );
    static LESS: Policy = cors_policy!(
        allow_origins = ["https://foo.example"],
        allow_methods = [POST, GET, OPTIONS],
        allow_headers = ["x-pingother"],
        allow_credentials = true,
        max_age = days(1),
    );
    static OPEN: Policy = cors_policy!(allow_origins = Any);
    let unchanged: fn(Vec<String>) -> Vec<String> = |response| response;
    for (policy, change, expected) in [
        (&DEEPER, unchanged, "is allowed, but the policy denies it"),
        (&LESS, unchanged, "is denied, but the policy allows it"),
        (
            &LESS,
            unchanged,
            "access-control-allow-headers is `x-pingother`, not `x-pingother, content-type`",
        ),
        (
            &OPEN,
            unchanged,
            "access-control-allow-origin is `*`, not `https://foo.example`",
        ),
        (
            &API,
            |mut response| {
                response.retain(|line| !line.starts_with("vary"));
                response
            },
            "Vary of responses does not list Origin",
        ),
        (
            &API,
            |mut response| {
                response[0] = response[0].replace("204", "200");
                response
            },
            "the status is 200, not 204",
        ),
        (
            &API,
            |mut response| {
                response.push("access-control-allow-origin: *".to_owned());
                response
            },
            "is allowed, but the policy denies it",
        ),
        (
            &API,
            |mut response| {
                response.retain(|line| !line.starts_with("access-control-allow-credentials"));
                response
            },
            "access-control-allow-credentials is missing",
        ),
    ] {
        let report = verify(&API, &format!("http://{}/", server(policy, change))).to_string();
        assert!(report.contains(expected), "{expected}:\n{report}");
        assert!(
            report.ends_with("some responses differ from the policy"),
            "{report}"
        );
    }
}

#[test]
fn a_server_that_is_not_there_is_a_difference() {
    let (is_successful, text, _) = run(&["verify", "http://127.0.0.1:1/"]);
    assert!(!is_successful && text.contains("no response"), "{text}");
}
