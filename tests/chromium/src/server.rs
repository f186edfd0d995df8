//! The server: it has all hosts and ports, with TLS and plain HTTP.

use std::convert::Infallible;
use std::mem;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http::Request;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio_rustls::TlsAcceptor;

use crate::answer::answer;
use crate::certificate::Identity;
use crate::outcome::Arrived;

/// A server on a port of its own, for as long as this lives.
pub struct Server {
    pub(crate) address: SocketAddr,
    key_hash: String,
    log: Log,
    _runtime: Runtime,
}

type Log = Arc<Mutex<Vec<Arrived>>>;

impl Server {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// If it cannot listen.
    #[must_use]
    pub fn start() -> Self {
        let identity = Identity::new();
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = TcpListener::bind(("127.0.0.1", 0));
        let listener = runtime.block_on(listener).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let log = Log::default();
        runtime.spawn(listen(listener, identity.config.into(), log.clone()));
        Self {
            address,
            key_hash: identity.key_hash,
            log,
            _runtime: runtime,
        }
    }

    /// The flags with which a browser finds this server behind every name, and trusts it.
    #[must_use]
    pub fn flags(&self) -> Vec<String> {
        vec![
            format!("--host-resolver-rules=MAP * {}", self.address),
            // Not `--ignore-certificate-errors`, which turns off the HTTP cache as well.
            format!("--ignore-certificate-errors-spki-list={}", self.key_hash),
        ]
    }

    /// Returns the requests that arrived since the last call, in order.
    #[must_use]
    pub fn take_arrived(&self) -> Vec<Arrived> {
        mem::take(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn listen(listener: TcpListener, tls: TlsAcceptor, log: Log) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(greet(stream, tls.clone(), log.clone()));
        }
    }
}

/// Detects the protocol of the client. Browsers open connections that they do not use.
async fn greet(stream: TcpStream, tls: TlsAcceptor, log: Log) {
    // https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    if !matches!(stream.peek(&mut first).await, Ok(1)) {
        return;
    }
    if first != [HANDSHAKE] {
        converse("http", stream, log).await;
    } else if let Ok(stream) = tls.accept(stream).await {
        converse("https", stream, log).await;
    }
}

async fn converse<S>(scheme: &'static str, stream: S, log: Log)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let service = service_fn(async |request: Request<Incoming>| {
        let (head, body) = request.into_parts();
        // Sent whole or not, it is of no interest; but it has to be out of the way.
        let _ = body.collect().await;
        let request = Request::from_parts(head, ());
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arrived::of(scheme, &request));
        Ok::<_, Infallible>(answer(request).await)
    });
    let mut http = http1::Builder::new();
    let connection = http
        // Responses are compared, and the time would differ.
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    // Clients leave when they like.
    let _ = connection.await;
}
