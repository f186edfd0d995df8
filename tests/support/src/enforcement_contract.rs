//! What every adapter has to do with one request: decide once, and send back all that was requested.

use std::collections::HashMap;
use std::sync::Mutex;

use cors_runtime::{Origin, Policy, cors_policy};
use tracing::Level;

use crate::recording_subscriber::Noting;

/// A name and a value.
pub type Line = (&'static str, String);

/// A request, and how it is sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its method.
    pub method: &'static str,
    /// The lines of the header, in order.
    pub headers: Vec<Line>,
    /// Whether the adapter sends an explanation, if it can.
    pub is_explained: bool,
}

/// The status and the header lines of a response, with names in lower case.
#[derive(Debug)]
pub struct Received {
    /// The status.
    pub status: u16,
    /// The header lines, in any order.
    pub headers: Vec<(String, String)>,
}

impl Received {
    fn values(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.iter().filter(|(header, _)| header == name);
        lines.map(|(_, value)| &**value).collect()
    }
}

/// The calls of the predicate for each origin.
static CALLS: Mutex<Option<HashMap<String, u32>>> = Mutex::new(None);

/// Accepts some origins the first time, and others from the second time on: so it matters which call decides.
fn is_tenant(origin: &Origin<'_>) -> bool {
    let mut calls = CALLS.lock().unwrap();
    let calls = calls.get_or_insert_default();
    let count = calls.entry(origin.as_str().to_owned()).or_default();
    *count += 1;
    origin.host().starts_with("first-") == (*count == 1)
}

static CONTINUE: Policy = cors_policy!(
    allow_origins = ["https://a.example", predicate(is_tenant)],
    allow_methods = [PUT],
);
static REFUSE_WRITES: Policy = cors_policy!(
    allow_origins = ["https://a.example", predicate(is_tenant)],
    allow_methods = [PUT],
    on_denied = RefuseWrites,
);
static RULES: Policy = cors_policy!(
    rule(allow_origins = ["https://a.example"]),
    rule(
        allow_origins = [predicate(is_tenant)],
        allow_methods = MirrorRequest
    ),
);

const KINDS: &[(&str, Option<&str>)] = &[
    ("GET", None),
    ("PUT", None),
    ("OPTIONS", None),
    ("OPTIONS", Some("PUT")),
];

