//! The policy itself as a filter of Envoy, predicates included.

use conformance::Request;
use cors_gateways::{Answer, Client, Gateway, Requests, Site, expected};
use example_envoy_filter::API;

use crate::{APPLICATION, program};

const REQUESTS: usize = 4000;

const SITE: Site = Site {
    name: "filter",
    policy: &API,
    origins: &[
        "https://app.example.com",
        "https://a.preview.example.com",
        "https://14.tenants.example",
        "https://15.tenants.example",
        "https://partner.example",
    ],
};

fn request(method: &str, headers: &[(&str, &[u8])]) -> Request {
    let headers = headers.iter();
    Request {
        method: method.to_owned(),
        path: "/plain".to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), value.to_vec()))
            .collect(),
        body: Vec::new(),
    }
}

#[test]
fn the_filter_decides_as_the_policy() {
    let Some(program) = program(Gateway::EnvoyFilter) else {
        return;
    };
    if !Gateway::filter().exists() {
        println!("left out: the filter is not built; .ci/gateways builds it");
        return;
    }
    let running =
        Gateway::EnvoyFilter.start(&program, "wasm", &[SITE], *APPLICATION, |_, text| text);
    let mut client = Client::new(running.address(SITE.name));
    let mut compare = |request: &Request| {
        let response = client
            .send(request)
            .unwrap_or_else(|error| panic!("{request:?}: {error}"));
        let answer = Answer::from(&response);
        assert_eq!(answer, expected(&API, request), "{request:?}");
        !answer.cors.is_empty()
    };
    // Bytes that are not UTF-8 stop a filter that takes strings, and each request after it.
    let allowed = request("GET", &[("origin", b"https://app.example.com")]);
    for name in [
        "origin",
        "x-other",
        "access-control-request-method",
        "access-control-request-headers",
    ] {
        compare(&request("GET", &[(name, b"\xe9")]));
        compare(&request(
            "OPTIONS",
            &[("origin", b"https://app.example.com"), (name, b"\xe9\xff")],
        ));
        assert!(compare(&allowed));
    }
    // The requested names are mirrored, if they are valid.
    for asked in [&b"PURGE"[..], b"a b", b"\xe9"] {
        compare(&request(
            "OPTIONS",
            &[
                ("origin", b"https://partner.example"),
                ("access-control-request-method", asked),
                ("access-control-request-headers", b"x-a, x-b"),
            ],
        ));
    }
    let requests = Requests::new(7, SITE.origins).take(REQUESTS);
    let allowed = requests.filter(|request| compare(request)).count();
    assert!(allowed > REQUESTS / 10, "{allowed}");
    // An application that is not there is answered by Envoy, after the filter.
    let mut dead = request("GET", &[("origin", b"https://14.tenants.example")]);
    dead.path = "/dead".to_owned();
    let response = client.send(&dead).unwrap();
    assert_eq!(response.status, 503);
    let allowed: Vec<String> = response.lines("access-control-allow-origin").collect();
    assert_eq!(allowed, ["https://14.tenants.example"]);
}
