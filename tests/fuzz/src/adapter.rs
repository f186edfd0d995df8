//! The adapter for the `http` crate against decisions about the same lines.

use std::collections::BTreeMap;

use cors_support::reference_cases::CASES;
use http::header::{HeaderMap, HeaderName, HeaderValue, VARY};
use http::{Method, Request};

use crate::head::{Head, line};

pub fn check(data: &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, application) = data.split_at(end.unwrap_or(data.len()));
    let head = Head::read(head);
    let Ok(method) = Method::from_bytes(&head.method) else {
        return;
    };
    let mut request = Request::new(());
    *request.method_mut() = method;
    // A map cannot contain invalid headers; the decision gets the same lines as the map.
    let (headers, lines) = headers(head.lines.into_iter());
    *request.headers_mut() = headers;
    let head = Head {
        method: head.method,
        lines,
    };
    let application = application.split(|byte| *byte == b'\n').map(line);
    let (application, _) = self::headers(application);
    for case in CASES {
        let decision = case.policy.evaluate(&head.request());
        let answer = case.policy.evaluate_http(&request);
        let status = answer.immediate_status().map(|status| status.as_u16());
        assert_eq!(status, decision.immediate_status());
        let owns_timing = case.rules.iter().any(|rule| rule.timing);
        let mut response = application.clone();
        answer.apply_to(&mut response);
        assert_eq!(
            by_name(&response),
            by_name(&expected(&application, &decision, owns_timing))
        );
        let once = response.clone();
        answer.apply_to(&mut response);
        assert_eq!(by_name(&response), by_name(&once));
    }
}

/// Applies a decision as its documentation describes.
fn expected(
    application: &HeaderMap,
    decision: &cors_runtime::Decision<'_>,
    owns_timing: bool,
) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in application {
        let kind = name.as_str().strip_prefix("access-control-");
        let is_owned = kind.is_some_and(|kind| {
            let names = ["origin", "credentials", "methods", "headers"];
            let mut allow = names.iter().map(|name| format!("allow-{name}"));
            allow.any(|name| name == kind) || ["expose-headers", "max-age"].contains(&kind)
        });
        if !is_owned && !(owns_timing && name == "timing-allow-origin") {
            headers.append(name, value.clone());
        }
    }
    for (name, value) in decision.headers() {
        headers.append(
            name,
            HeaderValue::from_bytes(value).expect("it came in a map"),
        );
    }
    let listed = application.get_all(VARY).iter();
    let listed: Vec<String> = listed
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(|name| {
            String::from_utf8_lossy(name)
                .trim_ascii()
                .to_ascii_lowercase()
        })
        .collect();
    let names = decision
        .vary()
        .into_iter()
        .flat_map(|vary| vary.split(", "));
    let is_missing = |name: &&str| !listed.contains(&name.to_ascii_lowercase());
    let missing: Vec<&str> = names.filter(is_missing).collect();
    if !missing.is_empty() && !listed.contains(&"*".to_owned()) {
        // To the first line: some gateways pass no other on.
        let is_separator = |byte: &u8| matches!(byte, b',' | b' ' | b'\t');
        let first = headers.get(VARY).map(|first| {
            let first = first.as_bytes();
            let end = first.iter().rposition(|byte| !is_separator(byte));
            &first[..end.map_or(0, |end| end + 1)]
        });
        let lines: Vec<&[u8]> = first
            .into_iter()
            .filter(|first| !first.is_empty())
            .chain(missing.iter().map(|name| name.as_bytes()))
            .collect();
        let line = HeaderValue::from_bytes(&lines.join(&b", "[..])).expect("it is of values");
        match headers.get_mut(VARY) {
            Some(first) => *first = line,
            None => {
                headers.insert(VARY, line);
            }
        }
    }
    headers
}

/// Lines that a map can hold, as a map and as they are.
fn headers(lines: impl Iterator<Item = (String, Vec<u8>)>) -> (HeaderMap, Vec<(String, Vec<u8>)>) {
    let mut headers = HeaderMap::new();
    let mut kept = Vec::new();
    for (name, value) in lines {
        let header = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(header), Ok(line)) = (header, HeaderValue::from_bytes(&value)) {
            headers.append(header, line);
            kept.push((name, value));
        }
    }
    (headers, kept)
}

/// Names may come in any order, the lines of one may not.
fn by_name(headers: &HeaderMap) -> BTreeMap<&str, Vec<&[u8]>> {
    let mut sorted: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    for (name, value) in headers {
        sorted
            .entry(name.as_str())
            .or_default()
            .push(value.as_bytes());
    }
    sorted
}
