//! A client that keeps its connection, and sends what it is given, as it is.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use conformance::{Request, Response};

/// A client of one server.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    /// Creates a client without a connection yet.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            connection: None,
        }
    }

    /// Sends a request, on a new connection if the server has closed the last one.
    ///
    /// # Errors
    ///
    /// If nothing comes back, or what is not HTTP.
    pub fn send(&mut self, request: &Request) -> io::Result<Response> {
        if let Some(connection) = self.connection.take()
            && let Ok(response) = self.exchange(connection, request)
        {
            return Ok(response);
        }
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        self.exchange(BufReader::new(stream), request)
    }

    fn exchange(
        &mut self,
        mut connection: BufReader<TcpStream>,
        request: &Request,
    ) -> io::Result<Response> {
        let Request {
            method, path, body, ..
        } = request;
        let mut head = format!("{method} {path} HTTP/1.1\r\n").into_bytes();
        if request.lines("host").next().is_none() {
            head.extend_from_slice(format!("host: {}\r\n", self.address).as_bytes());
        }
        for (name, value) in &request.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        if !body.is_empty() || ["POST", "PUT"].contains(&method.as_str()) {
            head.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        head.extend_from_slice(body);
        connection.get_mut().write_all(&head)?;
        let (response, stays) = read(&mut connection, method)?;
        self.connection = stays.then_some(connection);
        Ok(response)
    }
}

fn read(connection: &mut BufReader<TcpStream>, method: &str) -> io::Result<(Response, bool)> {
    let invalid = |line: &[u8]| io::Error::other(format!("not HTTP: {}", line.escape_ascii()));
    let mut line = Vec::new();
    connection.read_until(b'\n', &mut line)?;
    let status = line
        .get(9..12)
        .and_then(|status| std::str::from_utf8(status).ok());
    let status: u16 = status
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| invalid(&line))?;
    let mut response = Response {
        status,
        headers: Vec::new(),
        body: Vec::new(),
    };
    loop {
        line.clear();
        connection.read_until(b'\n', &mut line)?;
        if line.trim_ascii().is_empty() {
            break;
        }
        let colon = line
            .iter()
            .position(|byte| *byte == b':')
            .ok_or_else(|| invalid(&line))?;
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        response
            .headers
            .push((name, line[colon + 1..].trim_ascii().to_vec()));
    }
    let value = |name: &str| {
        response
            .lines(name)
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let mut stays = value("connection") != "close";
    if method != "HEAD" && !matches!(status, 204 | 304) {
        if value("transfer-encoding") == "chunked" {
            response.body = chunks(connection)?;
        } else if let Ok(length) = value("content-length").parse() {
            response.body = vec![0; length];
            connection.read_exact(&mut response.body)?;
        } else {
            connection.read_to_end(&mut response.body)?;
            stays = false;
        }
    }
    Ok((response, stays))
}

fn chunks(connection: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        connection.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        let start = body.len();
        body.resize(start + size + 2, 0);
        connection.read_exact(&mut body[start..])?;
        body.truncate(start + size);
        if size == 0 {
            return Ok(body);
        }
    }
}
