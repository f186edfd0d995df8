//! Thousands of requests that nobody would write down.

use conformance::Request;
use cors_gateways::{Answer, Client, Gateway, Requests, expected, sites};

use crate::{APPLICATION, program};

/// For each policy.
const REQUESTS: usize = 4000;

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
        let mut client = Client::new(*address);
        let (mut allowed, mut invalid) = (0, 0);
        let requests = Requests::new(0x5eed, site).filter(|it| is_passed_on(gateway, it));
        for request in requests.take(REQUESTS) {
            let expected = expected(site.policy, &request);
            let response = client
                .send(&request)
                .unwrap_or_else(|error| panic!("{}: {request:?}: {error}", site.name));
            let answer = Answer::from(&response);
            // Some hosts and methods are valid for a policy, but not for a gateway.
            if answer.status == 400 && !answer.is_asked {
                invalid += 1;
                continue;
            }
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
        assert!(invalid < REQUESTS / 5, "{}: {invalid}", site.name);
        assert!(
            // Most requests are refused, if hosts are considered.
            (REQUESTS / 60..).contains(&allowed),
            "{}: {allowed}",
            site.name
        );
    }
}

crate::for_each_gateway!(hold);
