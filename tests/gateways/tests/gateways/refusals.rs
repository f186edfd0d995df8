//! `on_denied` and `allow_hosts`: authorities that the corpus does not have, and mistakes made on
//! purpose.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use conformance::{Corpus, Request, faults_in, send_http1, send_http2};
use cors_gateways::{Client, Gateway, Running, Site, sites};

use crate::corpus::{ask, cases};
use crate::{APPLICATION, program};

fn guarded() -> Vec<Site> {
    let is_guarded = |site: &Site| ["writes", "open", "local"].contains(&site.name);
    sites().into_iter().filter(is_guarded).collect()
}

fn get(path: &str, headers: &[(&str, &str)]) -> Request {
    let headers = headers.iter();
    Request {
        method: "GET".to_owned(),
        path: path.to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: Vec::new(),
    }
}

/// A browser cannot send these requests. But a gateway must not decide by one authority while the
/// application uses another.
fn hold(gateway: Gateway) {
    let Some(program) = program(gateway) else {
        return;
    };
    let running = gateway.start(&program, "refusals", &guarded(), *APPLICATION, |_, text| {
        text
    });
    let address = running.address("local");
    let status = |request: &Request| {
        let response = Client::new(address).send(request);
        response
            .unwrap_or_else(|error| panic!("{gateway:?} {request:?}: {error}"))
            .status
    };
    let own = get("/local/plain", &[("host", "localhost:3000")]);
    assert_eq!(status(&own), 200);
    // An absolute URL in the request line overrides `Host`.
    let foreign = get(
        "http://attacker.example/local/plain",
        &[("host", "localhost:3000")],
    );
    assert!([400, 421].contains(&status(&foreign)), "{gateway:?}");
    let own = get(
        "http://localhost:3000/local/plain",
        &[("host", "localhost:3000")],
    );
    // The application does not know the form.
    assert!([200, 404].contains(&status(&own)), "{gateway:?}");
    // Several are not valid, and neither is none.
    let both = [("host", "localhost:3000"), ("host", "attacker.example")];
    assert!(
        [400, 421].contains(&status(&get("/local/plain", &both))),
        "{gateway:?}"
    );
    let same = [("host", "localhost:3000"), ("host", "localhost:3000")];
    assert!([200, 400, 421].contains(&status(&get("/local/plain", &same))));
    let empty = get("/local/plain", &[("host", "")]);
    assert!([400, 421].contains(&status(&empty)), "{gateway:?}");
    // In HTTP/2, `:authority` overrides `Host`: the first line here is the authority.
    for (authority, host, expected) in [
        ("attacker.example", "localhost:3000", &[400, 421][..]),
        ("localhost:3000", "attacker.example", &[200, 400, 421]),
        ("localhost:3000", "localhost:3000", &[200]),
    ] {
        let request = get("/local/plain", &[("host", authority), ("host", host)]);
        let response = send_http2(address, &request);
        let status = response.unwrap().map_or(400, |response| response.status);
        assert!(
            expected.contains(&status),
            "{gateway:?} {authority} {host}: {status}"
        );
    }
}

crate::for_each_gateway!(hold);

