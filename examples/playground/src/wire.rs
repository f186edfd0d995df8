//! One exchange over HTTP/1.1, without an HTTP client, because the page shows the bytes on the wire, which clients
//! do not expose.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use cors_runtime::testing::{Request, Response};

/// The heads of a request and of its response, as they were sent.
pub(crate) struct Exchange {
    pub(crate) request: String,
    pub(crate) response: String,
}

/// Sends a request of the browser's model to the server that its URL names.
pub(crate) fn send(request: Request) -> io::Result<(Exchange, Response)> {
    let request: http::Request<Vec<u8>> = request.try_into().map_err(io::Error::other)?;
    let host = request.uri().authority().map_or("", |host| host.as_str());
    let head = head(&request, host);
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(head.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (response, _body) = answer
        .split_once("\r\n\r\n")
        .ok_or(ErrorKind::UnexpectedEof)?;
    let parsed = parse(response).ok_or(ErrorKind::InvalidData)?;
    let exchange = Exchange {
        request: head.trim_end().to_owned(),
        response: response.to_owned(),
    };
    Ok((exchange, parsed))
}

/// The head of a request without a body. A connection is for one exchange, so its end is the end of the response.
fn head(request: &http::Request<Vec<u8>>, host: &str) -> String {
    let (method, path) = (request.method(), request.uri().path());
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head + "connection: close\r\n\r\n"
}

fn parse(head: &str) -> Option<Response> {
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    lines.try_fold(Response::new(status), |response, line| {
        let (name, value) = line.split_once(':')?;
        Some(response.header(name, value))
    })
}
