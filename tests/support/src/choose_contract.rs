//! What an adapter has to do that gets its policies from a function: over HTTP, the host decides.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use cors_runtime::{CorsRequest, Policy, cors_policy};
use http::{Request, Response};

use crate::net::{self, cors, expected, list};

static TENANT: Policy = cors_policy!(
    allow_origins = ["https://tenant.example"],
    allow_methods = [PUT],
    allow_credentials = true,
    max_age = 60,
);
static PUBLIC: Policy = cors_policy!(allow_origins = Any, expose_headers = ["etag"]);
static UNKNOWN: Policy = cors_policy!(allow_origins = ["https://www.example.com"]);

/// Calls of [`choose`].
static CALLS: AtomicUsize = AtomicUsize::new(0);

const TENANT_HOST: &str = "tenant.api.example";
const PUBLIC_HOST: &str = "public.api.example";

/// The policy of a host.
#[must_use]
pub fn policy_for(host: Option<&str>) -> &'static Policy {
    match host {
        Some(TENANT_HOST) => &TENANT,
        Some(PUBLIC_HOST) => &PUBLIC,
        _ => &UNKNOWN,
    }
}

/// Chooses by host, and is counted. The policy is a value of its own, which lives no longer than the request.
pub fn choose(host: Option<&str>) -> Policy {
    CALLS.fetch_add(1, Ordering::Relaxed);
    policy_for(host).clone()
}

/// A method, a host, further headers; then the CORS headers without their prefix, and `Vary`.
type Exchange = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    (u16, &'static [(&'static str, &'static str)], &'static str),
);

const FROM_TENANT: (&str, &str) = ("origin", "https://tenant.example");
const FROM_WWW: (&str, &str) = ("origin", "https://www.example.com");
const PUT: (&str, &str) = ("access-control-request-method", "PUT");

const EXCHANGES: &[Exchange] = &[
    (
        "GET",
        TENANT_HOST,
        &[FROM_TENANT],
        (
            200,
            &[
                ("allow-origin", "https://tenant.example"),
                ("allow-credentials", "true"),
            ],
            "Origin",
        ),
    ),
    ("GET", TENANT_HOST, &[FROM_WWW], (200, &[], "Origin")),
    ("GET", TENANT_HOST, &[], (200, &[], "Origin")),
    (
        "OPTIONS",
        TENANT_HOST,
        &[FROM_TENANT, PUT],
        (
            204,
            &[
                ("allow-origin", "https://tenant.example"),
                ("allow-credentials", "true"),
                ("allow-methods", "PUT"),
                ("max-age", "60"),
            ],
            "Origin",
        ),
    ),
    (
        "OPTIONS",
        TENANT_HOST,
        &[FROM_WWW, PUT],
        (403, &[], "Origin"),
    ),
    (
        "GET",
        PUBLIC_HOST,
        &[FROM_WWW],
        (
            200,
            &[("allow-origin", "*"), ("expose-headers", "etag")],
            "",
        ),
    ),
    (
        "GET",
        PUBLIC_HOST,
        &[],
        (
            200,
            &[("allow-origin", "*"), ("expose-headers", "etag")],
            "",
        ),
    ),
    (
        "GET",
        "elsewhere.example",
        &[FROM_TENANT],
        (200, &[], "Origin"),
    ),
    (
        "GET",
        "elsewhere.example",
        &[FROM_WWW],
        (
            200,
            &[("allow-origin", "https://www.example.com")],
            "Origin",
        ),
    ),
    (
        "OPTIONS",
        "elsewhere.example",
        &[FROM_TENANT, PUT],
        (403, &[], "Origin"),
    ),
];

fn send(
    address: SocketAddr,
    method: &str,
    host: &str,
    headers: &[(&str, &str)],
) -> Response<String> {
    let request = Request::builder()
        .method(method)
        .uri(format!("http://{address}/"))
        .header("host", host);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    net::send(request.body(()).unwrap())
}

/// `address` serves `/` with status 200, enforces what [`choose`] returns for the `Host` of a request, and
/// explains that in `x-cors-explanation`.
///
/// `calls` is the number of times that [`choose`] is called for a request, by one test at a time; `None` for a
/// function that is not counted.
pub fn each_host_has_its_policy(address: SocketAddr, calls: Option<usize>) {
    for (method, host, headers, (status, sent, vary)) in EXCHANGES {
        let before = CALLS.load(Ordering::Relaxed);
        let response = send(address, method, host, headers);
        let context = format!("{method} {host} {headers:?}");
        assert_eq!(response.status(), *status, "{context}");
        assert_eq!(cors(response.headers()), expected(sent), "{context}");
        assert_eq!(
            list(response.headers(), "vary").join(", "),
            *vary,
            "{context}"
        );
        let after = CALLS.load(Ordering::Relaxed);
        if let Some(calls) = calls {
            assert_eq!(after - before, calls, "{context}");
        }

        let request = CorsRequest::new(*method).with_headers(headers.iter().copied());
        let explanation = policy_for(Some(host)).explain(&request).to_string();
        assert_eq!(
            response.headers()["x-cors-explanation"],
            explanation,
            "{context}"
        );
    }
}

/// The explanation of a request from `https://www.example.com` to a host that has a policy of its own, which
/// is what has to be logged about it.
#[must_use]
pub fn reason_for_tenant() -> String {
    let request = CorsRequest::new("GET").with_header(FROM_WWW.0, FROM_WWW.1);
    TENANT.explain(&request).to_string()
}

/// The host and the origin of that request.
pub const DENIED: [(&str, &str); 2] = [("host", TENANT_HOST), FROM_WWW];