/// The corpus finds mistakes.
#[test]
fn mistakes_are_found() {
    for (gateway, from, to) in [
        (
            Gateway::HaProxy,
            "same-origin none",
            "same-origin none same-site",
        ),
        (
            Gateway::HaProxy,
            "_handshake req.fhdr(upgrade)",
            "_handshake req.fhdr(x)",
        ),
        (Gateway::HaProxy, "req.fhdr(host),lower", "req.fhdr(host)"),
        (
            Gateway::HaProxy,
            "unless { var(txn.cors_local_refused) -m int 0 }",
            "if FALSE",
        ),
        (Gateway::HaProxy, "(:(443|80)?)?\\z'", "\\z'"),
        (Gateway::HaProxy, "_consulted) int(1)", "_consulted) int(0)"),
        (Gateway::Nginx, "\"~*\\A(?=", "\"~\\A(?="),
        (
            Gateway::Nginx,
            "\\A(GET|HEAD|OPTIONS),0\\z",
            "\\A(GET|HEAD|OPTIONS),",
        ),
        (Gateway::Nginx, "\\A(1|0,0|0,1,1\\z)", "\\A(1|0,0|0,1)"),
        (Gateway::Nginx, "\"~\\A1,0,0,1,0\" 403;", ""),
        (
            Gateway::Caddy,
            "(same-origin|none)",
            "(same-origin|none|same-site)",
        ),
        (Gateway::Caddy, ".lowerAscii()", ""),
        (Gateway::Caddy, "(?i)", ""),
        (Gateway::Caddy, "respond @cors_local_refused_421 421", ""),
        (
            Gateway::Apache,
            "[E=CORS_WRITES_TRUSTED:1]",
            "[E=CORS_WRITES_TRUSTED:]",
        ),
        (Gateway::Apache, "[NV,NC]", "[NV]"),
        (Gateway::Apache, "E=!CORS_LOCAL_RULE,", ""),
        (Gateway::Envoy, "authority:match(\"^(.*):80$\")", "nil"),
        (Gateway::Envoy, "if count == 0 then return nil end", ""),
        (Gateway::Envoy, "return rule.handshakes", "return true"),
    ] {
        let Some(program) = program(gateway) else {
            continue;
        };
        let found = catch_unwind(|| {
            let change = |_: &str, text: String| text.replace(from, to);
            let running = gateway.start(
                &program,
                "refusal-mistakes",
                &guarded(),
                *APPLICATION,
                change,
            );
            faults(&running).len()
        });
        let sound = known(gateway);
        assert!(
            found.is_err() || found.unwrap() > sound,
            "{gateway:?}: {from} is {to}"
        );
    }
}

/// The cases with faults of a gateway without mistakes.
fn known(gateway: Gateway) -> usize {
    match gateway {
        Gateway::Nginx | Gateway::Apache | Gateway::Envoy => 1,
        _ => 0,
    }
}

/// The cases with faults.
fn faults(running: &Running) -> BTreeSet<String> {
    let cases = cases();
    let (first, rest) = cases.split_once("[[case]]").unwrap();
    let is_kept = |case: &&str| {
        let paths = [" /writes/", " /open/", " /local/"];
        paths.iter().any(|path| case.contains(path)) || !case.contains("request = ")
    };
    let kept: Vec<&str> = rest.split("\n[[case]]").filter(is_kept).collect();
    let corpus = Corpus::parse(&format!("{first}[[case]]{}", kept.join("\n[[case]]")));
    let faults = faults_in(&corpus, "", |_, request| ask(running, send_http1, request));
    let names = faults.iter().filter_map(|fault| fault.split(": ").next());
    names.map(str::to_owned).collect()
}

/// A WebSocket handshake over HTTP/2, at the gateways that accept it:
/// <https://www.rfc-editor.org/rfc/rfc8441>
#[test]
fn handshakes_over_http2_are_refused() {
    for gateway in [Gateway::HaProxy, Gateway::Envoy, Gateway::Apache] {
        let Some(program) = program(gateway) else {
            continue;
        };
        let test = "handshakes";
        let running = gateway.start(&program, test, &guarded(), *APPLICATION, |_, text| text);
        for (site, origin, refused) in [
            ("writes", "https://app.example.com", None),
            ("writes", "https://evil.example", Some(403)),
            ("writes", "https://shop.example.com", Some(403)),
            ("open", "https://evil.example", Some(403)),
            ("local", "https://app.example.com", Some(421)),
        ] {
            let headers = [
                ("host", "api.example.com"),
                ("origin", origin),
                ("sec-websocket-version", "13"),
            ];
            let request = Request {
                method: "CONNECT".to_owned(),
                ..get(&format!("/{site}/plain"), &headers)
            };
            let response = send_http2(running.address(site), &request);
            let response = response.unwrap_or_else(|error| panic!("{gateway:?}: {error}"));
            let status = response.expect("a response").status;
            match refused {
                Some(refused) => assert_eq!(status, refused, "{gateway:?}, {site}: {origin}"),
                // The application responds with 200, which is not a handshake.
                None => assert!([200, 502].contains(&status), "{gateway:?}: {status}"),
            }
        }
    }
}
