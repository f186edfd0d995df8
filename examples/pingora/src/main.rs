//! A policy in a proxy that is built with pingora. The proxy responds to preflights itself, and adds the
//! headers to every other response.
//!
//! ```text
//! cargo run -p example-pingora
//! ```

mod application;
mod serving;

use std::net::SocketAddr;

use application::Application;
use async_trait::async_trait;
use cors_runtime::http::Decision;
use example_app::{announce, policy_for, port};
use http::StatusCode;
use pingora::apps::HttpServerOptions;
use pingora::http::ResponseHeader;
use pingora::prelude::{Error, ErrorSource, ErrorType, HttpPeer, Result};
use pingora::protocols::http::ServerSession;
use pingora::proxy::{FailToProxy, ProxyHttp, Session, http_proxy};
use tokio::net::TcpListener;

struct Proxy {
    upstream: SocketAddr,
}

#[async_trait]
impl ProxyHttp for Proxy {
    /// The decision about the request.
    type CTX = Option<Decision>;

    fn new_ctx(&self) -> Self::CTX {
        None
    }

    async fn request_filter(&self, session: &mut Session, ctx: &mut Self::CTX) -> Result<bool> {
        let request = session.req_header();
        let cors = policy_for(request.uri.path()).evaluate_parts(
            &request.method,
            &request.uri,
            &request.headers,
        );
        let Some(response) = cors.immediate_response::<()>() else {
            *ctx = Some(cors);
            return Ok(false);
        };
        let mut response = ResponseHeader::from(response.into_parts().0);
        if response.status != StatusCode::NO_CONTENT {
            response.set_content_length(0)?;
        }
        let response = Box::new(response);
        session.write_response_header(response, true).await?;
        Ok(true)
    }

    async fn response_filter(
        &self,
        _: &mut Session,
        response: &mut ResponseHeader,
        ctx: &mut Self::CTX,
    ) -> Result<()> {
        apply(ctx, response);
        Ok(())
    }

    /// Errors that the proxy itself creates do not pass through the filters.
    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        ctx: &mut Self::CTX,
    ) -> FailToProxy {
        let error_code = match (error.etype(), error.esource()) {
            (ErrorType::HTTPStatus(status), _) => *status,
            (_, ErrorSource::Upstream) => 502,
            (_, ErrorSource::Downstream) => 400,
            (_, ErrorSource::Internal | ErrorSource::Unset) => 500,
        };
        let mut response = ServerSession::generate_error(error_code);
        apply(ctx, &mut response);
        // The client may have closed the connection.
        let _ = session.write_error_response(response, "".into()).await;
        FailToProxy {
            error_code,
            can_reuse_downstream: false,
        }
    }

    async fn upstream_peer(&self, _: &mut Session, _: &mut Self::CTX) -> Result<Box<HttpPeer>> {
        let without_tls = HttpPeer::new(self.upstream, false, String::new());
        Ok(Box::new(without_tls))
    }
}

/// Sets the headers. pingora stores the original case of their names separately, so they are split
/// into parts.
fn apply(cors: &Option<Decision>, response: &mut ResponseHeader) {
    if let Some(cors) = cors {
        let mut parts = response.as_owned_parts();
        cors.apply_to(&mut parts.headers);
        *response = parts.into();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let upstream = TcpListener::bind(("127.0.0.1", 0)).await?;
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    let mut proxy = http_proxy(
        &Default::default(),
        Proxy {
            upstream: upstream.local_addr()?,
        },
    );
    let mut options = HttpServerOptions::default();
    options.h2c = true;
    proxy.server_options = Some(options);
    tokio::try_join!(
        serving::serve(upstream, Application),
        serving::serve(listener, proxy)
    )?;
    Ok(())
}
