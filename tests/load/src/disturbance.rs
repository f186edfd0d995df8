//! Clients that others must not suffer from.

use std::fmt;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

/// A head that lacks its end.
const HEAD: &[u8] = b"GET /plain HTTP/1.1\r\nHost: api.example.com\r\n\
    Origin: https://app.example.com\r\nX: x";

const END: &[u8] = b"\r\n\r\n";

const PANIC: &[u8] = b"GET /panic HTTP/1.1\r\nHost: api.example.com\r\n\
    Origin: https://app.example.com\r\n\r\n";

/// How many connections are open all the time and get on with nothing.
const IDLE: usize = 32;

/// Slow, aborting and panicking clients, which run until they are stopped.
#[derive(Debug, Default)]
pub struct Disturbance {
    is_over: AtomicBool,
    /// How often each of them had its way.
    pub slow: AtomicUsize,
    /// Connections that were given up half-way.
    pub aborted: AtomicUsize,
    /// Handlers that panicked.
    pub panicked: AtomicUsize,
}

impl Disturbance {
    /// Disturbs a server while `work` is done.
    ///
    /// # Panics
    ///
    /// If one of these clients cannot connect, or finds the server otherwise than it must be.
    pub fn beside<T>(&self, address: SocketAddr, work: impl FnOnce() -> T) -> T {
        thread::scope(|scope| {
            let clients: [ScopedJoinHandle<'_, ()>; 3] = [
                scope.spawn(move || self.slow(address)),
                scope.spawn(move || self.abort(address)),
                scope.spawn(move || self.panic(address)),
            ];
            let over = Over(&self.is_over);
            let done = work();
            drop(over);
            for client in clients {
                client
                    .join()
                    .expect("a client that finds the server as it must be");
            }
            done
        })
    }

    fn repeat(&self, count: &AtomicUsize, pause: u64, mut act: impl FnMut()) {
        while !self.is_over.load(Ordering::Relaxed) {
            act();
            count.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(pause));
        }
    }

    /// Some send a head byte by byte, and get their response in the end; some send requests and read
    /// no response.
    fn slow(&self, address: SocketAddr) {
        let mut writers: Vec<_> = (0..IDLE).map(|_| connect(address)).collect();
        let readers: Vec<_> = (0..IDLE).map(|_| connect(address)).collect();
        for mut reader in &readers {
            let request = [HEAD, END].concat();
            reader.write_all(&request.repeat(100)).expect("a server");
        }
        let mut sent = 0;
        self.repeat(&self.slow, 20, || {
            for writer in &mut writers {
                let byte = HEAD.get(sent).unwrap_or(&b'x');
                writer.write_all(&[*byte]).expect("a server that waits");
            }
            sent += 1;
        });
        for mut writer in writers {
            let rest = HEAD.get(sent..).unwrap_or_default();
            writer
                .write_all(&[rest, END].concat())
                .expect("a server that waits");
            let mut status = [0; 12];
            writer.read_exact(&mut status).expect("a response");
            assert_eq!(&status, b"HTTP/1.1 200");
        }
    }

    /// Gives connections up: before a byte, within a head, after it, and within the response.
    fn abort(&self, address: SocketAddr) {
        let mut turn = 0;
        self.repeat(&self.aborted, 1, || {
            let mut stream = connect(address);
            let until = [0, HEAD.len() / 2, HEAD.len()][turn % 3];
            stream.write_all(&HEAD[..until]).expect("a server");
            if turn % 3 == 2 {
                stream.write_all(END).expect("a server");
                let _ = stream.read(&mut [0; 8]);
            }
            turn += 1;
        });
    }

    /// Calls a handler that panics, without a response.
    fn panic(&self, address: SocketAddr) {
        self.repeat(&self.panicked, 1, || {
            let mut stream = connect(address);
            stream.write_all(PANIC).expect("a server");
            let read = stream.read(&mut [0; 8]);
            assert_eq!(read.expect("a connection that is closed"), 0);
        });
    }
}

/// Signals that it is over when dropped, also after a panic.
struct Over<'d>(&'d AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a server");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a duration");
    stream
}

impl fmt::Display for Disturbance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [slow, aborted, panicked] =
            [&self.slow, &self.aborted, &self.panicked].map(|count| count.load(Ordering::Relaxed));
        write!(
            f,
            "{IDLE} slow writers and as many readers for {slow} steps, {aborted} aborted connections, {panicked} panics"
        )
    }
}
