//! The corpus, over HTTP/1.1 and HTTP/2.

use std::collections::BTreeSet;

use conformance::{Corpus, Request, faults_in, send_http1, send_http2};
use cors_gateways::{Gateway, Running, sites};

use crate::{APPLICATION, program};

/// The cases that a gateway answers otherwise: with another body, with a repeated member of `Vary`, or
/// where no browser sends the request. No answer grants anything. The export lists them in its files.
fn edges(gateway: Gateway) -> &'static [&'static str] {
    match gateway {
        Gateway::HaProxy | Gateway::Envoy | Gateway::EnvoyFilter => &[],
        Gateway::Nginx | Gateway::SystemNginx | Gateway::Apache => &[
            "a preflight of a denied origin",
            "a preflight with an empty requested method",
        ],
        Gateway::Caddy | Gateway::SystemCaddy => &[
            "Vary that lists Origin is left alone",
            "Vary with a star is left alone",
        ],
    }
}

/// The cases of the policies that can be exported. `MirrorRequest` and `on_denied` cannot.
fn cases() -> String {
    let text = Corpus::text();
    let (first, rest) = text.split_once("[[case]]").unwrap();
    let tables: Vec<&str> = rest.split("\n[[").collect();
    let is_kept = |table: &&&str| {
        let paths = [" /mirror/", " /writes/", " /open/", " /local/"];
        !table.starts_with("exception]]") && !paths.iter().any(|path| table.contains(path))
    };
    let kept: Vec<&str> = tables.iter().filter(is_kept).copied().collect();
    format!("{first}[[case]]{}", kept.join("\n[["))
}

/// The name of the policy for a path, as the application has it.
fn site(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("public") => "public",
        Some("rules") => "rules",
        _ => "api",
    }
}

fn hold(gateway: Gateway) {
    let Some(program) = program(gateway) else {
        return;
    };
    let sites = sites();
    let running = gateway.start(&program, "corpus", &sites[..3], *APPLICATION, |_, text| {
        text
    });
    assert!(running.refused.is_empty(), "{:?}", running.refused);
    let corpus = Corpus::parse(&cases());
    for (version, send) in [
        ("HTTP/1.1", send_http1 as fn(_, &Request) -> _),
        ("HTTP/2", send_http2),
    ] {
        let faults = faults_in(&corpus, "", |_, request| {
            let address = running.address(site(&request.path));
            send(address, request).unwrap_or_else(|error| panic!("{version} {request:?}: {error}"))
        });
        let of_case = |fault: &String| fault.split(": ").next().unwrap().to_owned();
        let found: BTreeSet<String> = faults.iter().map(of_case).collect();
        let known: BTreeSet<String> = edges(gateway).iter().map(ToString::to_string).collect();
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
