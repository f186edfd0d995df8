//! A client for HTTP/1.1 that sends what it is given, as it is.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::request::Request;
use crate::response::Response;

/// Nothing takes so long here.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// Sends a request on a connection of its own; `None` if that is closed without a response.
///
/// # Errors
///
/// If there is no connection, or what comes is not HTTP.
pub fn send(address: SocketAddr, request: &Request) -> io::Result<Option<Response>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.path).into_bytes();
    for (name, value) in &request.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    if request.lines("host").next().is_none() {
        head.extend_from_slice(format!("Host: {address}\r\n").as_bytes());
    }
    if request.lines("connection").next().is_none() {
        head.extend_from_slice(b"Connection: close\r\n");
    }
    if matches!(request.method.as_str(), "POST" | "PUT") {
        head.extend_from_slice(format!("Content-Length: {}\r\n", request.body.len()).as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head.extend_from_slice(&request.body);
    stream.write_all(&head)?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() != io::ErrorKind::ConnectionReset => return Err(error),
        _ if answer.is_empty() => return Ok(None),
        _ => {}
    }
    parse(&answer)
        .map(Some)
        .ok_or_else(|| io::Error::other(format!("not HTTP/1.1: {}", answer.escape_ascii())))
}

fn parse(answer: &[u8]) -> Option<Response> {
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let mut lines = answer[..end]
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end);
    let status = lines.next()?.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
    let headers = lines.map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = std::str::from_utf8(&line[..colon])
            .ok()?
            .to_ascii_lowercase();
        Some((name, line[colon + 1..].trim_ascii().to_vec()))
    });
    let mut response = Response {
        status: std::str::from_utf8(status).ok()?.parse().ok()?,
        headers: headers.collect::<Option<_>>()?,
        body: answer[end + 4..].to_vec(),
    };
    if response
        .lines("transfer-encoding")
        .any(|coding| coding == "chunked")
    {
        response.body = unchunk(&response.body)?;
    }
    Some(response)
}

/// <https://www.rfc-editor.org/rfc/rfc9112#section-7.1>
fn unchunk(mut coded: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while !coded.is_empty() {
        let line = coded.windows(2).position(|bytes| bytes == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&coded[..line]).ok()?, 16).ok()?;
        if size == 0 {
            break;
        }
        body.extend_from_slice(coded.get(line + 2..line + 2 + size)?);
        coded = coded.get(line + 2 + size + 2..)?;
    }
    Some(body)
}
