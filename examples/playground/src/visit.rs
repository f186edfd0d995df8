//! The request of a page, the response of the server, and what a browser does with it.
//!
//! Nothing is decided here. The browser model determines the requests and checks the responses, and
//! the policy explains.

use std::io;

use cors_runtime::testing::{Fetch, FilteredResponse, NetworkError, Page, Request, Response};
use cors_runtime::{CorsRequest, Origin, Policy};

use crate::wire::{self, Exchange};

/// The request of a page, whatever its origin.
pub(crate) struct Ask {
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) with_credentials: bool,
}

/// A visit of a page to the API.
pub(crate) struct Visit {
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) end: End,
    /// The policy's explanation of the last request.
    pub(crate) explanation: Option<String>,
}

/// The outcome of a call of `fetch`.
pub(crate) enum End {
    /// The script has the response.
    Read(FilteredResponse),
    /// The API has handled the request, but the script does not get the response.
    Hidden(NetworkError),
    /// The preflight was refused, so the request was never sent.
    Stopped(NetworkError),
    /// `fetch` throws immediately.
    Unsent(NetworkError),
    /// No page has such an origin; only clients other than browsers send it.
    NoPage,
}

/// Simulates a page of `origin` that calls `url` of the real server.
pub(crate) fn visit(policy: &Policy, url: &str, origin: &str, ask: &Ask) -> io::Result<Visit> {
    let mut visit = Visit {
        exchanges: Vec::new(),
        end: End::NoPage,
        explanation: None,
    };
    let Some(page) = page(origin) else {
        visit.explanation = Some(explain(policy, origin));
        return Ok(visit);
    };
    let fetch = fetch(&page, url, ask);
    visit.end = visit.run(policy, &fetch)?;
    Ok(visit)
}

/// Explains a simple request with this `Origin`.
pub(crate) fn explain(policy: &Policy, origin: &str) -> String {
    let request = CorsRequest::new(b"GET").with_header(b"Origin", origin.as_bytes());
    policy.explain(&request).to_string()
}

fn page(origin: &str) -> Option<Page> {
    match origin {
        "null" => Some(Page::opaque()),
        origin => Origin::parse(origin).ok().map(|_| Page::new(origin)),
    }
}

fn fetch(page: &Page, url: &str, ask: &Ask) -> Fetch {
    let fetch = match page.is_origin_of(url) {
        true => page.fetch_same_origin(url),
        false => page.fetch(url),
    };
    let fetch = fetch.method(&ask.method);
    let headers = ask.headers.iter();
    let fetch = headers.fold(fetch, |fetch, (name, value)| fetch.header(name, value));
    match ask.with_credentials {
        true => fetch.with_credentials(),
        false => fetch,
    }
}

impl Visit {
    fn run(&mut self, policy: &Policy, fetch: &Fetch) -> io::Result<End> {
        let requests = match fetch.requests() {
            Ok(requests) => requests,
            Err(error) => return Ok(End::Unsent(error)),
        };
        if let Some(preflight) = requests.preflight {
            let response = self.send(policy, preflight)?;
            if let Err(error) = fetch.check_preflight(&response) {
                return Ok(End::Stopped(error));
            }
        }
        let response = self.send(policy, requests.request)?;
        Ok(match fetch.check_response(&response) {
            Ok(readable) => End::Read(readable),
            Err(error) => End::Hidden(error),
        })
    }

    fn send(&mut self, policy: &Policy, request: Request) -> io::Result<Response> {
        let explanation = policy.explain(&request.as_cors_request());
        self.explanation = Some(explanation.to_string());
        let (exchange, response) = wire::send(request)?;
        self.exchanges.push(exchange);
        Ok(response)
    }
}

impl End {
    /// A word for programs, and what the browser does.
    pub(crate) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Read(_) => ("read", "hands the response to the script"),
            Self::Hidden(_) => ("hidden", "sends the request and hides the response"),
            Self::Stopped(_) => ("stopped", "sends a preflight, and then no request"),
            Self::Unsent(_) => ("unsent", "sends nothing"),
            Self::NoPage => ("no-page", "has no page of this origin"),
        }
    }

    /// The check that fails.
    pub(crate) fn error(&self) -> Option<&NetworkError> {
        match self {
            Self::Hidden(error) | Self::Stopped(error) | Self::Unsent(error) => Some(error),
            Self::Read(_) | Self::NoPage => None,
        }
    }
}
