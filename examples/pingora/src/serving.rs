//! Serves a service as `pingora::server::Server` does, on a port that is known in advance.

use std::io;
use std::sync::Arc;

use pingora::apps::ServerApp;
use pingora::protocols::l4::stream::Stream;
use pingora::services::listening::Service;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Serves all connections. In your program, use `http_proxy_service(..)`, `add_tcp`, and `add_service` of a `Server`.
pub(crate) async fn serve<A>(listener: TcpListener, app: A) -> io::Result<()>
where
    A: ServerApp + Send + Sync + 'static,
{
    let app = Arc::new(app);
    let (_running, shutdown) = watch::channel(false);
    loop {
        let (stream, _) = listener.accept().await?;
        let stream = Box::new(Stream::from(stream));
        tokio::spawn(Service::handle_event(stream, app.clone(), shutdown.clone()));
    }
}
