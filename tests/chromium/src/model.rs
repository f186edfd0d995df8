//! The same in the model of a browser, against the same server.

use std::net::SocketAddr;

use conformance::{Request, send_http1};
use cors_runtime::testing::{self, Fetch, Page, PreflightCache};

use crate::application::HANDLED;
use crate::attempt::Attempt;
use crate::case::{Case, Step};
use crate::outcome::{Arrived, Outcome, Read, text};
use crate::server::Server;

/// Returns what a browser does with a case, according to the standard.
///
/// # Panics
///
/// If the server does not answer.
#[must_use]
pub fn model(server: &Server, attempt: &Attempt<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut cache = PreflightCache::new(PreflightCache::CHROMIUM);
    let (case, url) = (attempt.case, attempt.url());
    let steps = case.steps();
    let mut milliseconds = 0;
    for step in &steps {
        milliseconds += step.after;
        let fetch = fetch(case, step, &url);
        let mut body = String::new();
        let endpoint = |request: testing::Request| {
            let headers = request.headers().iter();
            let mut arrived = Arrived::new(request.method(), request.url(), headers);
            let answer = send(server.address, &request);
            arrived.is_handled = answer.is_handled;
            outcome.arrived.push(arrived);
            body = answer.body;
            answer.response
        };
        // The cache follows no redirects.
        let read = match steps.len() {
            1 => fetch.send(endpoint),
            _ => cache.send(&fetch, milliseconds / 1000, endpoint),
        };
        let read = read.map(|readable| {
            let headers = readable.headers();
            let headers = headers.iter().map(|(name, _)| {
                let value = headers.get(name).unwrap_or_default();
                (name.to_ascii_lowercase(), text(&value))
            });
            Read {
                status: readable.status(),
                headers: headers.collect(),
                body,
            }
        });
        outcome.read.push(read.ok());
    }
    outcome
}

fn fetch(case: &Case, step: &Step, url: &str) -> Fetch {
    let page = match case.frame {
        Some(_) => Page::opaque(),
        None => Page::new(&step.page),
    };
    let fetch = match page.is_origin_of(url) {
        true => page.fetch_same_origin(url),
        false => page.fetch(url),
    };
    let mut fetch = fetch.method(&step.method);
    for (name, value) in &step.headers {
        // https://webidl.spec.whatwg.org/#js-to-ByteString
        let value = value.chars().map(|c| u8::try_from(c).expect("a byte"));
        fetch = fetch.header(name, value.collect::<Vec<_>>());
    }
    if step.credentials {
        fetch = fetch.with_credentials();
    }
    if case.upload {
        fetch = fetch.with_upload_listener();
    }
    fetch
}

struct Answer {
    response: testing::Response,
    body: String,
    is_handled: bool,
}

/// Over a connection of its own, and without TLS: the server does not mind.
fn send(server: SocketAddr, request: &testing::Request) -> Answer {
    let (_, after) = request.url().split_once("://").expect("a URL");
    let (host, path) = after.split_at(after.find('/').unwrap_or(after.len()));
    let path = if path.is_empty() { "/" } else { path };
    let (path, _fragment) = path.split_once('#').unwrap_or((path, ""));
    let headers = request.headers().iter();
    let headers = headers.chain([("host", host.as_bytes())]);
    let sent = Request {
        method: request.method().to_owned(),
        path: path.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_vec()))
            .collect(),
        body: Vec::new(),
    };
    let answer = send_http1(server, &sent)
        .expect("a connection")
        .expect("an answer");
    let headers = answer.headers.iter();
    // Of this connection, not of the response.
    let headers = headers.filter(|(name, _)| name != "connection");
    let response = headers.fold(
        testing::Response::new(answer.status),
        |response, (name, value)| response.header(name, value),
    );
    Answer {
        response,
        body: text(&answer.body),
        is_handled: answer.lines(HANDLED.as_str()).next().is_some(),
    }
}
