//! The application behind the gateways: that of the examples, on the standard library alone.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;

use example_app::{Reply, route};

/// The application, on a free port for as long as the program runs.
#[derive(Debug, Clone, Copy)]
pub struct Application {
    /// Where it listens.
    pub address: SocketAddr,
}

impl Application {
    /// Starts it.
    ///
    /// # Panics
    ///
    /// If no port is free.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A gateway closes connections as it likes.
                thread::spawn(move || drop(serve(&stream)));
            }
        });
        Self { address }
    }
}

fn serve(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let first = String::from_utf8_lossy(&line).into_owned();
        let mut words = first.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Ok(());
        };
        let (mut length, mut is_authorized) = (0, false);
        loop {
            line.clear();
            reader.read_until(b'\n', &mut line)?;
            let header = String::from_utf8_lossy(line.trim_ascii()).to_ascii_lowercase();
            match header.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
                Some(("authorization", _)) => is_authorized = true,
                Some(_) => {}
            }
        }
        io::copy(&mut io::Read::take(&mut reader, length), &mut io::sink())?;
        let reply = reply(method, path, is_authorized);
        (&mut &*stream).write_all(&response(method, &reply))?;
    }
}

/// Returns the reply to a request: that of the examples, or one with a `Timing-Allow-Origin`.
pub(crate) fn reply(method: &str, path: &str, is_authorized: bool) -> Reply {
    match path {
        "/own-timing" if method == "GET" => Reply {
            path: "/own-timing",
            status: 200,
            headers: &[("timing-allow-origin", "https://elsewhere.example")],
            body: "reply\n",
        },
        path => route(method, path, is_authorized),
    }
}

fn response(method: &str, reply: &Reply) -> Vec<u8> {
    let status = reply.status;
    // Shows the test that the request reached the application.
    let mut response = format!("HTTP/1.1 {status} -\r\nx-application: asked\r\n");
    for (name, value) in reply.headers {
        response += &format!("{name}: {value}\r\n");
    }
    if status != 204 && status != 304 {
        response += &format!("content-length: {}\r\n", reply.body.len());
    }
    response += "\r\n";
    if method != "HEAD" && status != 204 && status != 304 {
        response += reply.body;
    }
    response.into_bytes()
}
