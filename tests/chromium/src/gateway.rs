//! Gateways that enforce the policies in front of the application.

use std::error::Error;
use std::net::SocketAddr;

use http::header::{CONNECTION, DATE, HOST, SERVER, TRANSFER_ENCODING, VIA};
use http::{HeaderName, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::answer::Answer;

/// A gateway that enforces policies in front of the application. A server forwards the requests of
/// a browser to it, without TLS.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Its name, which paths contain in place of a flaw.
    pub name: &'static str,
    /// The version of HTTP in which it gets requests.
    pub version: Version,
    /// Where it enforces which policy.
    pub addresses: Vec<(&'static str, SocketAddr)>,
}

/// A version of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.1.
    Http1,
    /// HTTP/2, without negotiation.
    Http2,
}

/// The headers that gateways add, and those of their connections.
const OWN: [HeaderName; 7] = [
    CONNECTION,
    DATE,
    SERVER,
    TRANSFER_ENCODING,
    VIA,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("x-envoy-upstream-service-time"),
];

type Failure = Box<dyn Error + Send + Sync>;

impl Gateway {
    /// Finds the gateway and the policy of a path.
    pub(crate) fn find<'g>(gateways: &'g [Self], path: &str) -> Option<(&'g Self, SocketAddr)> {
        let mut segments = path.split('/').skip(1);
        let (name, policy) = (segments.next()?, segments.next()?);
        let gateway = gateways.iter().find(|gateway| gateway.name == name)?;
        let mut addresses = gateway.addresses.iter();
        let (_, address) = addresses.find(|(known, _)| *known == policy)?;
        Some((gateway, *address))
    }

    /// Forwards a request, and returns the response without the headers that are not the
    /// application's or the policy's.
    pub(crate) async fn forward(&self, address: SocketAddr, request: Request<Bytes>) -> Answer {
        match self.send(address, request).await {
            Ok(mut answer) => {
                for name in OWN {
                    answer.headers_mut().remove(name);
                }
                answer
            }
            Err(error) => {
                let mut answer = Answer::new(Full::from(format!("{}: {error}", self.name)));
                *answer.status_mut() = StatusCode::BAD_GATEWAY;
                answer
            }
        }
    }

    /// Sends a request over a connection of its own.
    async fn send(&self, address: SocketAddr, request: Request<Bytes>) -> Result<Answer, Failure> {
        let request = request.map(Full::new);
        let stream = TokioIo::new(TcpStream::connect(address).await?);
        let response = match self.version {
            Version::Http1 => {
                let (mut sender, connection) = http1::handshake(stream).await?;
                tokio::spawn(connection);
                sender.send_request(request).await?
            }
            Version::Http2 => {
                let (mut sender, connection) =
                    http2::handshake(TokioExecutor::new(), stream).await?;
                tokio::spawn(connection);
                sender.send_request(with_authority(request)?).await?
            }
        };
        whole(response).await
    }
}

/// In HTTP/2, the host is a part of the URL.
fn with_authority<B>(mut request: Request<B>) -> Result<Request<B>, Failure> {
    let headers = request.headers_mut();
    headers.remove(CONNECTION);
    let host = headers.remove(HOST).ok_or("there is no host")?;
    let uri = Uri::builder()
        .scheme("http")
        .authority(host.as_bytes())
        .path_and_query(request.uri().to_string())
        .build()?;
    *request.uri_mut() = uri;
    Ok(request)
}

async fn whole(response: http::Response<Incoming>) -> Result<Answer, Failure> {
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(Answer::from_parts(head, Full::new(body)))
}
