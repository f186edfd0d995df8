//! A server that refuses what its policies refuse, and keeps a record of what reaches the application.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cors_runtime::{CorsRequest, Decision, Policy, cors_policy};
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

/// The policies by name.
#[must_use]
pub fn policies() -> [(&'static str, &'static Policy); 2] {
    [("writes", &WRITES), ("local", &LOCAL)]
}

/// A running server. Every name leads to it.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    record: Arc<Record>,
}

/// The requests, in order.
type Record = Mutex<Vec<Recorded>>;

/// Where the responses of a server come from.
#[derive(Debug)]
enum Source {
    /// The application, behind the policies.
    Policies,
    /// The application alone.
    Application,
    /// Gateways in front of the application, one for each policy.
    Gateways(Vec<(&'static str, SocketAddr)>),
}

/// A request that has arrived.
#[derive(Debug, Clone)]
pub struct Recorded {
    path: String,
    /// The method.
    pub method: String,
    /// The headers, as they were sent.
    pub headers: Vec<(String, String)>,
    /// The status of the response.
    pub status: u16,
}

impl Server {
    /// Starts one that enforces the policies.
    ///
    /// # Panics
    ///
    /// If it cannot listen.
    #[must_use]
    pub fn start() -> Self {
        Self::with(Source::Policies)
    }

    /// Starts the application alone, for gateways.
    ///
    /// # Panics
    ///
    /// If it cannot listen.
    #[must_use]
    pub fn application() -> Self {
        Self::with(Source::Application)
    }

    /// Starts one that forwards requests to gateways.
    ///
    /// # Panics
    ///
    /// If it cannot listen.
    #[must_use]
    pub fn in_front_of(gateways: Vec<(&'static str, SocketAddr)>) -> Self {
        Self::with(Source::Gateways(gateways))
    }

    fn with(source: Source) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let server = Self {
            address: listener.local_addr().expect("an address"),
            record: Arc::default(),
        };
        let (record, source) = (Arc::clone(&server.record), Arc::new(source));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (record, source) = (Arc::clone(&record), Arc::clone(&source));
                thread::spawn(move || serve(stream, &source, &record));
            }
        });
        server
    }

    /// Returns the URL of a path on a host.
    #[must_use]
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// Returns the last request for a path, which the browser sends soon.
    ///
    /// # Panics
    ///
    /// If it does not.
    #[must_use]
    pub fn last(&self, path: &str) -> Recorded {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(recorded) = record.iter().rfind(|recorded| recorded.path == path) {
                return recorded.clone();
            }
            drop(record);
            assert!(Instant::now() < end, "no request for {path}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The start of a request, and a reader of the rest.
struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    rest: BufReader<TcpStream>,
}

impl Request {
    /// Reads the start of a request. Browsers open connections that they do not use.
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut rest = BufReader::new(stream.try_clone().ok()?);
        let mut lines = rest.by_ref().lines();
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
        Some(Self {
            method,
            path,
            headers,
            rest,
        })
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The name of the policy.
    fn policy(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    fn recorded(&self, status: u16) -> Recorded {
        Recorded {
            path: self.path.clone(),
            method: self.method.clone(),
            headers: self.headers.clone(),
            status,
        }
    }
}

/// Serves one request.
fn serve(mut stream: TcpStream, source: &Source, record: &Record) -> Option<()> {
    let request = Request::read(&stream)?;
    let mut policies = policies().into_iter();
    let policy = policies.find(|(name, _)| *name == request.policy());
    let Some((name, policy)) = policy else {
        // The pages themselves.
        let head = "content-type: text/html\r\n";
        return send(&mut stream, 200, head, "<title>page</title>");
    };
    let lines = request.headers.iter().map(|(name, value)| (name, value));
    let cors = CorsRequest::new(&request.method).with_headers(lines);
    let decision = match source {
        Source::Policies => Some(policy.evaluate(&cors)),
        Source::Application => None,
        Source::Gateways(addresses) => {
            let (_, address) = addresses.iter().find(|(known, _)| *known == name)?;
            return forward(stream, request, *address, record);
        }
    };
    let refused = decision.as_ref().and_then(Decision::immediate_status);
    let key = request.header("sec-websocket-key").map(str::to_owned);
    let status = match (refused, &key) {
        (Some(status), _) => status,
        (None, Some(_)) => 101,
        (None, None) => 200,
    };
    let lines = decision.iter().flat_map(Decision::headers);
    let lines = lines.map(|(name, value)| format!("{name}: {}\r\n", value.escape_ascii()));
    let lines: String = lines.collect();
    push(record, request.recorded(status));
    if let (101, Some(key)) = (status, key) {
        return open(&mut stream, &key);
    }
    let length = request.header("content-length").unwrap_or("0");
    let length = length.parse().ok()?;
    io::copy(&mut request.rest.take(length), &mut io::sink()).ok()?;
    send(&mut stream, status, &lines, "data")
}

fn push(record: &Record, recorded: Recorded) {
    record
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(recorded);
}

/// Forwards a request to a gateway, byte by byte except for what concerns the connection.
fn forward(
    mut client: TcpStream,
    mut request: Request,
    to: SocketAddr,
    record: &Record,
) -> Option<()> {
    let mut gateway = TcpStream::connect(to).ok()?;
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        let value = match (name.as_str(), value.as_str()) {
            ("Connection", "keep-alive") => "close",
            (_, value) => value,
        };
        head += &format!("{name}: {value}\r\n");
    }
    write!(gateway, "{head}\r\n").ok()?;
    let recorded = request.recorded(0);
    let mut responses = BufReader::new(gateway.try_clone().ok()?);
    thread::spawn(move || io::copy(&mut request.rest, &mut gateway));
    let mut first = String::new();
    responses.read_line(&mut first).ok()?;
    let status = first.split(' ').nth(1)?.parse().ok()?;
    push(record, Recorded { status, ..recorded });
    client.write_all(first.as_bytes()).ok()?;
    io::copy(&mut responses, &mut client).ok()?;
    client.shutdown(Shutdown::Both).ok()
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
