//! The files in `deploy`, what is printed, and what `verify` finds.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cors_runtime::{CorsRequest, Policy, cors_policy, export};
use example_gateway::API;
use example_gateway::verify::{verify, verify_with_writes};

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
fn refused_writes_are_only_sent_on_request() {
    static REFUSING: Policy = cors_policy!(
        rule(
            allow_origins = ["https://foo.example"],
            allow_methods = [GET, PUT]
        ),
        rule(allow_origins = ["https://*.foo.example"]),
        on_denied = RefuseWrites,
    );
    static LESS: Policy = cors_policy!(
        rule(
            allow_origins = ["https://foo.example"],
            allow_methods = [GET, PUT]
        ),
        rule(allow_origins = ["https://*.foo.example"]),
    );
    let url = |policy| format!("http://{}/", server(policy, |response| response));
    let report = verify_with_writes(&REFUSING, &url(&REFUSING));
    assert!(report.is_equal(), "{report}");
    let reads = verify(&REFUSING, &url(&REFUSING)).requests;
    assert!(report.requests > reads + 10);
    let report = verify(&REFUSING, &url(&LESS));
    assert!(report.is_equal(), "{report}");
    let report = verify_with_writes(&REFUSING, &url(&LESS)).to_string();
    for expected in [
        "POST of HTTPS://FOO.EXAMPLE: the status is 200, not 403",
        "PATCH of https://foo.example is allowed, but the policy denies it",
        "of this kind",
    ] {
        assert!(report.contains(expected), "{report}");
    }
}

#[test]
fn a_server_that_is_not_there_is_a_difference() {
    let (is_successful, text, _) = run(&["verify", "http://127.0.0.1:1/"]);
    assert!(!is_successful && text.contains("no response"), "{text}");
}

/// The demonstration as a group of processes, as a terminal starts it.
struct Demo {
    process: Child,
    /// Its folder for temporary files.
    folder: PathBuf,
}

impl Demo {
    fn start(name: &str, port: u16) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("demo-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_example-gateway"));
        let command = command.args(["demo", "haproxy"]).process_group(0);
        let command = command.env("PORT", port.to_string()).env("TMPDIR", &folder);
        Self {
            process: command.stdout(Stdio::null()).spawn().unwrap(),
            folder,
        }
    }

    /// Sends a signal to the whole group, as a terminal does, or to the first process.
    fn signal(&self, signal: &str, is_for_all: bool) {
        let sign = if is_for_all { "-" } else { "" };
        let receiver = format!("{sign}{}", self.process.id());
        let mut kill = Command::new("kill");
        let kill = kill.args(["-s", signal, "--", &receiver]);
        let _ = kill.stderr(Stdio::null()).status();
    }

    /// Returns the number of files and folders that it has written and not removed.
    fn file_count(&self) -> usize {
        fs::read_dir(&self.folder).unwrap().count()
    }

    /// Returns whether a process of the group runs.
    fn is_running(&self) -> bool {
        let group = self.process.id().to_string();
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let mut states = processes.filter_map(|it| fs::read_to_string(it.path().join("stat")).ok());
        states.any(|state| {
            // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            let (_, fields) = state.rsplit_once(')').unwrap();
            let fields: Vec<&str> = fields.split_whitespace().collect();
            fields[2] == group && fields[0] != "Z"
        })
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.signal("KILL", true);
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn the_demonstration_runs_and_ends() {
    if Command::new("haproxy").arg("-v").output().is_err() {
        println!("left out: haproxy is missing");
        return;
    }
    // The signals of Ctrl-C, and of `kill` or a supervisor.
    for (signal, is_for_all) in [("INT", true), ("INT", false), ("TERM", false)] {
        let (mut demo, address) = demo_that_listens(signal);
        assert!(demo.is_running() && demo.file_count() == 1);
        check_responses(address);
        demo.signal(signal, is_for_all);
        let status = demo.process.wait().unwrap();
        assert!(status.success(), "{signal} {is_for_all}: {status}");
        assert_eq!(demo.file_count(), 0, "{signal} {is_for_all}");
        let end = Instant::now() + PATIENCE;
        // The main thread of a process can end before the threads that hold its sockets.
        while demo.is_running() || TcpStream::connect(address).is_ok() {
            assert!(Instant::now() < end, "a process is left");
            thread::sleep(Duration::from_millis(20));
        }
    }
    // Also if HAProxy cannot listen.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut demo = Demo::start("busy", listener.local_addr().unwrap().port());
    assert!(!demo.process.wait().unwrap().success());
    assert_eq!(demo.file_count(), 0);
}

/// How long a process may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(30);

fn demo_that_listens(name: &str) -> (Demo, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut demo = Demo::start(name, address.port());
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(address).is_err() {
        assert!(Instant::now() < end && demo.process.try_wait().unwrap().is_none());
        thread::sleep(Duration::from_millis(20));
    }
    (demo, address)
}

fn check_responses(address: SocketAddr) {
    let get = |origin: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close";
        write!(stream, "{head}\r\norigin: {origin}\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    };
    let allowed = get("https://foo.example");
    assert!(allowed.contains("access-control-allow-origin: https://foo.example"));
    let denied = get("https://evil.example");
    assert!(denied.contains("some data") && !denied.contains("access-control-allow-origin"));
}
