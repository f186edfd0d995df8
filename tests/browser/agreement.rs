//! Compares what pages can read under a policy with its explanations.

use cors_runtime::testing::{Fetch, Page};
use cors_runtime::{Policy, cors_policy};
use cors_support::property;
use proptest::prelude::*;

use crate::API;

static PUBLIC: Policy = cors_policy!(
    allow_origins = Any,
    allow_methods = Any,
    allow_headers = Any,
    expose_headers = Any,
);

static TRUSTED: Policy = cors_policy!(
    allow_origins = ["https://a.example", "https://*.a.example"],
    allow_methods = [GET, PUT, PATCH],
    allow_headers = ["content-type", "x-one"],
    allow_credentials = true,
);

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://a.example", dangerously_allow(null_origin, "null")],
    allow_methods = MirrorRequest,
    allow_headers = MirrorRequest,
    allow_credentials = true,
);

static RULES: Policy = cors_policy!(
    preflight_status = 200,
    rule(
        allow_origins = ["https://a.example"],
        allow_credentials = true,
        allow_methods = [PUT]
    ),
    rule(
        allow_origins = ["https://*.a.example"],
        allow_headers = ["x-one", "authorization"]
    ),
    rule(
        allow_origins = Any,
        allow_methods = Any,
        allow_headers = [Any, "authorization"]
    ),
);

static BARE: Policy = cors_policy!(allow_origins = ["https://a.example"]);

fn fetches() -> impl Strategy<Value = Fetch> {
    let origins = vec![
        "https://a.example",
        "https://x.a.example",
        "https://x.y.a.example",
        "http://a.example",
        "null",
    ];
    let methods = vec![
        "GET", "post", "PUT", "patch", "PATCH", "DELETE", "options", "*",
    ];
    let header = prop::sample::select(vec![
        ("content-type", "application/json"),
        ("Content-Type", "text/plain"),
        ("X-One", "1"),
        ("x-two", "2"),
        ("Authorization", "x"),
        ("accept", "text/html"),
        ("Range", "bytes=-1"),
        ("*", "1"),
    ]);
    let headers = prop::collection::vec(header, 0..4);
    (
        prop::sample::select(origins),
        prop::sample::select(methods),
        headers,
        any::<[bool; 2]>(),
    )
        .prop_map(
            |(origin, method, headers, [with_credentials, with_upload_listener])| {
                let page = match origin {
                    "null" => Page::opaque(),
                    origin => Page::new(origin),
                };
                let mut fetch = page.fetch(API).method(method);
                for (name, value) in headers {
                    fetch = fetch.header(name, value);
                }
                if with_credentials {
                    fetch = fetch.with_credentials();
                }
                if with_upload_listener {
                    fetch = fetch.with_upload_listener();
                }
                fetch
            },
        )
}

proptest! {
    #![proptest_config(property::cases(10_000))]

    /// A page can read what the policy's own explanations allow, and nothing else; what it sends
    /// with credentials is read only where the response allows them.
    #[test]
    fn browsers_and_explanations_agree(fetch in fetches()) {
        for policy in [&PUBLIC, &TRUSTED, &MIRROR, &RULES, &BARE] {
            let plan = fetch.requests().unwrap();
            let requests = plan.preflight.iter().chain([&plan.request]);
            let is_allowed = requests.clone().all(|request| policy.explain(&request.as_cors_request()).is_allowed());
            let credentials = requests.clone().all(|request| {
                let request = request.as_cors_request();
                let mut headers = policy.evaluate(&request).headers();
                headers.any(|(name, _)| name == "access-control-allow-credentials")
            });
            let sends_credentials = fetch == fetch.clone().with_credentials();
            let outcome = fetch.send_to(policy);
            prop_assert_eq!(outcome.is_ok(), is_allowed && (credentials || !sends_credentials), "{:?} {:?}", fetch, outcome);
        }
    }
}
