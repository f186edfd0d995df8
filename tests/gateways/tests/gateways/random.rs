//! Thousands of requests that nobody would write down.

use cors_gateways::{Answer, Client, Gateway, Requests, expected, sites};

use crate::{APPLICATION, program};

/// For each policy.
const REQUESTS: usize = 4000;

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
        let mut allowed = 0;
        for request in Requests::new(0x5eed, site.origins).take(REQUESTS) {
            let expected = expected(site.policy, &request);
            let response = client
                .send(&request)
                .unwrap_or_else(|error| panic!("{}: {request:?}: {error}", site.name));
            let answer = Answer::from(&response);
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
        assert!(
            (REQUESTS / 20..).contains(&allowed),
            "{}: {allowed}",
            site.name
        );
    }
}

crate::for_each_gateway!(hold);
