//! What several tests need: a server on a free port and a client.

#![allow(dead_code)] // each test uses a part

pub(crate) mod example;
pub(crate) mod hostile;
pub(crate) mod naive;
pub(crate) mod property;

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread;

use axum::Router;
use cors_runtime::{Decision, Policy};
use http::{HeaderMap, Request, Response};

/// Asks a policy about a request with these header lines.
pub(crate) fn decide<'r>(
    policy: &Policy,
    method: &'r str,
    headers: &[(&str, &'r str)],
) -> Decision<'r> {
    let request = headers.iter().fold(
        cors_runtime::Request::new(method.as_bytes()),
        |request, (name, value)| request.header(name.as_bytes(), value.as_bytes()),
    );
    policy.evaluate(&request)
}

/// Serves `app` on a free port of 127.0.0.1 until the test process ends.
pub(crate) fn serve(app: Router) -> SocketAddr {
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
pub(crate) fn send(request: Request<()>) -> Response<String> {
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
pub(crate) fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.to_str().unwrap().split(','))
        .map(|item| item.trim().to_owned())
        .collect()
}

/// The CORS headers of a response: their names without the prefix they share, and values, sorted.
pub(crate) fn cors(headers: &HeaderMap) -> Vec<(String, String)> {
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
pub(crate) fn expected(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut expected: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    expected.sort();
    expected
}
