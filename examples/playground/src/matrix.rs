//! The matrix: pages of many origins send the same request to the real server.

use std::io;

use cors_runtime::testing::FilteredResponse;
use serde_json::{Value, json};

use crate::current::Current;
use crate::visit::{Ask, End, Visit, visit};

/// Parses the request from the query of a form. Ignores unknown fields.
pub(crate) fn ask(query: &str, current: &Current) -> (String, Ask) {
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
            "header" => ask.headers.extend(header(&value, current)),
            "credentials" => ask.with_credentials = true,
            _ => {}
        }
    }
    (origin, ask)
}

fn header(wanted: &str, current: &Current) -> Option<(String, String)> {
    let mut headers = current.headers.iter();
    headers.find(|(name, _)| *name == wanted).cloned()
}

/// A row for the origin that was typed, and one for each that belongs to the policy.
pub(crate) fn rows(url: &str, typed: &str, ask: &Ask, current: &Current) -> io::Result<Value> {
    let others = current.origins.iter().map(String::as_str);
    let others = others.filter(|origin| *origin != typed);
    let all = [typed].into_iter().chain(others);
    let rows = all.map(|origin| Ok(row(origin, &visit(&current.policy, url, origin, ask)?)));
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
