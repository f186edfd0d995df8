//! Checks from the outside, by sending requests, whether a deployed server enforces a policy.

use std::collections::BTreeMap;
use std::fmt;

use cors_runtime::{CorsRequest, Decision, Policy, export};
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

/// Maximum number of differences of a kind that are shown.
const MAX_SHOWN: usize = 5;

/// The differences between a server and a policy.
#[derive(Debug, Default)]
pub struct Report {
    /// How many requests were sent.
    pub requests: usize,
    /// The differences of each kind, in the order in which the kinds are shown.
    differences: BTreeMap<Kind, Vec<String>>,
}

/// The kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Weaker,
    Stronger,
    Headers,
    Preflights,
    Vary,
    Failed,
}

impl Report {
    /// Returns whether the server enforces the policy.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.differences.is_empty()
    }

    fn add(&mut self, kind: Kind, difference: String) {
        let known = self.differences.entry(kind).or_default();
        if !known.contains(&difference) {
            known.push(difference);
        }
    }
}

/// One line for each difference.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for differences in self.differences.values() {
            for difference in differences.iter().take(MAX_SHOWN) {
                writeln!(f, "{difference}")?;
            }
            match differences.len().saturating_sub(MAX_SHOWN) {
                0 => {}
                more => writeln!(f, "and {more} more of this kind")?,
            }
        }
        match self.is_equal() {
            true => write!(
                f,
                "{} requests: all responses match the policy",
                self.requests
            ),
            false => write!(
                f,
                "{} requests: some responses differ from the policy",
                self.requests
            ),
        }
    }
}

/// Sends the server at `url` requests that distinguish `policy` from every similar policy.
///
/// The server should respond to `GET` on this path, with any status. No request changes anything, so `on_denied` is
/// only verified for requests that read. [`verify_with_writes`] verifies the others too.
#[must_use]
pub fn verify(policy: &Policy, url: &str) -> Report {
    let mut server = Server::new(policy, url);
    server.send_reads();
    server.report
}

/// Sends the requests of [`verify`], and `POST`, `PUT`, `PATCH` and `DELETE` requests that `policy` refuses.
///
/// A server that enforces the policy performs none of these writes. A faulty server performs them, so the path should be
/// one where this causes no harm.
#[must_use]
pub fn verify_with_writes(policy: &Policy, url: &str) -> Report {
    let mut server = Server::new(policy, url);
    server.send_reads();
    server.send_refused_writes();
    server.report
}

/// Returns the host and the port of a URL.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    &rest[..end]
}

struct Server<'s> {
    agent: Agent,
    url: &'s str,
    /// The host and the port of the URL.
    host: &'s str,
    policy: &'s Policy,
    report: Report,
}

/// Returns the decision about a request to a host, unless `headers` has another one.
fn decide<'r>(
    policy: &'r Policy,
    method: &'r str,
    host: &'r str,
    headers: &'r [(&'r str, &'r str)],
) -> Decision<'r> {
    let request = CorsRequest::new(method.as_bytes());
    let request = match headers.iter().any(|(name, _)| *name == "host") {
        true => request,
        false => request.with_header("host", host),
    };
    let headers = headers.iter();
    let request = headers.fold(request, |request, (name, value)| {
        request.with_header(name, value)
    });
    policy.evaluate(&request)
}

/// The CORS headers of a decision, sorted.
fn lines(decision: &Decision<'_>) -> Vec<(String, String)> {
    let headers = decision.headers();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let mut lines: Vec<_> = headers
        .map(|(name, value)| (name.to_owned(), text(value)))
        .collect();
    lines.sort();
    lines
}

impl<'s> Server<'s> {
    fn new(policy: &'s Policy, url: &'s str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self {
            agent: config.into(),
            url,
            host: host(url),
            policy,
            report: Report::default(),
        }
    }

