//! A server that refuses what its policies refuse, and keeps a record of what reaches the application.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cors_runtime::{CorsRequest, Policy, cors_policy};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

static WRITES: Policy = cors_policy!(
    allow_origins = ["http://app.test:*"],
    on_denied = RefuseWrites,
);

static LOCAL: Policy = cors_policy!(
    allow_origins = ["http://app.test:*"],
    on_denied = Refuse,
    allow_hosts = [Loopback],
);

/// A running server. Every name leads to it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// The requests, in order.
    record: Arc<Mutex<Vec<Recorded>>>,
}

/// A request that has arrived.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    path: String,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    /// The status of the response.
    pub(crate) status: u16,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            record: Arc::default(),
        };
        let record = Arc::clone(&server.record);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let record = Arc::clone(&record);
                thread::spawn(move || serve(stream, &record));
            }
        });
        server
    }

    /// Returns the URL of a path on a host.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// Returns the last request for a path, which the browser sends soon.
    pub(crate) fn last(&self, path: &str) -> Recorded {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let record = self.record.lock().unwrap();
            if let Some(recorded) = record.iter().rfind(|recorded| recorded.path == path) {
                return recorded.clone();
            }
            drop(record);
            assert!(Instant::now() < end, "no request for {path}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Serves one request. Browsers open connections that they do not use.
fn serve(mut stream: TcpStream, record: &Mutex<Vec<Recorded>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    for line in lines {
        match line.ok()?.split_once(": ") {
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            None => break,
        }
    }
    let lines = headers.iter().map(|(name, value)| (name, value));
    let request = CorsRequest::new(&method).with_headers(lines);
    let policy = match path.split('/').nth(1) {
        Some("writes") => &WRITES,
        Some("local") => &LOCAL,
        // The pages themselves.
        _ => {
            return send(
                &mut stream,
                200,
                "content-type: text/html\r\n",
                "<title>page</title>",
            );
        }
    };
    let decision = policy.evaluate(&request);
    let key = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key"));
    let status = match (decision.immediate_status(), key) {
        (Some(status), _) => status,
        (None, Some(_)) => 101,
        (None, None) => 200,
    };
    record.lock().unwrap().push(Recorded {
        path,
        method: method.clone(),
        headers: headers.clone(),
        status,
    });
    if let (101, Some((_, key))) = (status, key) {
        return open(&mut stream, key);
    }
    let lines = decision
        .headers()
        .map(|(name, value)| format!("{name}: {}\r\n", value.escape_ascii()));
    send(&mut stream, status, &lines.collect::<String>(), "data")
}

fn send(stream: &mut TcpStream, status: u16, headers: &str, body: &str) -> Option<()> {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} \r\nconnection: close\r\ncontent-length: {length}\r\n{headers}");
    write!(stream, "{head}\r\n{body}").ok()
}

/// Opens a [WebSocket](https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2), and sends a text.
fn open(stream: &mut TcpStream, key: &str) -> Option<()> {
    let accepted = format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    let accepted = STANDARD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, accepted.as_bytes()));
    let head = "HTTP/1.1 101 \r\nconnection: upgrade\r\nupgrade: websocket\r\n";
    write!(stream, "{head}sec-websocket-accept: {accepted}\r\n\r\n").ok()?;
    stream.write_all(b"\x81\x05hello").ok()?;
    thread::sleep(Duration::from_secs(1));
    Some(())
}
