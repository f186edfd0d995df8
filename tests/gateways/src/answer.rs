//! What of a response a policy decides about.

use std::collections::BTreeSet;

use conformance::{Request, Response};
use cors_runtime::{CorsRequest, Policy};

use crate::application::reply;

/// The parts of a response that a policy decides about, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// All CORS headers, sorted.
    pub cors: Vec<String>,
    /// The members of `Vary`; `*` covers all others.
    pub vary: BTreeSet<String>,
    /// Whether the request reached the application.
    pub is_asked: bool,
}

impl From<&Response> for Answer {
    fn from(response: &Response) -> Self {
        let headers = response.headers.iter();
        let is_cors =
            |name: &str| name.starts_with("access-control-") || name == "timing-allow-origin";
        let cors = headers.filter(|(name, _)| is_cors(name));
        Self::new(
            response.status,
            cors.map(|(name, value)| (name.as_str(), value.as_slice())),
            response.lines("vary"),
            response.lines("x-application").next().is_some(),
        )
    }
}

impl Answer {
    fn new<'n, 'v>(
        status: u16,
        cors: impl Iterator<Item = (&'n str, &'v [u8])>,
        vary: impl Iterator<Item = String>,
        is_asked: bool,
    ) -> Self {
        let mut cors: Vec<String> = cors
            .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
            .collect();
        cors.sort();
        let lines: Vec<String> = vary.collect();
        let members = lines.iter().flat_map(|line| line.split(','));
        let mut vary: BTreeSet<String> = members
            .map(|member| member.trim().to_ascii_lowercase())
            .filter(|member| !member.is_empty())
            .collect();
        if vary.contains("*") {
            vary.retain(|member| member == "*");
        }
        Self {
            status,
            cors,
            vary,
            is_asked,
        }
    }
}

/// Returns the policy's decision about a request to the application.
#[must_use]
pub fn expected(policy: &Policy, request: &Request) -> Answer {
    let lines = request.headers.iter().map(|(name, value)| (name, value));
    let asked = CorsRequest::new(&request.method).with_headers(lines);
    let decision = policy.evaluate(&asked);
    let reply = reply(&request.method, &request.path, false);
    let own = |wanted: &'static str| {
        let lines = reply.headers.iter();
        lines.filter(move |(name, _)| *name == wanted)
    };
    let vary = decision.vary().map(str::to_owned).into_iter();
    if let Some(status) = decision.immediate_status() {
        return Answer::new(status, decision.headers(), vary, false);
    }
    let timing = own("timing-allow-origin").filter(|(name, _)| !decision.owns_header(name));
    let headers = decision.headers();
    let headers = headers.chain(timing.map(|(name, value)| (*name, value.as_bytes())));
    let own_vary = own("vary").map(|(_, value)| (*value).to_owned());
    Answer::new(reply.status, headers, vary.chain(own_vary), true)
}
