//! Holding something to the whole corpus.

use std::io;
use std::net::SocketAddr;

use crate::corpus::{Case, Corpus};
use crate::request::Request;
use crate::response::Response;
use crate::server::Server;
use crate::{http1, http2};

/// Tests an example with the corpus, over HTTP/1.1, and runs the commands that it prints.
///
/// # Panics
///
/// If it does anything else, but for what the corpus excepts.
pub fn over_http1(framework: &str, program: &str) {
    let server = over(framework, program, &Corpus::read(), http1::send);
    let tried = server.suggestions.iter().map(|line| {
        let response = http1::send(server.address, &Request::of_curl(line));
        response.ok().flatten().map(|response| response.status)
    });
    let tried: Vec<_> = tried.collect();
    assert_eq!(
        tried,
        [Some(200), Some(204), Some(200)],
        "{:?}",
        server.suggestions
    );
}

/// Tests an example over HTTP/2, with prior knowledge.
///
/// # Panics
///
/// As [`over_http1`].
pub fn over_http2(framework: &str, program: &str) {
    let _ = over(
        framework,
        program,
        &Corpus::read().without_upgrades(),
        http2::send,
    );
}

fn over(
    framework: &str,
    program: &str,
    corpus: &Corpus,
    send: fn(SocketAddr, &Request) -> io::Result<Option<Response>>,
) -> Server {
    let server = Server::start(program);
    let faults = faults_in(corpus, framework, |_, request| {
        send(server.address, request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    });
    assert!(faults.is_empty(), "{framework}:\n{}", faults.join("\n"));
    server
}

/// Holds whatever answers requests to the corpus, as [`faults`] finds them.
///
/// # Panics
///
/// If there are any.
pub fn hold(framework: &str, ask: impl FnMut(&Case, &Request) -> Option<Response>) {
    let faults = faults(framework, ask);
    assert!(faults.is_empty(), "{framework}:\n{}", faults.join("\n"));
}

/// Where responses are not as expected, each fault with the name of its case before it. An
/// exception that does not apply any more is a fault as well. What has no name is an engine, which
/// needs no server.
pub fn faults(
    framework: &str,
    ask: impl FnMut(&Case, &Request) -> Option<Response>,
) -> Vec<String> {
    faults_in(&Corpus::read(), framework, ask)
}

/// Returns the faults with another corpus.
pub fn faults_in(
    corpus: &Corpus,
    framework: &str,
    mut ask: impl FnMut(&Case, &Request) -> Option<Response>,
) -> Vec<String> {
    let is_engine = framework.is_empty();
    let mut faults = Vec::new();
    for case in &corpus.cases {
        if is_engine && case.server_only {
            continue;
        }
        let request = case.request();
        let response = ask(case, &request);
        let ordinary = corpus.expected(case).faults(&request, response.as_ref());
        let found = match corpus.excepted(framework, case) {
            None => ordinary,
            Some(_) if ordinary.is_empty() => vec!["the exception does not apply any more".into()],
            Some(expected) => expected.faults(&request, response.as_ref()),
        };
        faults.extend(found.iter().map(|fault| format!("{}: {fault}", case.name)));
    }
    faults
}