    /// Returns one origin for each rule, and one that is denied.
    fn pages<'p>(&self, probes: &'p [String]) -> Vec<&'p str> {
        let mut pages: Vec<(Vec<(String, String)>, &str)> = Vec::new();
        for origin in probes {
            let headers = [
                ("origin", origin.as_str()),
                ("access-control-request-method", "PUT"),
            ];
            let mut sent = lines(&decide(self.policy, "OPTIONS", self.host, &headers));
            sent.retain(|(name, _)| name != "access-control-allow-origin");
            if pages.iter().all(|(known, _)| *known != sent) {
                pages.push((sent, origin));
            }
        }
        pages.into_iter().map(|(_, origin)| origin).collect()
    }

    /// Sends requests that change nothing.
    fn send_reads(&mut self) {
        let probes = export::probes(self.policy);
        for origin in &probes {
            self.compare("GET", &[("origin", origin)]);
        }
        self.compare("GET", &[]);
        // Requests of other pages, links, and a name of another site that leads to the server.
        self.compare("GET", &[("sec-fetch-site", "cross-site")]);
        let navigates = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ];
        self.compare("GET", &navigates);
        self.compare("GET", &[("host", "rebound.example")]);
        for origin in self.pages(&probes) {
            for method in ["GET", "PUT", "PURGE"] {
                let asked = ("access-control-request-method", method);
                self.compare("OPTIONS", &[("origin", origin), asked]);
            }
            let asked = [
                ("origin", origin),
                ("access-control-request-method", "PUT"),
                ("access-control-request-headers", "authorization,x-unknown"),
            ];
            self.compare("OPTIONS", &asked);
            // It is not defined which of several lines counts.
            self.compare(
                "GET",
                &[("origin", origin), ("origin", "https://evil.example")],
            );
            self.compare(
                "GET",
                &[("origin", "https://evil.example"), ("origin", origin)],
            );
        }
    }

    /// Sends writes of each page, and of pages without an `Origin`, as far as the policy refuses them.
    fn send_refused_writes(&mut self) {
        let probes = export::probes(self.policy);
        let pages = self.pages(&probes).into_iter().chain(["null"]);
        let pages = pages.map(|origin| vec![("origin", origin)]);
        let sites = ["cross-site", "same-site"];
        let sites = sites.map(|site| vec![("sec-fetch-site", site)]);
        for headers in pages.chain(sites) {
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                let decision = decide(self.policy, method, self.host, &headers);
                if decision.immediate_status().is_some() {
                    self.compare(method, &headers);
                }
            }
        }
    }

    /// Sends a request, and compares the response with the decision of the policy.
    fn compare(&mut self, method: &str, headers: &[(&str, &str)]) {
        let (policy, host) = (self.policy, self.host);
        let decision = decide(policy, method, host, headers);
        let response = match self.send(method, headers) {
            Ok(response) => response,
            Err(error) => {
                let difference = format!("{method} {headers:?}: no response ({error})");
                return self.report.add(Kind::Failed, difference);
            }
        };
        let origins: Vec<&str> = headers
            .iter()
            .filter_map(|(name, value)| (*name == "origin").then_some(*value))
            .collect();
        let who = match origins.as_slice() {
            [] => match headers {
                [] => "a request without Origin".to_owned(),
                [(name, value), ..] => format!("a request without Origin, with {name}: {value}"),
            },
            [origin] => (*origin).to_owned(),
            origins => format!("a request with the origins {}", origins.join(" and ")),
        };
        let who = match method {
            "GET" | "OPTIONS" => who,
            method => format!("{method} of {who}"),
        };
        let expected = lines(&decision);
        let found = cors_lines(&decision, &response);
        let is_allowed = |lines: &[(String, String)]| {
            let name = "access-control-allow-origin";
            lines.iter().any(|(header, value)| {
                let is_own =
                    value == "*" || origins.contains(&value.as_str()) || origins.is_empty();
                header == name && is_own
            })
        };
        match (is_allowed(&found), is_allowed(&expected)) {
            (true, false) => {
                return self.report.add(
                    Kind::Weaker,
                    format!("{who} is allowed, but the policy denies it"),
                );
            }
            (false, true) => {
                return self.report.add(
                    Kind::Stronger,
                    format!("{who} is denied, but the policy allows it"),
                );
            }
            _ => {}
        }
        self.compare_headers(method, &who, &expected, &found);
        let status = response.status().as_u16();
        if let Some(expected) = decision.immediate_status()
            && expected != status
        {
            let what = match method {
                "OPTIONS" => "a preflight of ",
                _ => "",
            };
            let difference = format!("{what}{who}: the status is {status}, not {expected}");
            self.report.add(Kind::Preflights, difference);
        }
        self.compare_vary(&decision, &response);
    }

    fn compare_headers(
        &mut self,
        method: &str,
        who: &str,
        expected: &[(String, String)],
        found: &[(String, String)],
    ) {
        let kind = match method {
            "OPTIONS" => Kind::Preflights,
            _ => Kind::Headers,
        };
        let what = match method {
            "OPTIONS" => format!("a preflight of {who}"),
            _ => who.to_owned(),
        };
        for (name, value) in expected {
            let values: Vec<&str> = found
                .iter()
                .filter(|(header, _)| header == name)
                .map(|(_, value)| value.as_str())
                .collect();
            match values.as_slice() {
                [single] if single == value => {}
                [] => self.report.add(kind, format!("{what}: {name} is missing")),
                [single] => {
                    let difference = format!("{what}: {name} is `{single}`, not `{value}`");
                    self.report.add(kind, difference);
                }
                several => {
                    let difference = format!("{what}: {name} has {} lines", several.len());
                    self.report.add(kind, difference);
                }
            }
        }
        for (name, value) in found {
            if expected.iter().all(|(header, _)| header != name) {
                let difference =
                    format!("{what}: {name} is `{value}`, but the policy does not send it");
                self.report.add(kind, difference);
            }
        }
    }

    fn compare_vary(&mut self, decision: &Decision<'_>, response: &Response<Body>) {
        let values = response.headers().get_all("vary").iter();
        let lines: Vec<String> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase())
            .collect();
        let listed = |name: &str| {
            let mut members = lines.iter().flat_map(|line| line.split(','));
            members.any(|member| member.trim() == "*" || member.trim().eq_ignore_ascii_case(name))
        };
        for name in decision
            .vary()
            .into_iter()
            .flat_map(|names| names.split(", "))
        {
            if !listed(name) {
                let kind = match decision.immediate_status() {
                    Some(_) => "preflights",
                    None => "responses",
                };
                let difference = format!(
                    "Vary of {kind} does not list {name}, so caches may serve wrong responses"
                );
                self.report.add(Kind::Vary, difference);
            }
        }
    }

    fn send(
        &mut self,
        method: &str,
        headers: &[(&str, &str)],
    ) -> Result<Response<Body>, ureq::Error> {
        self.report.requests += 1;
        let mut request = Request::builder().method(method).uri(self.url);
        if ["POST", "PUT", "PATCH"].contains(&method) {
            // Otherwise, its empty body is chunked.
            request = request.header("content-length", "0");
        }
        let headers = headers.iter();
        let request = headers.fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let mut response = self.agent.run(request.body(())?)?;
        // So that the connection can be used again.
        let _ = response.body_mut().read_to_vec();
        Ok(response)
    }
}

/// The CORS headers of a response, sorted.
fn cors_lines(decision: &Decision<'_>, response: &Response<Body>) -> Vec<(String, String)> {
    let headers = response.headers().iter();
    let cors = headers.filter(|(name, _)| {
        name.as_str().starts_with("access-control-") || decision.owns_header(name.as_str())
    });
    let mut lines: Vec<_> = cors
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    lines.sort();
    lines
}
