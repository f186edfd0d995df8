//! The model of a browser, step by step against the facts of the Fetch Standard, and against
//! explanations.

mod agreement;
mod cache;
mod fetch_metadata;
mod headers;
mod redirects;
mod refusals;
mod requests;
mod responses;

use cors_runtime::testing::{Fetch, FilteredResponse, Page, Response};

const API: &str = "https://api.example/items?page=1";

fn fetch() -> Fetch {
    Page::new("https://a.example").fetch(API)
}

fn header(name: &str, value: impl AsRef<[u8]>) -> Fetch {
    fetch().header(name, value)
}

/// Returns the requested method and headers of a preflight.
fn asked(fetch: &Fetch) -> Option<(String, Option<String>)> {
    let preflight = fetch.requests().unwrap().preflight?;
    let get = |name| {
        let value = preflight.headers().get(name)?;
        Some(String::from_utf8(value).unwrap())
    };
    let method = get("access-control-request-method").unwrap();
    Some((method, get("access-control-request-headers")))
}

/// Returns the requested headers of a preflight; an empty text if there is no preflight.
fn asked_headers(fetch: &Fetch) -> String {
    asked(fetch).map_or(String::new(), |(_, headers)| headers.unwrap())
}

fn lines<'r>(headers: impl Iterator<Item = (&'r str, &'r [u8])>) -> Vec<String> {
    headers
        .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
        .collect()
}

/// A response to a preflight or an actual request, as lines.
fn response(status: u16, lines: &[&str]) -> Response {
    lines.iter().fold(Response::new(status), |response, line| {
        let (name, value) = line.split_once(": ").unwrap();
        response.header(&format!("access-control-{name}"), value)
    })
}

/// The names that a script can read.
fn names(readable: &FilteredResponse) -> Vec<&str> {
    readable.headers().iter().map(|(name, _)| name).collect()
}
