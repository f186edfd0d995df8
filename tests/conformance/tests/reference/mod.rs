//! The reference: the policies of the application read a second time, and laid over its responses.
//! It shares no code with the runtime.

use conformance::{Request, Response};
use cors_support::reference_policy::{
    Case, EMPTY_RULE, MIRROR, NO_REFUSALS, ReferenceRefusals, ReferenceRule,
};
use example_app::{policy_for, route};

const APP: &[&str] = &["https://app.example.com"];

/// Returns the rules of the policies, by path.
fn rules(path: &str) -> &'static [ReferenceRule] {
    if path.starts_with("/public/") {
        &[ReferenceRule {
            origins: &["*"],
            methods: "GET",
            exposed: "etag",
            ..EMPTY_RULE
        }]
    } else if path.starts_with("/mirror/") {
        &[ReferenceRule {
            origins: APP,
            credentials: true,
            methods: MIRROR,
            headers: MIRROR,
            ..EMPTY_RULE
        }]
    } else if path.starts_with("/rules/") {
        &[
            ReferenceRule {
                origins: APP,
                credentials: true,
                methods: "GET, PUT",
                ..EMPTY_RULE
            },
            ReferenceRule {
                origins: &["*"],
                methods: "GET",
                ..EMPTY_RULE
            },
        ]
    } else if path.starts_with("/writes/") || path.starts_with("/local/") {
        &[ReferenceRule {
            origins: APP,
            methods: "GET, PUT",
            timing: true,
            ..EMPTY_RULE
        }]
    } else if path.starts_with("/open/") {
        &[ReferenceRule {
            origins: &["*"],
            methods: "GET, PUT",
            ..EMPTY_RULE
        }]
    } else {
        &[ReferenceRule {
            origins: &[
                "https://app.example.com",
                "https://*.preview.example.com",
                "http://localhost:*",
            ],
            credentials: true,
            methods: "GET, PUT, DELETE, PURGE",
            headers: "authorization, content-type",
            exposed: "etag, x-request-id",
            max_age: "7200",
            ..EMPTY_RULE
        }]
    }
}

/// Returns the requests that the policies refuse, by path.
fn refusals(path: &str) -> ReferenceRefusals {
    if path.starts_with("/writes/") || path.starts_with("/open/") {
        ReferenceRefusals {
            writes: true,
            ..NO_REFUSALS
        }
    } else if path.starts_with("/local/") {
        ReferenceRefusals {
            writes: true,
            reads: true,
            hosts: &["localhost:*", "127.0.0.1:*", "*.api.example.com"],
        }
    } else {
        NO_REFUSALS
    }
}

/// The response to a request.
pub(crate) fn answer(request: &Request) -> Response {
    let case = Case {
        policy: policy_for(&request.path),
        rules: rules(&request.path),
        preflight_status: 204,
        refusals: refusals(&request.path),
    };
    let said = case.expected(request.method.as_bytes(), &request.headers);
    enforce(request, said.status, said.headers, said.vary.as_deref())
}

/// Applies a decision to the response of the application, following the documentation of
/// `Decision`. `status` is that of the response to a preflight.
fn enforce(
    request: &Request,
    status: Option<u16>,
    decided: impl IntoIterator<Item = (String, Vec<u8>)>,
    vary: Option<&str>,
) -> Response {
    let mut response = match status {
        Some(status) => Response {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        },
        None => application(request),
    };
    let headers = &mut response.headers;
    // The application has no timings of its own.
    headers.retain(|(name, _)| !name.starts_with("access-control-"));
    headers.extend(decided);
    for name in vary.into_iter().flat_map(|names| names.split(", ")) {
        let lists = |line: &[u8]| {
            let line = String::from_utf8_lossy(line).to_lowercase();
            let mut members = line.split(',').map(str::trim);
            members.any(|member| member == "*" || member == name.to_lowercase())
        };
        let mut lines = headers.iter().filter(|(header, _)| header == "vary");
        if !lines.any(|(_, line)| lists(line)) {
            headers.push(("vary".to_owned(), name.into()));
        }
    }
    response
}

/// Returns the response of the application, without a policy.
pub(crate) fn application(request: &Request) -> Response {
    let is_authorized = request
        .headers
        .iter()
        .any(|(name, _)| name == "Authorization");
    let reply = route(&request.method, &request.path, is_authorized);
    let headers = reply.headers.iter();
    Response {
        status: reply.status,
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: match request.method.as_str() {
            "HEAD" => Vec::new(),
            _ => reply.body.into(),
        },
    }
}
