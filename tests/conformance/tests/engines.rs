//! The corpus, without a server: the reference, `evaluate`, the adapter for the `http` crate, and
//! `explain`.

mod reference;

use std::collections::HashMap;

use conformance::{Corpus, Request, Response, SERVER, hold};
use cors_runtime::{Policy, PolicyConfig};
use example_app::policy_for;
use http::{HeaderName, HeaderValue};
use reference::application;
use serde::Deserialize;

/// Returns the parts of a request that matter for CORS.
fn cors(request: &Request) -> cors_runtime::CorsRequest<'_> {
    let lines = request.headers.iter().map(|(name, value)| (name, value));
    cors_runtime::CorsRequest::new(request.method.as_bytes()).with_headers(lines)
}

#[test]
fn the_reference_holds() {
    hold("", |_, request| Some(reference::answer(request)));
}

/// Follows the documentation of `Decision`.
#[test]
fn evaluate_holds() {
    hold("", |_, request| {
        Some(evaluate(policy_for(&request.path), request))
    });
}

fn evaluate(policy: &Policy, request: &Request) -> Response {
    let cors = cors(request);
    let decision = policy.evaluate(&cors);
    let mut response = match decision.immediate_status() {
        Some(status) => Response {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        },
        None => application(request),
    };
    let headers = &mut response.headers;
    headers.retain(|(name, _)| !decision.owns_header(name));
    let decided = decision.headers();
    headers.extend(decided.map(|(name, value)| (name.to_owned(), value.to_vec())));
    let vary = headers.iter().filter(|(name, _)| name == "vary");
    let missing: Vec<_> = decision.missing_vary(vary.map(|(_, line)| line)).collect();
    headers.extend(
        missing
            .iter()
            .map(|name| ("vary".to_owned(), (*name).into())),
    );
    response
}

/// The policies of `example-app`, from the file of `examples/configured`.
struct Configured(HashMap<String, Policy>);

impl Configured {
    fn new() -> Self {
        #[derive(Deserialize)]
        struct Config {
            cors: PolicyConfig,
            parts: HashMap<String, PolicyConfig>,
        }
        let text = include_str!("../../../examples/configured/cors.toml");
        let Config { cors, mut parts } = toml::from_str(text).unwrap();
        parts.insert(String::new(), cors);
        let compile = |(part, config)| (part, Policy::from_config(&config).unwrap());
        Self(parts.into_iter().map(compile).collect())
    }

    fn policy_for(&self, path: &str) -> &Policy {
        let part = path.split('/').nth(1).unwrap_or_default();
        self.0.get(part).unwrap_or(&self.0[""])
    }
}

#[test]
fn evaluate_holds_with_policies_from_configuration() {
    let configured = Configured::new();
    assert_eq!(configured.0.len(), 7);
    hold("", |_, request| {
        Some(evaluate(configured.policy_for(&request.path), request))
    });
}

#[test]
fn the_http_adapter_holds_with_policies_from_configuration() {
    let configured = Configured::new();
    hold("", |_, request| {
        Some(evaluate_http(configured.policy_for(&request.path), request))
    });
}

#[test]
fn the_http_adapter_holds() {
    hold("", |_, request| {
        Some(evaluate_http(policy_for(&request.path), request))
    });
}

fn evaluate_http(policy: &Policy, request: &Request) -> Response {
    let mut http = http::Request::builder().method(request.method.as_str());
    for (name, value) in &request.headers {
        http = http.header(name.as_str(), value.as_slice());
    }
    let answer = policy.evaluate_http(&http.body(()).unwrap());
    let (status, mut headers, body) = match answer.immediate_response::<Vec<u8>>() {
        Some(response) => (
            response.status().as_u16(),
            response.headers().clone(),
            Vec::new(),
        ),
        None => {
            let said = application(request);
            let headers = said.headers.iter().map(|(name, value)| {
                let name = HeaderName::try_from(name).unwrap();
                (name, HeaderValue::from_bytes(value).unwrap())
            });
            let mut map = http::HeaderMap::new();
            headers.for_each(|(name, value)| {
                map.append(name, value);
            });
            (said.status, map, said.body)
        }
    };
    answer.apply_to(&mut headers);
    let headers = headers.iter();
    Response {
        status,
        headers: headers
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body,
    }
}

/// Browsers grant what a policy claims to grant, except to pages of the server's own origin, which
/// no policy knows.
#[test]
fn explanations_hold() {
    let corpus = Corpus::read();
    let mut cases = 0;
    for case in corpus.cases().filter(|case| !case.is_for_servers()) {
        let Some(outcome) = case.browser() else {
            continue;
        };
        let request = case.request();
        if request
            .lines("origin")
            .any(|origin| origin == SERVER.as_bytes())
        {
            continue;
        }
        let explanation = policy_for(&request.path).explain(&cors(&request));
        assert_eq!(
            explanation.is_allowed(),
            outcome.is_allowed(),
            "{case:?}: {explanation}"
        );
        cases += 1;
    }
    assert!(cases >= 60, "{cases}");
}
