//! The corpus, over HTTP/1.1 and HTTP/2.

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;

use conformance::{Corpus, Request, Response, faults_in, send_http1, send_http2};
use cors_gateways::{Client, Gateway, Running, Site, sites};

use crate::{APPLICATION, program};

/// The cases that a gateway answers otherwise: with another body, with a repeated member of `Vary`, or
/// where no browser sends the request. No answer grants anything. The export lists them in its files.
fn edges(gateway: Gateway) -> &'static [&'static str] {
    match gateway {
        Gateway::HaProxy | Gateway::EnvoyFilter => &[],
        // Envoy knows one protocol only, and removes others.
        Gateway::Envoy => &["a WebSocket among other protocols"],
        Gateway::Nginx | Gateway::SystemNginx | Gateway::Apache => &[
            "a preflight of a denied origin",
            "a preflight with an empty requested method",
            "POST with an empty Origin",
        ],
        Gateway::Caddy | Gateway::SystemCaddy => &[
            "Vary that lists Origin is left alone",
            "Vary with a star is left alone",
        ],
    }
}

/// The cases of the policies that can be exported. `MirrorRequest` cannot.
pub(crate) fn cases() -> String {
    let text = Corpus::text();
    let (first, rest) = text.split_once("[[case]]").unwrap();
    let tables: Vec<&str> = rest.split("\n[[").collect();
    let is_kept = |table: &&&str| !table.starts_with("exception]]") && !table.contains(" /mirror/");
    let kept: Vec<&str> = tables.iter().filter(is_kept).copied().collect();
    format!("{first}[[case]]{}", kept.join("\n[["))
}

type Send = fn(SocketAddr, &Request) -> io::Result<Option<Response>>;

/// Sends a request to the site of its path. Adds the rest of a WebSocket handshake, which gateways look
/// for: <https://www.rfc-editor.org/rfc/rfc6455#section-4.1>
pub(crate) fn ask(running: &Running, send: Send, request: &Request) -> Option<Response> {
    let address = running.address(site(&request.path));
    let response = if request.lines("upgrade").any(|line| line == b"websocket") {
        let mut request = request.clone();
        for (name, value) in [
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ] {
            request.headers.push((name.to_owned(), value.into()));
        }
        // The connection stays open.
        Client::new(address).send(&request).map(Some)
    } else {
        send(address, request)
    };
    response.unwrap_or_else(|error| panic!("{request:?}: {error}"))
}

/// The name of the policy for a path, as the application has it.
fn site(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("public") => "public",
        Some("rules") => "rules",
        Some("writes") => "writes",
        Some("open") => "open",
        Some("local") => "local",
        _ => "api",
    }
}

fn hold(gateway: Gateway) {
    let Some(program) = program(gateway) else {
        return;
    };
    let sites = sites();
    let in_corpus =
        |site: &Site| ["api", "public", "rules", "writes", "open", "local"].contains(&site.name);
    let sites: Vec<_> = sites.into_iter().filter(in_corpus).collect();
    let running = gateway.start(&program, "corpus", &sites, *APPLICATION, |_, text| text);
    assert!(running.refused.is_empty(), "{:?}", running.refused);
    for (version, send, corpus) in [
        ("HTTP/1.1", send_http1 as Send, Corpus::parse(&cases())),
        (
            "HTTP/2",
            send_http2,
            Corpus::parse(&cases()).without_upgrades(),
        ),
    ] {
        let faults = faults_in(&corpus, "", |_, request| ask(&running, send, request));
        let of_case = |fault: &String| fault.split(": ").next().unwrap().to_owned();
        let found: BTreeSet<String> = faults.iter().map(of_case).collect();
        let is_sent = |case: &&&str| version == "HTTP/1.1" || !case.contains("WebSocket");
        let known = edges(gateway).iter().filter(is_sent);
        let known: BTreeSet<String> = known.map(ToString::to_string).collect();
        assert_eq!(
            found,
            known,
            "{gateway:?}, {version}:\n{}",
            faults.join("\n")
        );
    }
    drop::<Running>(running);
}

crate::for_each_gateway!(hold);
