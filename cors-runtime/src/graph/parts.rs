//! An origin or a pattern in its parts.

use core::iter;

use super::label::Label;
use cors_origin::origin::{default_port, split};

/// The scheme, the host with its wildcards, the port. What has no scheme, such as `null`, is one part.
pub(super) fn of(entry: &'static str) -> impl Iterator<Item = Label> {
    let (scheme, host, port) = split(entry).unwrap_or(("", entry, None));
    let start = (!scheme.is_empty()).then(|| Label::Text(&entry[..scheme.len() + "://".len()]));
    let end = port.map(|port| match port {
        "*" => Label::AnyPort(default_port(scheme)),
        port => Label::Text(&entry[entry.len() - ":".len() - port.len()..]),
    });
    start.into_iter().chain(pieces(host)).chain(end)
}

/// Texts and wildcards, in turns.
fn pieces(mut host: &'static str) -> impl Iterator<Item = Label> {
    iter::from_fn(move || {
        let end = match host.find(|c| c != '*') {
            None => host.len(),
            Some(0) => host.find('*').unwrap_or(host.len()),
            Some(stars) => stars,
        };
        let (piece, rest) = host.split_at(end);
        host = rest;
        match piece {
            "" => None,
            "*" => Some(Label::Wildcard),
            "**" => Some(Label::DeepWildcard),
            text => Some(Label::Text(text)),
        }
    })
}
