//! A server on a free port, a client, and the headers of a response.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread;

use axum::Router;
use http::{HeaderMap, Request, Response};
use ureq::AsSendBody;

/// Serves `app` on a free port of 127.0.0.1 until the test process ends.
pub fn serve(app: Router) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// Sends a request, whatever its method, and gives the response, whatever its status.
pub fn send(request: Request<impl AsSendBody>) -> Response<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .build()
        .into();
    let response = agent.run(request).unwrap();
    response.map(|mut body| body.read_to_string().unwrap())
}

/// The names of a list header, over all its lines, as they are written.
pub fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.to_str().unwrap().split(','))
        .map(|item| item.trim().to_owned())
        .collect()
}

/// The CORS headers of a response: their names without the prefix they share, and values, sorted.
pub fn cors(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut cors: Vec<_> = headers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix("access-control-")?;
            Some((name.to_owned(), value.to_str().unwrap().to_owned()))
        })
        .collect();
    cors.sort();
    cors
}

/// `cors`, written down.
pub fn expected(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut expected: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    expected.sort();
    expected
}
