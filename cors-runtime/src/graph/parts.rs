//! An origin or a pattern in its parts.

use core::iter;

use super::label::Label;
use crate::origin::default_port;

/// The scheme, the host with its wildcards, the port. What has no scheme, such as `null`, is one part.
pub(super) fn of(entry: &'static str) -> impl Iterator<Item = Label> {
    let (scheme, rest) = entry.split_at(entry.find("://").map_or(0, |colon| colon + 3));
    let port = match rest.rfind(':') {
        Some(colon) if !rest.ends_with(']') => colon,
        _ => rest.len(),
    };
    let (host, port) = rest.split_at(port);
    let port = match port {
        "" => None,
        ":*" => Some(Label::AnyPort(default_port(&scheme[..scheme.len() - 3]))),
        port => Some(Label::Text(port)),
    };
    let scheme = (!scheme.is_empty()).then_some(Label::Text(scheme));
    scheme.into_iter().chain(pieces(host)).chain(port)
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
