//! The server: it has all hosts and ports, with TLS and plain HTTP.

use std::convert::Infallible;
use std::mem;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Request, StatusCode};
use http_body_util::{BodyExt, Collected};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio_rustls::TlsAcceptor;

use crate::answer::{Answer, answer, page};
use crate::application::{HANDLED, application, empty};
use crate::certificate::Identity;
use crate::gateway::Gateway;
use crate::outcome::Arrived;

/// A server on a port of its own, for as long as this lives.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    key_hash: String,
    log: Log,
    _runtime: Runtime,
}

type Log = Arc<Mutex<Vec<Arrived>>>;

/// Where the responses of a server come from.
#[derive(Clone)]
enum Source {
    /// The application, behind the policies and flaws that paths name.
    Policies,
    /// The application alone.
    Application,
    /// Gateways in front of the application.
    Gateways(Arc<[Gateway]>),
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
    pub fn in_front_of(gateways: Vec<Gateway>) -> Self {
        Self::with(Source::Gateways(gateways.into()))
    }

    fn with(source: Source) -> Self {
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
        runtime.spawn(listen(
            listener,
            identity.config.into(),
            source,
            log.clone(),
        ));
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

async fn listen(listener: TcpListener, tls: TlsAcceptor, source: Source, log: Log) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(greet(stream, tls.clone(), source.clone(), log.clone()));
        }
    }
}

/// Detects the protocol of the client. Browsers open connections that they do not use.
async fn greet(stream: TcpStream, tls: TlsAcceptor, source: Source, log: Log) {
    // https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    if !matches!(stream.peek(&mut first).await, Ok(1)) {
        return;
    }
    if first != [HANDSHAKE] {
        converse("http", stream, source, log).await;
    } else if let Ok(stream) = tls.accept(stream).await {
        converse("https", stream, source, log).await;
    }
}

async fn converse<S>(scheme: &'static str, stream: S, source: Source, log: Log)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let service = service_fn(async |request: Request<Incoming>| {
        let (head, body) = request.into_parts();
        // It may be cut off.
        let body = body.collect().await.map(Collected::to_bytes);
        let request = Request::from_parts(head, body.unwrap_or_default());
        let mut arrived = Arrived::of(scheme, &request);
        let answer = source.answer(request).await;
        arrived.is_handled = answer.headers().contains_key(HANDLED);
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(arrived);
        Ok::<_, Infallible>(answer)
    });
    let mut http = http1::Builder::new();
    let connection = http
        // Responses are compared, and the time would differ.
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    // Clients leave when they like.
    let _ = connection.await;
}

impl Source {
    async fn answer(&self, request: Request<Bytes>) -> Answer {
        match self {
            Self::Application => application(&request.map(drop)),
            _ if request.uri().path() == "/" => page(),
            Self::Policies => answer(request.map(drop)).await,
            Self::Gateways(gateways) => match Gateway::find(gateways, request.uri().path()) {
                Some((gateway, address)) => gateway.forward(address, request).await,
                None => empty(StatusCode::NOT_FOUND),
            },
        }
    }
}
