//! A policy in warp: a layer around the tower service of the filters.
//!
//! ```text
//! cargo run -p example-warp
//! ```

mod edge_cases;

use cors_runtime::tower::CorsLayer;
use example_app::{PLAIN, announce, policy_for, port};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tower::{Layer, ServiceExt};
use warp::http::StatusCode;
use warp::hyper::service::service_fn;
use warp::reply::{Response, with_header, with_status};
use warp::{Filter, Rejection, Reply};

fn routes() -> impl Filter<Extract = (impl Reply,), Error = Rejection> + Clone {
    let plain = warp::path!("plain")
        .and(warp::get().or(warp::post()).unify())
        .map(|| PLAIN);
    // In HTTP/2, warp does not remove the body of a response to HEAD.
    let head = warp::path!("plain").and(warp::head()).map(warp::reply);
    let parts = warp::path!("public" / "plain")
        .or(warp::path!("mirror" / "plain"))
        .unify()
        .or(warp::path!("rules" / "plain"))
        .unify()
        .and(warp::get())
        .map(|| PLAIN);
    let guarded = warp::path!("writes" / "plain")
        .or(warp::path!("open" / "plain"))
        .unify()
        .or(warp::path!("local" / "plain"))
        .unify();
    let writes = warp::post().or(warp::put()).unify();
    let writes = guarded.and(warp::get().or(writes).unify()).map(|| PLAIN);
    let guarded_head = guarded.and(warp::head()).map(warp::reply);
    let describe = warp::path!("plain").and(warp::options()).map(|| {
        let response = with_status("", StatusCode::NO_CONTENT);
        with_header(response, "allow", "GET, POST, OPTIONS")
    });
    let private = warp::path!("private")
        .and(warp::get())
        .and(warp::header::optional("authorization"))
        .map(|authorization: Option<String>| authenticate(authorization.is_some()));
    plain
        .or(head)
        .or(parts)
        .or(writes)
        .or(guarded_head)
        .or(describe)
        .or(private)
        .or(edge_cases::routes())
}

fn authenticate(is_authorized: bool) -> Response {
    match is_authorized {
        true => "private\n".into_response(),
        false => with_status("who are you?\n", StatusCode::UNAUTHORIZED).into_response(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port())).await?;
    announce(listener.local_addr()?);
    let routes = warp::service(routes());
    // With one policy for all, this is `CorsLayer::new(&API).layer(warp::service(routes()))`.
    let service = service_fn(move |request: warp::http::Request<_>| {
        let cors = CorsLayer::new(policy_for(request.uri().path()));
        cors.layer(routes.clone()).oneshot(request)
    });
    loop {
        let (stream, _) = listener.accept().await?;
        let service = service.clone();
        tokio::spawn(async {
            let server = auto::Builder::new(TokioExecutor::new());
            if let Err(error) = server.serve_connection(TokioIo::new(stream), service).await {
                eprintln!("a connection failed: {error}");
            }
        });
    }
}
