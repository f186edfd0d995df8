//! The corpus, without a server: the reference, `evaluate`, the adapter for the `http` crate, and
//! `explain`.

mod reference;

use conformance::{Corpus, Request, Response, SERVER, hold};
use example_app::policy_for;
use http::{HeaderName, HeaderValue};
use reference::{application, enforce};

/// Returns the parts of a request that matter for CORS.
fn cors(request: &Request) -> cors_runtime::CorsRequest<'_> {
    let lines = request.headers.iter();
    lines.fold(
        cors_runtime::CorsRequest::new(request.method.as_bytes()),
        |cors, (name, value)| cors.with_header(name.as_bytes(), value),
    )
}

#[test]
fn the_reference_holds() {
    hold("", |_, request| Some(reference::answer(request)));
}

/// Follows the documentation of `Decision`.
#[test]
fn evaluate_holds() {
    hold("", |_, request| {
        let decision = policy_for(&request.path).evaluate(&cors(request));
        let headers = decision
            .headers()
            .map(|(name, value)| (name.to_owned(), value.to_vec()));
        let status = decision.immediate_status();
        Some(enforce(request, status, headers, decision.vary()))
    });
}

#[test]
fn the_http_adapter_holds() {
    hold("", |_, request| {
        let mut http = http::Request::builder().method(request.method.as_str());
        for (name, value) in &request.headers {
            http = http.header(name.as_str(), value.as_slice());
        }
        let answer = policy_for(&request.path).evaluate_http(&http.body(()).unwrap());
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
        Some(Response {
            status,
            headers: headers
                .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
                .collect(),
            body,
        })
    });
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
