//! A client for HTTP/1.1 that keeps its connection, and sends any bytes.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A connection, for one request after the other.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// Received bytes that were not read yet.
    buffer: Vec<u8>,
}

/// The relevant parts of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// `Access-Control-Allow-Origin`, if there is one.
    pub allow_origin: Option<Vec<u8>>,
    /// Whether the server closes the connection after it.
    pub is_last: bool,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    ///
    /// If nothing listens.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    /// Sends a request and reads the response; `None` if the connection is closed without one. Half
    /// of a response is an error.
    ///
    /// # Errors
    ///
    /// If the connection fails, or nothing comes, or no HTTP.
    pub fn exchange(&mut self, request: &[u8]) -> io::Result<Option<Answer>> {
        self.buffer.clear();
        // A server responds to requests that are too large before they are complete.
        let sent = self.stream.write_all(request);
        loop {
            if let Some((answer, length)) = head(&self.buffer)? {
                while self.buffer.len() < length {
                    if self.read()? == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                return Ok(Some(answer));
            }
            match self.read() {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if sent.is_err() && self.buffer.is_empty() => return Err(error),
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
                Err(error) => return Err(error),
            }
        }
    }

    fn read(&mut self) -> io::Result<usize> {
        let mut bytes = [0; 16 * 1024];
        let read = self.stream.read(&mut bytes)?;
        self.buffer.extend_from_slice(&bytes[..read]);
        Ok(read)
    }
}

/// A whole head, and the length of the response with its body; `None` if there is more to come.
fn head(bytes: &[u8]) -> io::Result<Option<(Answer, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(end) = response.parse(bytes).map_err(io::Error::other)? else {
        return Ok(None);
    };
    let mut answer = Answer {
        status: response.code.unwrap_or_default(),
        allow_origin: None,
        is_last: false,
    };
    let mut body = 0;
    for header in response.headers {
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => {
                let length = str::from_utf8(header.value).map_err(io::Error::other)?;
                body = length.parse().map_err(io::Error::other)?;
            }
            "connection" => answer.is_last = header.value.eq_ignore_ascii_case(b"close"),
            "access-control-allow-origin" => answer.allow_origin = Some(header.value.to_vec()),
            "transfer-encoding" => return Err(io::Error::other("a body of unknown length")),
            _ => {}
        }
    }
    Ok(Some((answer, end + body)))
}
