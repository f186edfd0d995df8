//! A client for HTTP/2 with prior knowledge.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::http1::TIMEOUT;
use crate::request::Request;
use crate::response::Response;

/// Sends a request on a connection of its own; `None` if its stream is reset, or the connection
/// closed, without a response.
///
/// # Errors
///
/// If there is no connection, or the request cannot be sent over HTTP/2.
pub fn send(address: SocketAddr, request: &Request) -> io::Result<Option<Response>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async { timeout(TIMEOUT, exchange(address, request)).await? })
}

async fn exchange(address: SocketAddr, request: &Request) -> io::Result<Option<Response>> {
    let stream = TcpStream::connect(address).await?;
    let (client, connection) = h2::client::handshake(stream)
        .await
        .map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    // The first `Host` becomes the authority.
    let host = request.lines("host").next();
    let authority = match host {
        Some(host) => String::from_utf8_lossy(host).into_owned(),
        None => address.to_string(),
    };
    let mut head = http::Request::builder()
        .method(request.method.as_str())
        .uri(format!("http://{authority}{}", request.path))
        .version(http::Version::HTTP_2);
    let first = request
        .headers
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case("host"));
    for (index, (name, value)) in request.headers.iter().enumerate() {
        if Some(index) == first {
            continue;
        }
        head = head.header(name.to_ascii_lowercase(), value.as_slice());
    }
    let mut head = head.body(()).map_err(io::Error::other)?;
    // https://www.rfc-editor.org/rfc/rfc8441#section-4
    if head.method() == http::Method::CONNECT {
        while !client.is_extended_connect_protocol_enabled() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let protocol = h2::ext::Protocol::from_static("websocket");
        head.extensions_mut().insert(protocol);
    }
    let mut client = client.ready().await.map_err(io::Error::other)?;
    let is_bodyless = request.body.is_empty();
    let (response, mut stream) = client
        .send_request(head, is_bodyless)
        .map_err(io::Error::other)?;
    if !is_bodyless {
        let body = request.body.clone().into();
        stream.send_data(body, true).map_err(io::Error::other)?;
    }
    let answer = match response.await {
        Ok(response) => Some(read(response).await?),
        Err(_) => None,
    };
    connection.abort();
    Ok(answer)
}

async fn read(response: http::Response<h2::RecvStream>) -> io::Result<Response> {
    let (head, mut stream) = response.into_parts();
    let mut body = Vec::new();
    while let Some(chunk) = stream.data().await {
        let chunk = chunk.map_err(io::Error::other)?;
        let _ = stream.flow_control().release_capacity(chunk.len());
        body.extend_from_slice(&chunk);
    }
    let headers = head.headers.iter();
    Ok(Response {
        status: head.status.as_u16(),
        headers: headers
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body,
    })
}
