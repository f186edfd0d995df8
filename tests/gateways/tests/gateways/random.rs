//! Thousands of requests that nobody would write down.

use conformance::{Request, Response, send_http2};
use cors_gateways::{Answer, Client, Gateway, Requests, Site, expected, sites};

use crate::{APPLICATION, program};

/// For each policy, over HTTP/1.1.
const REQUESTS: usize = 4000;

/// For each policy, over HTTP/2.
const OVER_HTTP2: usize = 500;

/// Whether the gateway only passes on what a policy decides about. Envoy removes an `Upgrade` without
/// `Connection: upgrade`, and knows no other protocol than `websocket`.
fn is_passed_on(gateway: Gateway, request: &Request) -> bool {
    let upgrades = request.lines("upgrade").next().is_some();
    let connects = request.lines("connection").next().is_some();
    gateway != Gateway::Envoy || !upgrades || connects
}

fn hold(gateway: Gateway) {
    let Some(program) = program(gateway) else {
        return;
    };
    let running = gateway.start(&program, "random", &sites(), *APPLICATION, |_, text| text);
    for (site, error) in &running.refused {
        // Any other policy must be exported.
        assert_eq!(
            (gateway, site.name),
            (Gateway::Apache, "status-200"),
            "{error}"
        );
    }
    for (site, address) in &running.sites {
        let requests = Requests::new(0x5eed, site).filter(|it| is_passed_on(gateway, it));
        let mut client = Client::new(*address);
        compare(gateway, site, requests.take(REQUESTS), |request| {
            let response = client.send(request);
            Some(response.unwrap_or_else(|error| panic!("{request:?}: {error}")))
        });
        // Each needs a connection of its own. There are no `Upgrade` headers in HTTP/2.
        let requests = Requests::new(0xfeed, site);
        let requests = requests.filter(|it| it.lines("upgrade").next().is_none());
        compare(gateway, site, requests.take(OVER_HTTP2), |request| {
            // Some hosts are not valid in a URL.
            send_http2(*address, request).unwrap_or_default()
        });
    }
}

/// Compares responses to requests with the decisions of a policy. Some hosts and methods are valid for a
/// policy, but not for a gateway: it responds with 400, or not at all.
fn compare(
    gateway: Gateway,
    site: &Site,
    requests: impl Iterator<Item = Request>,
    mut send: impl FnMut(&Request) -> Option<Response>,
) {
    let (mut allowed, mut invalid, mut all) = (0, 0, 0);
    for request in requests {
        all += 1;
        let expected = expected(site.policy, &request);
        let answer = send(&request).map(|response| Answer::from(&response));
        let is_valid = |answer: &Answer| answer.status != 400 || answer.is_asked;
        let Some(answer) = answer.filter(is_valid) else {
            invalid += 1;
            continue;
        };
        allowed += usize::from(!answer.cors.is_empty());
        let shown: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
            .collect();
        assert_eq!(
            answer, expected,
            "{gateway:?}, {}: {} {} {shown:#?}",
            site.name, request.method, request.path
        );
    }
    assert!(invalid < all / 5, "{}: {invalid}", site.name);
    assert!(
        // Most requests are refused, if hosts are considered.
        (all / 100..).contains(&allowed),
        "{}: {allowed}",
        site.name
    );
}

/// Compares the answers of a program to requests with the expected ones, exactly. `answers` returns both. At
/// least a tenth must be allowed, and a tenth refused.
pub(crate) fn hold_for_all(
    requests: impl Iterator<Item = Request>,
    mut answers: impl FnMut(&Request) -> (Answer, Answer),
) {
    let (mut allowed, mut refused, mut all) = (0, 0, 0);
    for request in requests {
        let (answer, expected) = answers(&request);
        assert_eq!(answer, expected, "{request:?}");
        all += 1;
        allowed += usize::from(!answer.cors.is_empty());
        refused += usize::from(!answer.is_asked);
    }
    assert!(
        allowed > all / 10 && refused > all / 10,
        "{allowed}, {refused}"
    );
}

crate::for_each_gateway!(hold);
