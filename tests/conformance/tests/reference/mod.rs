//! The reference: the four policies as their sources read, and the tables of the README, by maps
//! and strings. It shares no code with the runtime.

#[path = "../../../support/naive.rs"]
mod naive;

use std::collections::HashMap;

use app::route;
use conformance::{Request, Response};

/// A policy, or a rule of one.
#[derive(Clone, Copy)]
struct Trust {
    /// `["*"]` is everybody.
    origins: &'static [&'static str],
    credentials: bool,
    methods: &'static str,
    headers: &'static str,
    exposed: &'static str,
    max_age: &'static str,
}

const NOTHING: Trust = Trust {
    origins: &[],
    credentials: false,
    methods: "",
    headers: "",
    exposed: "",
    max_age: "",
};

fn rules(path: &str) -> Vec<Trust> {
    let app = &["https://app.example.com"];
    if path.starts_with("/public/") {
        let (origins, methods, exposed) = (&["*"], "GET", "etag");
        vec![Trust {
            origins,
            methods,
            exposed,
            ..NOTHING
        }]
    } else if path.starts_with("/mirror/") {
        let (methods, headers) = ("as requested", "as requested");
        vec![Trust {
            origins: app,
            credentials: true,
            methods,
            headers,
            ..NOTHING
        }]
    } else if path.starts_with("/rules/") {
        let trusted = Trust {
            origins: app,
            credentials: true,
            methods: "GET, PUT",
            ..NOTHING
        };
        vec![
            trusted,
            Trust {
                origins: &["*"],
                methods: "GET",
                ..NOTHING
            },
        ]
    } else {
        vec![Trust {
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
        }]
    }
}

/// The response to a request.
pub(crate) fn answer(request: &Request) -> Response {
    let mut lines: HashMap<String, Vec<&[u8]>> = HashMap::new();
    for (name, value) in &request.headers {
        lines.entry(name.to_lowercase()).or_default().push(value);
    }
    let of = |name: &str| lines.get(name).cloned().unwrap_or_default();
    let (origins, asked) = (of("origin"), of("access-control-request-method"));
    let is_preflight = request.method == "OPTIONS" && !origins.is_empty() && !asked.is_empty();
    let rules = rules(&request.path);
    let is_public = rules.len() == 1 && rules[0].origins == ["*"];

    let trust = rules
        .iter()
        .find(|rule| match (rule.origins, origins.as_slice()) {
            (["*"], _) if is_public => true,
            (["*"], [origin]) => origin.contains(&b':') || *origin == b"null",
            (patterns, [origin]) => patterns
                .iter()
                .any(|pattern| naive::accepts(pattern, origin)),
            _ => false,
        });

    let mut vary: Vec<&str> = if is_public { vec![] } else { vec!["Origin"] };
    let mut cors: Vec<(&str, String)> = Vec::new();
    if let Some(trust) = trust {
        let origin = match trust.origins {
            ["*"] => "*".into(),
            _ => String::from_utf8(origins[0].to_vec()).expect("patterns are ASCII"),
        };
        cors.push(("allow-origin", origin));
        if trust.credentials {
            cors.push(("allow-credentials", "true".into()));
        }
        if is_preflight {
            if trust.methods == "as requested" {
                vary.extend([
                    "Access-Control-Request-Method",
                    "Access-Control-Request-Headers",
                ]);
                let asked = asked.iter().filter(|_| asked.len() == 1);
                cors.extend(tokens(asked).map(|method| ("allow-methods", method)));
                let headers = of("access-control-request-headers");
                cors.extend(tokens(headers.iter()).map(|names| ("allow-headers", names)));
            } else {
                cors.push(("allow-methods", trust.methods.into()));
                cors.push(("allow-headers", trust.headers.into()));
                cors.push(("max-age", trust.max_age.into()));
            }
        } else {
            cors.push(("expose-headers", trust.exposed.into()));
        }
    }

    let mut response = match (is_preflight, trust) {
        (true, Some(_)) => Response {
            status: 204,
            headers: vec![],
            body: vec![],
        },
        (true, None) => Response {
            status: 403,
            headers: vec![],
            body: vec![],
        },
        (false, _) => application(request),
    };
    let headers = &mut response.headers;
    headers.retain(|(name, _)| !name.starts_with("access-control-"));
    for (name, value) in cors.into_iter().filter(|(_, value)| !value.is_empty()) {
        headers.push((format!("access-control-{name}"), value.into_bytes()));
    }
    let listed: Vec<String> = headers
        .iter()
        .filter(|(name, _)| name == "vary")
        .flat_map(|(_, line)| {
            let line = String::from_utf8_lossy(line).to_lowercase();
            line.split(',')
                .map(|name| name.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    vary.retain(|name| !listed.contains(&name.to_lowercase()) && !listed.contains(&"*".to_owned()));
    headers.extend(
        vary.into_iter()
            .map(|name| ("vary".to_owned(), name.into())),
    );
    response
}

/// What the application says, without a policy.
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

/// The values that have nothing but tokens, commas and spaces.
fn tokens<'v>(values: impl Iterator<Item = &'v &'v [u8]>) -> impl Iterator<Item = String> {
    let texts = values.map(|value| String::from_utf8_lossy(value).into_owned());
    let all: Vec<String> = texts.collect();
    let is_plain = |text: &String| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-, !#$%&'*+.^_`|~".contains(c))
    };
    let all_are_plain = all.iter().all(is_plain);
    all.into_iter().filter(move |_| all_are_plain)
}