/// `send` sends a request to an application with a policy.
///
/// # Panics
///
/// If a predicate is called twice, or the response does not follow from its first answer.
pub fn a_predicate_is_called_once(send: impl Fn(&'static Policy, &Sent) -> Received) {
    let mut cases = 0;
    for (policy_name, policy) in [
        ("continue", &CONTINUE),
        ("refuse", &REFUSE_WRITES),
        ("rules", &RULES),
    ] {
        for (method, requested) in KINDS {
            for is_allowed in [true, false] {
                for (is_logged, is_explained) in
                    [(false, false), (true, false), (false, true), (true, true)]
                {
                    cases += 1;
                    let answer = if is_allowed { "first" } else { "later" };
                    // Other tests of the same program have other origins.
                    let origin = format!("https://{answer}-{cases}-{policy_name}.example");
                    let mut headers = vec![
                        ("origin", origin.clone()),
                        ("sec-fetch-site", "cross-site".to_owned()),
                    ];
                    let line = requested
                        .map(|method| ("access-control-request-method", method.to_owned()));
                    headers.extend(line);
                    let sent = Sent {
                        method,
                        headers,
                        is_explained,
                    };
                    let level = if is_logged { Level::DEBUG } else { Level::INFO };
                    let (events, received) = Noting::during(level, || send(policy, &sent));
                    let calls = CALLS.lock().unwrap();
                    let calls = calls.as_ref().and_then(|calls| calls.get(&origin)).copied();
                    let case =
                        format!("{policy_name}, logged: {is_logged}, {sent:?}: {received:?}");
                    assert_eq!(calls, Some(1), "{case}");
                    let allowed = received.values("access-control-allow-origin");
                    let expected: &[&str] = if is_allowed { &[&origin] } else { &[] };
                    assert_eq!(allowed, expected, "{case}");
                    let is_denied_preflight = requested.is_some() && !is_allowed;
                    let is_refused = policy_name == "refuse" && *method == "PUT" && !is_allowed;
                    assert_eq!(
                        received.status == 403,
                        is_denied_preflight || is_refused,
                        "{case}"
                    );
                    assert_eq!(!events.is_empty(), is_logged && !is_allowed, "{case}");
                }
            }
        }
    }
}

static MIRROR: Policy = cors_policy!(
    allow_origins = ["https://a.example"],
    allow_headers = MirrorRequest,
);

/// Lines of `Access-Control-Request-Headers`, and those that are sent back.
type Mirrored = (Vec<String>, Vec<String>);

fn mirrored(max_lines: usize) -> Vec<Mirrored> {
    let lines =
        |lines: &[&str]| -> Vec<String> { lines.iter().map(|line| (*line).to_owned()).collect() };
    let names = |count| -> Vec<String> { (0..count).map(|name| format!("x-{name}")).collect() };
    let same = |lines: Vec<String>| (lines.clone(), lines);
    let nothing = |lines: Vec<String>| (lines, Vec::new());
    let mut cases = vec![
        same(lines(&["x-one, x-two"])),
        same(names(5)),
        same(names(max_lines)),
        // Lines without names change nothing.
        (
            lines(&["x-one", "", " ", ",\t,", "x-two"]),
            lines(&["x-one", "x-two"]),
        ),
        (lines(&["", ",x-one,,x-two,"]), lines(&[",x-one,,x-two,"])),
        nothing(lines(&[""])),
        nothing(lines(&[",,,"])),
        // One wrong name, and the browser rejects the whole list.
        nothing(lines(&["x-one", "x two"])),
        nothing(lines(&["x-one;", "x-two"])),
        // 4096 bytes, with one for the end of each line.
        same(lines(&["x".repeat(4095).as_str()])),
        nothing(lines(&["x".repeat(4096).as_str()])),
        same(lines(&["x".repeat(2047).as_str(); 2])),
        nothing(lines(&["x".repeat(2047).as_str(), "x", &"x".repeat(2047)])),
    ];
    if max_lines > 8 {
        let long = |len: usize| vec!["x".repeat(len); 64];
        cases.extend([same(long(63)), nothing(long(64))]);
    }
    cases
}

/// `send` sends a request to an application with a policy. `max_lines` is the number of lines that
/// one header may have.
///
/// # Panics
///
/// If other lines are sent back than those with names.
pub fn requested_headers_are_sent_back(
    max_lines: usize,
    send: impl Fn(&'static Policy, &Sent) -> Received,
) {
    for (lines, expected) in mirrored(max_lines) {
        let mut headers = vec![
            ("origin", "https://a.example".to_owned()),
            ("access-control-request-method", "GET".to_owned()),
        ];
        let requested = lines.iter().cloned();
        headers.extend(requested.map(|line| ("access-control-request-headers", line)));
        let sent = Sent {
            method: "OPTIONS",
            headers,
            is_explained: true,
        };
        let received = send(&MIRROR, &sent);
        let returned = received.values("access-control-allow-headers");
        let expected: Vec<&str> = expected.iter().map(|line| line.trim()).collect();
        assert_eq!(returned, expected, "{lines:?}");
        assert_eq!(received.status, 204);
        let has_names = |line: &String| line.bytes().any(|byte| !b", \t".contains(&byte));
        let is_denied = expected.is_empty() && lines.iter().any(has_names);
        // The explanation agrees.
        if let [explanation] = received.values("x-cors-explanation")[..] {
            let is_explained = explanation.contains("not ") || explanation.contains("too long");
            assert_eq!(is_explained, is_denied, "{lines:?}: {explanation}");
        }
    }
}
