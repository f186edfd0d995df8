//! The consequences of mistakes in a browser. The corpus describes the right ones for each row, so
//! it detects mistakes that a row shares.

use conformance::{Corpus, Request, Response, faults, faults_in};

use crate::reference::{answer as right, application};
use crate::{ALLOW_ORIGIN, CREDENTIALS, add, has, is_preflight, remove};

/// Returns the faults in one case, if correct responses are changed like this.
fn said(change: impl Fn(&Request, &mut Response), case: &str) -> Vec<String> {
    let broken = |request: &Request| {
        let mut response = right(request);
        change(request, &mut response);
        response
    };
    of_case(faults("", |_, request| Some(broken(request))), case)
}

fn of_case(faults: Vec<String>, case: &str) -> Vec<String> {
    let of_case = |fault: String| Some(fault.strip_prefix(case)?.strip_prefix(": ")?.to_owned());
    faults.into_iter().filter_map(of_case).collect()
}

/// Of those, what the browser does.
#[track_caller]
fn consequence(change: impl Fn(&Request, &mut Response), case: &str) -> String {
    let faults = said(change, case);
    let mut consequences = faults
        .iter()
        .filter(|fault| fault.starts_with("a page of "));
    match (consequences.next(), consequences.next()) {
        (Some(consequence), None) => consequence.clone(),
        _ => panic!("{faults:#?}"),
    }
}

/// Allows every origin.
fn mirrored(request: &Request, response: &mut Response) {
    for (name, value) in &request.headers {
        if name == "Origin" {
            remove(response, ALLOW_ORIGIN);
            remove(response, CREDENTIALS);
            add(response, ALLOW_ORIGIN, value);
            add(response, CREDENTIALS, b"true");
        }
    }
}

#[test]
fn responses_that_should_not_be_readable() {
    assert_eq!(
        consequence(mirrored, "an origin that begins like an allowed one"),
        "a page of https://app.example.com.evil.example: the browser lets the script read the \
         response; expected is that it keeps the response from the script",
    );
    assert_eq!(
        consequence(mirrored, "public: the origin null"),
        "a page of null: the browser lets the script read the response; expected is that it lets \
         the script read the response, unless it sends credentials",
    );
    let exposing = |_: &Request, response: &mut Response| {
        add(response, "access-control-expose-headers", b"x-secret");
    };
    assert_eq!(
        consequence(exposing, "headers that are exposed, and others"),
        "a page of https://app.example.com: the browser lets the script read the response with \
         [\"etag\", \"x-request-id\", \"x-secret\"], not [\"etag\", \"x-request-id\"]",
    );
}

#[test]
fn responses_that_should_be_readable() {
    let star = |_: &Request, response: &mut Response| {
        remove(response, ALLOW_ORIGIN);
        add(response, ALLOW_ORIGIN, b"*");
    };
    assert_eq!(
        consequence(star, "an allowed origin"),
        "a page of https://app.example.com: the browser lets the script read the response, unless \
         it sends credentials (the response has `Access-Control-Allow-Origin: *`, which is not the \
         page's origin); expected is that it lets the script read the response",
    );
    let twice = |_: &Request, response: &mut Response| {
        add(response, ALLOW_ORIGIN, b"https://app.example.com");
    };
    assert_eq!(
        consequence(twice, "a redirect"),
        "a page of https://app.example.com: the browser keeps the response from the script (the \
         response has `Access-Control-Allow-Origin: https://app.example.com, \
         https://app.example.com`, which is not the page's origin); expected is that it follows the \
         redirect",
    );
    let no_errors = |_: &Request, response: &mut Response| {
        if response.status >= 400 {
            response.headers.clear();
        }
    };
    assert_eq!(
        consequence(no_errors, "authentication that fails"),
        "a page of https://app.example.com: the browser keeps the response from the script (the \
         response has no `Access-Control-Allow-Origin`); expected is that it lets the script read \
         the response",
    );
}

#[test]
fn consequences_of_preflights() {
    let as_asked = |request: &Request, response: &mut Response| {
        for (name, value) in &request.headers {
            if is_preflight(request) && name == "Access-Control-Request-Method" {
                add(response, "access-control-allow-methods", value);
            }
        }
    };
    let method = "a preflight for a method that is not allowed gets the whole list";
    assert_eq!(
        consequence(as_asked, method),
        "a page of https://app.example.com: the browser sends the request; expected is that it does \
         not send the request",
    );
    let authenticated = |request: &Request, response: &mut Response| {
        if is_preflight(request) {
            response.status = application(request).status;
        }
    };
    assert_eq!(
        consequence(authenticated, "a preflight needs no authentication"),
        "a page of https://app.example.com: the browser does not send the request (the response to \
         the preflight has status 401, not one from 200 to 299); expected is that it sends the \
         request",
    );
}

/// Faults without a consequence for the script: caches see them, or people.
#[test]
fn mistakes_that_browsers_do_not_notice() {
    let fine = |request: &Request, response: &mut Response| {
        if is_preflight(request) {
            response.status = 204;
        }
    };
    let denied = said(fine, "a preflight of a denied origin");
    assert_eq!(denied, ["status 204, not [403]"]);
    let no_vary = |_: &Request, response: &mut Response| remove(response, "vary");
    assert_eq!(
        said(no_vary, "an allowed origin"),
        ["Vary [], not [\"origin\"]"]
    );
}

/// A mistake of the row itself, which what is tested shares: all headers are as expected.
#[test]
fn mistakes_of_the_corpus() {
    let shared = |from: &str, to: &str, case: &str, change: &dyn Fn(&Request, &mut Response)| {
        let text = Corpus::text();
        assert!(text.contains(from), "{from}");
        let corpus = Corpus::parse(&text.replace(from, to));
        let faults = faults_in(&corpus, "", |_, request| {
            let mut response = right(request);
            change(request, &mut response);
            Some(response)
        });
        of_case(faults, case)
    };
    let allowed = "https://app.example.com\", \"allow-credentials: true\"";
    let faults = shared(
        allowed,
        "https://app.example.com\"",
        "authentication that succeeds",
        &|request, response| {
            if has(request, "Origin") {
                remove(response, CREDENTIALS);
            }
        },
    );
    let unless = "a page of https://app.example.com: the browser lets the script read the response, \
                  unless it sends credentials (the response has no \
                  `Access-Control-Allow-Credentials: true`); expected is that it lets the script \
                  read the response";
    assert_eq!(
        faults,
        [
            unless.to_owned(),
            format!("as the corpus expects it, {unless}")
        ]
    );

    // A row that describes too few or too many consequences.
    let unsaid = shared("browser = \"follows\"\n", "", "a redirect", &|_, _| {});
    assert_eq!(
        unsaid,
        ["a browser sends this: what becomes of the script?"]
    );
    let names = "name = \"no Origin\"\n";
    let needless = format!("{names}browser = \"reads\"\n");
    assert_eq!(
        shared(names, &needless, "no Origin", &|_, _| {}),
        ["no browser sends this, so none makes anything of it"]
    );
}
