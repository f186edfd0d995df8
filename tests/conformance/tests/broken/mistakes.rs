//! Where each mistake shows.

use conformance::{Request, Response};

use crate::reference::{answer as right, application};
use crate::{
    ALLOW_ORIGIN, CREDENTIALS, add, found, found_after, has, is_preflight, remove, with_origin,
};

#[test]
fn origins_that_are_taken_for_allowed_ones() {
    let lower = |origin: &str| origin.to_lowercase();
    let trim = |origin: &str| origin.trim_end_matches('/').to_owned();
    let prefix = |origin: &str| match origin.starts_with("https://app.example.com") {
        true => "https://app.example.com".to_owned(),
        false => origin.to_owned(),
    };
    let suffix = |origin: &str| match origin.ends_with("preview.example.com") {
        true => "https://x.preview.example.com".to_owned(),
        false => origin.to_owned(),
    };
    found(
        |request| right(&with_origin(request, lower)),
        "an allowed origin in capitals",
    );
    found(
        |request| right(&with_origin(request, trim)),
        "an allowed origin with a slash",
    );
    found(
        |request| right(&with_origin(request, prefix)),
        "an origin that begins like an allowed one",
    );
    found(
        |request| right(&with_origin(request, suffix)),
        "an origin that ends like an allowed one",
    );
    let first = |request: &Request| {
        let mut request = request.clone();
        request
            .headers
            .dedup_by(|later, first| later.0 == "Origin" && first.0 == "Origin");
        right(&request)
    };
    found(first, "two Origin lines");
}

#[test]
fn every_origin_is_reflected() {
    let reflect = |request: &Request, response: &mut Response| {
        remove(response, ALLOW_ORIGIN);
        for (_, origin) in request.headers.iter().filter(|(name, _)| name == "Origin") {
            add(response, ALLOW_ORIGIN, origin);
        }
    };
    found_after(reflect, "a denied origin is answered, without CORS headers");
    found_after(reflect, "the origin null");
    found_after(reflect, "public: any origin");
}

#[test]
fn a_star_with_credentials() {
    let star = |_: &Request, response: &mut Response| {
        remove(response, ALLOW_ORIGIN);
        add(response, ALLOW_ORIGIN, b"*");
    };
    found_after(star, "an allowed origin");
}

#[test]
fn credentials_for_the_denied() {
    let always = |_: &Request, response: &mut Response| {
        remove(response, CREDENTIALS);
        add(response, CREDENTIALS, b"true");
    };
    found_after(always, "a denied origin is answered, without CORS headers");
    found_after(always, "a preflight of a denied origin");
}

#[test]
fn two_allowed_origins() {
    let twice = |_: &Request, response: &mut Response| {
        let lines: Vec<_> = response.headers.clone();
        response
            .headers
            .extend(lines.into_iter().filter(|(name, _)| name == ALLOW_ORIGIN));
    };
    found_after(twice, "an allowed origin");
}

#[test]
fn vary_is_forgotten_repeated_or_replaced() {
    let none = |_: &Request, response: &mut Response| remove(response, "vary");
    found_after(none, "an allowed origin");
    found_after(none, "Vary is kept");

    let for_cors_alone = |request: &Request, response: &mut Response| {
        if !has(request, "Origin") {
            remove(response, "vary");
        }
    };
    found_after(for_cors_alone, "no Origin");

    let for_the_allowed = |_: &Request, response: &mut Response| {
        if response.lines(ALLOW_ORIGIN).next().is_none() {
            remove(response, "vary");
        }
    };
    found_after(
        for_the_allowed,
        "a denied origin is answered, without CORS headers",
    );

    let repeated = |_: &Request, response: &mut Response| add(response, "vary", b"origin");
    found_after(repeated, "an allowed origin");
    found_after(repeated, "Vary that lists Origin is left alone");

    let replaced = |_: &Request, response: &mut Response| {
        remove(response, "vary");
        add(response, "vary", b"Origin");
    };
    found_after(replaced, "Vary is kept");
    found_after(replaced, "Vary with a star is left alone");
    found_after(replaced, "public: any origin");
}

#[test]
fn headers_of_the_application_are_left() {
    let left = |request: &Request, response: &mut Response| {
        if request.path == "/own-cors" {
            response.headers.extend(application(request).headers);
        }
    };
    found_after(left, "CORS headers of the application are replaced");
    found_after(
        left,
        "CORS headers of the application are removed for a denied origin",
    );
}

#[test]
fn errors_without_headers() {
    let bare = |request: &Request, response: &mut Response| {
        if response.status >= 300 {
            *response = application(request);
        }
    };
    for case in [
        "a server error",
        "no route",
        "not modified",
        "a redirect",
        "authentication that fails",
    ] {
        found_after(bare, case);
    }
}

#[test]
fn preflights_are_mistaken() {
    let swallowed = |request: &Request| {
        let mut response = right(request);
        if request.method == "OPTIONS" {
            response = Response {
                status: 204,
                headers: vec![],
                body: vec![],
            };
        }
        response
    };
    found(swallowed, "OPTIONS without Origin reaches the application");
    found(
        swallowed,
        "OPTIONS that asks for no method reaches the application",
    );

    let reaches_the_application = |request: &Request, response: &mut Response| {
        if is_preflight(request) {
            response.status = application(request).status;
        }
    };
    found_after(
        reaches_the_application,
        "a preflight needs no authentication",
    );
    found_after(
        reaches_the_application,
        "a preflight to a path without a route",
    );

    let is_fine = |request: &Request, response: &mut Response| {
        if is_preflight(request) {
            response.status = 204;
        }
    };
    found_after(is_fine, "a preflight of a denied origin");

    let for_any_method = |request: &Request| {
        let mut request = request.clone();
        if has(&request, "Access-Control-Request-Method") {
            request.method = "OPTIONS".to_owned();
        }
        right(&request)
    };
    found(
        for_any_method,
        "GET with a requested method is no preflight",
    );
}

#[test]
fn unchecked_mirrored_values() {
    let unchecked = |request: &Request, response: &mut Response| {
        if is_preflight(request) && request.path == "/mirror/plain" {
            remove(response, "access-control-allow-headers");
            for (name, value) in &request.headers {
                if name == "Access-Control-Request-Headers" {
                    add(response, "access-control-allow-headers", value);
                }
            }
        }
    };
    found_after(unchecked, "mirror: what is no token is not sent back");
}
