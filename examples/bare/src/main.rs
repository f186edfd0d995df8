//! A policy without any framework: an HTTP/1.1 server that only uses the standard library.
//!
//! ```text
//! cargo run -p example-bare
//! ```

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use cors_runtime::CorsRequest;
use example_app::{announce, policy_for, port, route};

/// The head of a request, as bytes.
struct Head {
    method: String,
    path: String,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    let head = read(&stream)?;
    let cors = policy_for(&head.path).evaluate(&head.cors());
    // Preflights get an immediate response; the application handles everything else.
    let (status, headers, body) = match cors.immediate_status() {
        Some(status) => (status, Vec::new(), ""),
        None => {
            let reply = route(&head.method, &head.path, head.has(b"authorization"));
            (reply.status, reply.headers.to_vec(), reply.body)
        }
    };
    let mut response = format!("HTTP/1.1 {status} \r\nconnection: close\r\n").into_bytes();
    let mut add = |name: &str, value: &[u8]| {
        response.extend_from_slice(&[name.as_bytes(), b": ", value, b"\r\n"].concat());
    };
    let own = headers.iter().filter(|(name, _)| !cors.owns_header(name));
    own.for_each(|(name, value)| add(name, value.as_bytes()));
    cors.headers().for_each(|(name, value)| add(name, value));
    let vary = headers.iter().filter(|(name, _)| *name == "vary");
    let missing = cors.missing_vary(vary.map(|(_, value)| value));
    missing.for_each(|name| add("vary", name.as_bytes()));
    if status != 204 && status != 304 {
        write!(response, "content-length: {}\r\n", body.len())?;
    }
    response.extend_from_slice(b"\r\n");
    if head.method != "HEAD" {
        response.extend_from_slice(body.as_bytes());
    }
    stream.write_all(&response)
}

impl Head {
    /// Returns the parts of a request that matter for CORS.
    fn cors(&self) -> CorsRequest<'_> {
        let headers = self.headers.iter().map(|(name, value)| (name, value));
        CorsRequest::new(self.method.as_bytes()).with_headers(headers)
    }

    fn has(&self, header: &[u8]) -> bool {
        let mut headers = self.headers.iter();
        headers.any(|(name, _)| name.eq_ignore_ascii_case(header))
    }
}

/// Reads a head, with a limit on its length and on the time it takes.
fn read(stream: &TcpStream) -> io::Result<Head> {
    stream.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;
    let mut lines = BufReader::new(stream.take(16 * 1024)).split(b'\n');
    let mut line = || {
        lines
            .next()
            .unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
    };
    let first = line()?;
    let first = String::from_utf8_lossy(&first);
    let mut words = first.split_whitespace().map(str::to_owned);
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut headers = Vec::new();
    loop {
        let line = line()?;
        let line = line.trim_ascii();
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            break; // the empty line
        };
        headers.push((
            line[..colon].to_vec(),
            line[colon + 1..].trim_ascii().to_vec(),
        ));
    }
    Ok(Head {
        method,
        path,
        headers,
    })
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port()))?;
    announce(listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(|| {
            if let Err(error) = serve(stream) {
                eprintln!("a connection failed: {error}");
            }
        });
    }
    Ok(())
}
