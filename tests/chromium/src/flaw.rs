//! What servers get wrong: each is made on purpose, to be found.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS as HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS as METHODS, ACCESS_CONTROL_ALLOW_ORIGIN as ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSE, ACCESS_CONTROL_MAX_AGE as MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD as REQUEST_METHOD, LOCATION, ORIGIN, VARY,
};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};

use crate::answer::Answer;

/// A mistake of a server.
#[derive(Debug)]
pub struct Flaw {
    /// What it is, as a segment of a path.
    pub name: &'static str,
    /// The case that shows it.
    pub shown_by: &'static str,
    /// What is done to a request before the policy is asked.
    pub(crate) ask: fn(&mut Request<()>),
    /// What is done to what it says, given the request as it was.
    pub(crate) answer: fn(&Request<()>, &mut Answer),
}

/// None: what the policy says goes.
const SOUND: Flaw = Flaw {
    name: "sound",
    shown_by: "",
    ask: |_| {},
    answer: |_, _| {},
};

const TRUSTED: &str = "https://app.example.com";

/// All of them.
pub const FLAWS: &[Flaw] = &[
    // Whom it takes for somebody who is trusted.
    Flaw {
        name: "trusts-everybody",
        shown_by: "a foreign site, with credentials",
        ask: |request| take_for_trusted(request, |_| true),
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-suffixes",
        shown_by: "a domain that ends alike",
        ask: |request| take_for_trusted(request, |origin| origin.ends_with("example.com")),
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-prefixes",
        shown_by: "a domain that starts alike",
        ask: |request| take_for_trusted(request, |origin| origin.starts_with(TRUSTED)),
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-any-byte-for-a-dot",
        shown_by: "a domain with another byte for a dot",
        ask: |request| take_for_trusted(request, |origin| origin == "https://appxexample.com"),
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-any-scheme",
        shown_by: "the same host in plain text",
        ask: |request| take_for_trusted(request, |origin| origin == "http://app.example.com"),
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-any-port",
        shown_by: "the same host on another port",
        ask: |request| {
            let is_trusted = |origin: &str| origin.starts_with("https://app.example.com:");
            take_for_trusted(request, is_trusted);
        },
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-deeper-labels",
        shown_by: "a part of a label does not reach over a dot",
        ask: |request| {
            take_for_trusted(request, |origin| origin.ends_with(".stage.example.com"));
        },
        answer: name_the_origin,
    },
    Flaw {
        name: "trusts-null",
        shown_by: "a sandboxed frame of a trusted page",
        ask: |request| take_for_trusted(request, |origin| origin == "null"),
        answer: name_the_origin,
    },
    // How it names the origin.
    Flaw {
        name: "any-origin-with-credentials",
        shown_by: "with credentials",
        answer: |_, answer| replace(answer, &ALLOW_ORIGIN, "*"),
        ..SOUND
    },
    Flaw {
        name: "origin-with-a-slash",
        shown_by: "a simple request",
        answer: |_, answer| replace(answer, &ALLOW_ORIGIN, "https://app.example.com/"),
        ..SOUND
    },
    Flaw {
        name: "origin-without-a-scheme",
        shown_by: "a simple request",
        answer: |_, answer| replace(answer, &ALLOW_ORIGIN, "app.example.com"),
        ..SOUND
    },
    Flaw {
        name: "origin-in-upper-case",
        shown_by: "a simple request",
        answer: |_, answer| replace(answer, &ALLOW_ORIGIN, "https://APP.example.com"),
        ..SOUND
    },
    Flaw {
        name: "two-origins-in-a-line",
        shown_by: "a simple request",
        answer: |_, answer| {
            let both = "https://app.example.com, https://admin.example.com";
            replace(answer, &ALLOW_ORIGIN, both);
        },
        ..SOUND
    },
    Flaw {
        name: "origin-twice",
        shown_by: "a simple request",
        answer: |_, answer| {
            if let Some(origin) = answer.headers().get(ALLOW_ORIGIN).cloned() {
                answer.headers_mut().append(ALLOW_ORIGIN, origin);
            }
        },
        ..SOUND
    },
    Flaw {
        name: "pattern-for-an-origin",
        shown_by: "a simple request",
        answer: |_, answer| replace(answer, &ALLOW_ORIGIN, "https://*.example.com"),
        ..SOUND
    },
    Flaw {
        name: "origin-of-the-application",
        shown_by: "an application with CORS headers of its own is denied to others",
        answer: |asked, answer| {
            if asked.uri().path().ends_with("/own") {
                set(answer, &ALLOW_ORIGIN, "*");
            }
        },
        ..SOUND
    },
    // Credentials.
    Flaw {
        name: "credentials-forgotten",
        shown_by: "with credentials",
        answer: |_, answer| remove(answer, &[CREDENTIALS]),
        ..SOUND
    },
    Flaw {
        name: "credentials-in-upper-case",
        shown_by: "with credentials",
        answer: |_, answer| replace(answer, &CREDENTIALS, "True"),
        ..SOUND
    },
    // Preflights.
    Flaw {
        name: "preflight-forbidden",
        shown_by: "a method that needs permission",
        answer: |asked, answer| on_preflight(asked, answer, StatusCode::FORBIDDEN),
        ..SOUND
    },
    Flaw {
        name: "preflight-not-found",
        shown_by: "a method that needs permission",
        answer: |asked, answer| on_preflight(asked, answer, StatusCode::NOT_FOUND),
        ..SOUND
    },
    Flaw {
        name: "preflight-redirected",
        shown_by: "a method that needs permission",
        answer: |asked, answer| {
            if is_preflight(asked) {
                *answer.status_mut() = StatusCode::TEMPORARY_REDIRECT;
                set(answer, &LOCATION, "plain");
            }
        },
        ..SOUND
    },
    Flaw {
        name: "preflight-without-headers",
        shown_by: "a method that needs permission",
        answer: |asked, answer| {
            if is_preflight(asked) {
                answer.headers_mut().clear();
            }
        },
        ..SOUND
    },
    Flaw {
        name: "options-swallowed",
        shown_by: "the method OPTIONS",
        answer: |asked, answer| {
            if asked.method() == Method::OPTIONS && !is_preflight(asked) {
                *answer.status_mut() = StatusCode::NO_CONTENT;
                *answer.body_mut() = Default::default();
            }
        },
        ..SOUND
    },
    Flaw {
        name: "methods-forgotten",
        shown_by: "a method that needs permission",
        answer: |_, answer| remove(answer, &[METHODS]),
        ..SOUND
    },
    Flaw {
        name: "methods-in-lower-case",
        shown_by: "a method that needs permission",
        answer: |_, answer| replace(answer, &METHODS, "put,delete,patch,options"),
        ..SOUND
    },
    Flaw {
        name: "methods-in-any-case",
        shown_by: "a method that is not mended",
        answer: |_, answer| replace(answer, &METHODS, "PUT,DELETE,PATCH,patch,OPTIONS,PURGE"),
        ..SOUND
    },
    Flaw {
        name: "methods-with-semicolons",
        shown_by: "a method that needs permission",
        answer: |_, answer| replace(answer, &METHODS, "PUT; DELETE"),
        ..SOUND
    },
    Flaw {
        name: "methods-one-at-a-time",
        shown_by: "permission for one method is permission for all that are listed",
        answer: |asked, answer| {
            let method = asked.headers().get(REQUEST_METHOD);
            if let (Some(method), true) = (method, answer.headers().contains_key(METHODS)) {
                answer.headers_mut().insert(METHODS, method.clone());
            }
        },
        ..SOUND
    },
    Flaw {
        name: "headers-forgotten",
        shown_by: "a header that needs permission",
        answer: |_, answer| remove(answer, &[HEADERS]),
        ..SOUND
    },
    Flaw {
        name: "headers-but-the-last",
        shown_by: "several headers that need permission",
        answer: |_, answer| replace(answer, &HEADERS, "authorization,content-type"),
        ..SOUND
    },
    Flaw {
        name: "any-header-with-authorization",
        shown_by: "a signed request",
        answer: |_, answer| replace(answer, &HEADERS, "*"),
        ..SOUND
    },
    Flaw {
        name: "any-header-with-credentials",
        shown_by: "a header that needs permission, with credentials",
        answer: |_, answer| replace(answer, &HEADERS, "*"),
        ..SOUND
    },
    Flaw {
        name: "age-forgotten",
        shown_by: "a preflight is kept as long as the policy says",
        answer: |_, answer| remove(answer, &[MAX_AGE]),
        ..SOUND
    },
    Flaw {
        name: "age-in-words",
        shown_by: "a preflight is kept as long as the policy says",
        answer: |_, answer| replace(answer, &MAX_AGE, "10m"),
        ..SOUND
    },
    Flaw {
        name: "age-of-a-day",
        shown_by: "a preflight is kept for a second",
        answer: |_, answer| replace(answer, &MAX_AGE, "86400"),
        ..SOUND
    },
    // Which responses have headers, and which.
    Flaw {
        name: "headers-on-preflights-only",
        shown_by: "a method that needs permission",
        answer: |asked, answer| {
            if !is_preflight(asked) {
                without_cors(answer);
            }
        },
        ..SOUND
    },
    Flaw {
        name: "no-headers-on-errors",
        shown_by: "an error",
        answer: |_, answer| {
            if answer.status().as_u16() >= 400 {
                without_cors(answer);
            }
        },
        ..SOUND
    },
    Flaw {
        name: "no-headers-on-redirects",
        shown_by: "a redirect to the same origin",
        answer: |_, answer| {
            if answer.status().is_redirection() {
                without_cors(answer);
            }
        },
        ..SOUND
    },
    Flaw {
        name: "no-headers-on-304",
        shown_by: "what another page validates again",
        answer: |_, answer| {
            if answer.status() == StatusCode::NOT_MODIFIED {
                without_cors(answer);
            }
        },
        ..SOUND
    },
    Flaw {
        name: "exposes-nothing",
        shown_by: "a simple request",
        answer: |_, answer| remove(answer, &[EXPOSE]),
        ..SOUND
    },
    Flaw {
        name: "exposes-everything",
        shown_by: "a simple request",
        answer: |_, answer| replace(answer, &EXPOSE, "*"),
        ..SOUND
    },
    Flaw {
        name: "exposes-any-with-credentials",
        shown_by: "with credentials",
        answer: |_, answer| replace(answer, &EXPOSE, "*"),
        ..SOUND
    },
    Flaw {
        name: "no-vary",
        shown_by: "what another page has in the cache",
        answer: |_, answer| remove(answer, &[VARY]),
        ..SOUND
    },
];

