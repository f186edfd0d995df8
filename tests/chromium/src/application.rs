//! The application behind the policies.

use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, COOKIE, ETAG, EXPIRES, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, PRAGMA, SET_COOKIE, VARY,
};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use http_body_util::Full;

use crate::answer::Answer;

/// The header of all responses of the application, which shows that a request has reached it.
pub(crate) const HANDLED: HeaderName = HeaderName::from_static("x-application");

/// Handles the rest of the path, after the flaw and the policy.
pub(crate) fn application(request: &Request<()>) -> Answer {
    with(handle(request), &[(HANDLED, "1")])
}

fn handle(request: &Request<()>) -> Answer {
    let path = request.uri().path();
    let mut segments = path.splitn(4, '/').skip(1);
    let (flaw, policy) = (segments.next().unwrap_or(""), segments.next().unwrap_or(""));
    let rest = segments.next().unwrap_or("");
    let (what, of) = rest.split_once('/').unwrap_or((rest, ""));
    match what {
        "plain" => plain(request),
        "status" => with_status(request, of),
        // It has CORS headers of its own, which are the policy's to decide.
        "own" => with(
            plain(request),
            &[
                (HeaderName::from_static("access-control-allow-origin"), "*"),
                (
                    HeaderName::from_static("access-control-expose-headers"),
                    "x-secret",
                ),
                (VARY, "accept-encoding"),
            ],
        ),
        "cached" => kept(plain(request), "max-age=600"),
        "validated" => validated(request),
        "cookie" => cookie(request, flaw),
        // `Location` may well not be one that browsers follow.
        "redirect" => redirect(request, flaw, policy, of),
        _ => empty(StatusCode::NOT_FOUND),
    }
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::default();
    *answer.status_mut() = status;
    answer
}

fn with(mut answer: Answer, headers: &[(HeaderName, &'static str)]) -> Answer {
    for (name, value) in headers {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// A response with headers of all sorts. Its body contains the request, and whether there was a
/// cookie.
fn plain(request: &Request<()>) -> Answer {
    let cookie = request.headers().contains_key(COOKIE);
    let said = match request.method() {
        // https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
        &Method::HEAD => String::new(),
        method => format!("{method}{}", if cookie { " with a cookie" } else { "" }),
    };
    with(
        Answer::new(Full::from(said)),
        &[
            (CACHE_CONTROL, "no-store"),
            (CONTENT_LANGUAGE, "en"),
            (CONTENT_TYPE, "text/plain"),
            (ETAG, "\"1\""),
            (EXPIRES, "0"),
            (LAST_MODIFIED, "Thu, 01 Jan 2026 00:00:00 GMT"),
            (PRAGMA, "no-cache"),
            (HeaderName::from_static("x-total"), "7"),
            (HeaderName::from_static("x-secret"), "8"),
        ],
    )
}

/// Adds headers for caches.
fn kept(mut answer: Answer, how: &'static str) -> Answer {
    for name in [EXPIRES, PRAGMA] {
        answer.headers_mut().remove(name);
    }
    with(answer, &[(CACHE_CONTROL, how)])
}

fn with_status(request: &Request<()>, status: &str) -> Answer {
    let status = status.parse().unwrap_or(StatusCode::NOT_FOUND);
    let mut answer = match status {
        // https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT => empty(status),
        _ => plain(request),
    };
    *answer.status_mut() = status;
    answer
}

/// A response with a cookie, which other flaws do not get.
fn cookie(request: &Request<()>, flaw: &str) -> Answer {
    let cookie = format!("session=1; Secure; SameSite=None; Partitioned; Path=/{flaw}/");
    let cookie = HeaderValue::from_str(&cookie).expect("made of what arrived as a target");
    let mut answer = plain(request);
    answer.headers_mut().insert(SET_COOKIE, cookie);
    answer
}

/// A response that must be validated each time, by its `ETag`.
fn validated(request: &Request<()>) -> Answer {
    let answer = kept(plain(request), "no-cache");
    match request.headers().get(IF_NONE_MATCH) {
        Some(tag) if tag == "\"1\"" => {
            let mut not_modified = empty(StatusCode::NOT_MODIFIED);
            *not_modified.headers_mut() = answer.headers().clone();
            not_modified.headers_mut().remove(CONTENT_TYPE);
            not_modified
        }
        _ => answer,
    }
}

/// `<status>/<scheme>/<host>/<path after the flaw>`, or `<status>/<one of some words>`.
fn redirect(request: &Request<()>, flaw: &str, policy: &str, how: &str) -> Answer {
    let (status, to) = how.split_once('/').unwrap_or((how, ""));
    let (kind, rest) = to.split_once('/').unwrap_or((to, ""));
    let query = request.uri().query().unwrap_or("");
    let near = format!("/{flaw}/{policy}/plain?{query}");
    let locations = match kind {
        "nowhere" => vec![],
        "near" => vec![near],
        "relative" => vec![format!("../../plain?{query}")],
        "twice" => vec![near, format!("/{flaw}/{policy}/cached?{query}")],
        "again" => vec![near.clone(), near],
        "loop" => vec![request.uri().to_string()],
        "data" => vec!["data:,x".to_owned()],
        "user" => vec![format!("https://me@api.example.net{near}")],
        scheme => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            vec![format!("{scheme}://{host}/{flaw}/{path}?{query}")]
        }
    };
    let mut answer = plain(request);
    *answer.status_mut() = status.parse().unwrap_or(StatusCode::NOT_FOUND);
    for location in locations {
        let location = HeaderValue::from_str(&location).expect("made of what arrived as a target");
        answer.headers_mut().append(LOCATION, location);
    }
    answer
}
