//! The matrix: pages of many origins send the same request to the real server.

use std::io;

use cors_runtime::testing::FilteredResponse;
use serde_json::{Value, json};

use crate::visit::{Ask, End, Visit, visit};

/// Origins that are allowed, in the order of the entries, and then some that are nearly.
pub(crate) const ORIGINS: &[&str] = &[
    "https://app.example.com",
    "https://pr-7.preview.example.com",
    "http://localhost:5173",
    "https://shop2.example.net",
    "https://eu.shop.example.org",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.net",
    "https://example.org",
    "http://127.0.0.1:5173",
    "null",
];

/// `patch` is what many write, and no method that the policy allows.
pub(crate) const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "patch", "TRACE"];

/// Headers that a page may set; the first is safelisted only with other values.
pub(crate) const HEADERS: &[(&str, &str)] = &[
    ("Content-Type", "application/json"),
    ("Authorization", "Bearer 7"),
    ("X-Trace", "7"),
];

/// Parses the request from the query of a form. Ignores unknown fields.
pub(crate) fn ask(query: &str) -> (String, Ask) {
    let mut origin = String::new();
    let mut ask = Ask {
        method: "GET".to_owned(),
        headers: Vec::new(),
        with_credentials: false,
    };
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "origin" => origin = value.trim().to_owned(),
            "method" => ask.method = value.into_owned(),
            "header" => ask.headers.extend(header(&value)),
            "credentials" => ask.with_credentials = true,
            _ => {}
        }
    }
    (origin, ask)
}

fn header(wanted: &str) -> Option<(&'static str, &'static str)> {
    let mut headers = HEADERS.iter().copied();
    headers.find(|(name, _)| *name == wanted)
}

/// A row for the origin that was typed, and one for each of [`ORIGINS`].
pub(crate) fn rows(url: &str, typed: &str, ask: &Ask) -> io::Result<Value> {
    let others = ORIGINS.iter().copied().filter(|origin| *origin != typed);
    let all = [typed].into_iter().chain(others);
    let rows = all.map(|origin| Ok(row(origin, &visit(url, origin, ask)?)));
    rows.collect::<io::Result<Vec<_>>>().map(Value::from)
}

fn row(origin: &str, visit: &Visit) -> Value {
    let (end, does) = visit.end.words();
    let exchanges = visit.exchanges.iter();
    json!({
        "origin": origin,
        "end": end,
        "does": does,
        "error": visit.end.error().map(ToString::to_string),
        "explanation": visit.explanation,
        "readable": match &visit.end {
            End::Read(readable) => names(readable),
            _ => Vec::new(),
        },
        "exchanges": exchanges
            .map(|exchange| json!({
                "request": exchange.request,
                "response": exchange.response,
            }))
            .collect::<Vec<_>>(),
    })
}

/// The headers that the script can read.
fn names(readable: &FilteredResponse) -> Vec<String> {
    let headers = readable.headers().iter();
    headers.map(|(name, _)| name.to_owned()).collect()
}