impl Flaw {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        static NONE: Flaw = SOUND;
        let mut all = FLAWS.iter().chain([&NONE]);
        all.find(|flaw| flaw.name == name)
    }
}

/// Whether a request is one, as the standard has it.
fn is_preflight(request: &Request<()>) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(REQUEST_METHOD)
}

fn take_for_trusted(request: &mut Request<()>, is_taken: impl Fn(&str) -> bool) {
    let origin = request.headers().get(ORIGIN);
    if origin.is_some_and(|origin| origin.to_str().is_ok_and(is_taken)) {
        let trusted = HeaderValue::from_static(TRUSTED);
        request.headers_mut().insert(ORIGIN, trusted);
    }
}

/// Names the origin that was taken for another.
fn name_the_origin(asked: &Request<()>, answer: &mut Answer) {
    if let Some(origin) = asked.headers().get(ORIGIN)
        && answer
            .headers()
            .get(ALLOW_ORIGIN)
            .is_some_and(|named| named != "*")
    {
        answer.headers_mut().insert(ALLOW_ORIGIN, origin.clone());
    }
}

fn on_preflight(asked: &Request<()>, answer: &mut Answer, status: StatusCode) {
    if is_preflight(asked) {
        *answer.status_mut() = status;
    }
}

fn without_cors(answer: &mut Answer) {
    remove(answer, &[ALLOW_ORIGIN, CREDENTIALS, EXPOSE]);
}

fn remove(answer: &mut Answer, names: &[HeaderName]) {
    for name in names {
        answer.headers_mut().remove(name);
    }
}

/// Changes the value of a header that is there.
fn replace(answer: &mut Answer, name: &HeaderName, value: &'static str) {
    if answer.headers().contains_key(name) {
        set(answer, name, value);
    }
}

fn set(answer: &mut Answer, name: &HeaderName, value: &'static str) {
    answer
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
}
