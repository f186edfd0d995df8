//! The table of `Policy::evaluate`, read a second time.
//!
//! The reading goes from the text of a policy to the lines of a response by the shortest way, and
//! shares no code with the runtime: lists are searched, names are compared, nothing is prepared.

use std::net::Ipv6Addr;

use cors_runtime::{CorsRequest, Decision, Policy, RequestKind};

use crate::reference_matcher;

/// A policy, and its meaning.
pub struct Case {
    /// The compiled policy.
    pub policy: &'static Policy,
    /// Its rules, written down a second time.
    pub rules: &'static [ReferenceRule],
    /// The status of a response to a preflight.
    pub preflight_status: u16,
    /// The requests that it refuses.
    pub refusals: ReferenceRefusals,
}

/// `on_denied` and `allow_hosts`.
#[derive(Clone, Copy)]
pub struct ReferenceRefusals {
    /// `RefuseWrites` or `Refuse`.
    pub writes: bool,
    /// `Refuse`.
    pub reads: bool,
    /// `Any` is none.
    pub hosts: &'static [&'static str],
}

/// Nothing is refused.
pub const NO_REFUSALS: ReferenceRefusals = ReferenceRefusals {
    writes: false,
    reads: false,
    hosts: &[],
};

/// A rule; what is not sent is empty.
#[derive(Clone, Copy)]
pub struct ReferenceRule {
    /// `Any` is `["*"]`.
    pub origins: &'static [&'static str],
    /// `allow_credentials`.
    pub credentials: bool,
    /// The line of `Access-Control-Allow-Methods`.
    pub methods: &'static str,
    /// The line of `Access-Control-Allow-Headers`.
    pub headers: &'static str,
    /// `expose_timing`.
    pub timing: bool,
    /// The line of `Access-Control-Expose-Headers`.
    pub exposed: &'static str,
    /// In seconds.
    pub max_age: &'static str,
}

/// `MirrorRequest`.
pub const MIRROR: &str = "what is asked for";

/// A rule that sends nothing but what every response has.
pub const EMPTY_RULE: ReferenceRule = ReferenceRule {
    origins: &[],
    credentials: false,
    // A response to a preflight always lists some.
    methods: "GET, HEAD, POST",
    headers: "",
    timing: false,
    exposed: "",
    max_age: "",
};

/// Header lines of a request.
pub type Lines = [(String, Vec<u8>)];

/// The relevant parts of a response: its headers by name, and the names in `Vary`.
#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    /// The kind of the request.
    pub kind: RequestKind,
    /// The status of a response to a preflight.
    pub status: Option<u16>,
    /// Names in lower case, sorted.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The members of `Vary`.
    pub vary: Option<String>,
}

impl Case {
    /// Returns the expected response to a request.
    pub fn expected(&self, method: &[u8], lines: &Lines) -> Response {
        let sent = |wanted: &str| -> Vec<&[u8]> {
            let lines = lines.iter();
            let lines = lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
            lines.map(|(_, value)| value.as_slice()).collect()
        };
        let origins = sent("origin");
        let methods = sent("access-control-request-method");
        let asked = sent("access-control-request-headers");
        let kind = match (
            origins.is_empty(),
            method == b"OPTIONS" && !methods.is_empty(),
        ) {
            (true, _) => RequestKind::NotCors,
            (false, true) => RequestKind::Preflight,
            (false, false) => RequestKind::Actual,
        };
        let is_public = self.rules.len() == 1 && self.rules[0].origins == ["*"];
        let rule = match origins.as_slice() {
            _ if is_public => Some(&self.rules[0]),
            [origin] => self.rules.iter().find(|rule| rule.is_for(origin)),
            _ => None,
        };
        let is_preflight = kind == RequestKind::Preflight;
        let refused = self.refused(method, lines, kind, rule);
        let rule = rule.filter(|_| refused.is_none());
        let mut headers: Vec<(&'static str, &[u8])> = Vec::new();
        let mut vary = match is_public {
            true => vec![],
            false => vec!["Origin"],
        };
        let consulted = self.refusals.consulted(method, lines, kind);
        if !consulted.is_empty() {
            vary = [&["Origin"], consulted].concat();
        }
        if let Some(rule) = rule {
            let origin = match rule.origins {
                ["*"] => b"*",
                _ => origins[0],
            };
            headers.push(("access-control-allow-origin", origin));
            if rule.timing && !is_preflight {
                headers.push(("timing-allow-origin", origin));
            }
            if rule.credentials {
                headers.push(("access-control-allow-credentials", b"true"));
            }
            if is_preflight {
                match (rule.methods, methods.as_slice()) {
                    (MIRROR, [method]) if is_token(method) => {
                        headers.push(("access-control-allow-methods", method));
                    }
                    (MIRROR, _) => {}
                    (listed, _) => {
                        headers.push(("access-control-allow-methods", listed.as_bytes()));
                    }
                }
                // A request that is made line by line has room for eight.
                let is_short = asked.iter().map(|line| line.len() + 1).sum::<usize>() <= 4096;
                let is_few = asked.len() <= 8 && is_short;
                let is_valid = is_few && asked.iter().all(|line| is_list(line));
                match rule.headers {
                    MIRROR if is_valid => headers.extend(
                        asked
                            .iter()
                            .filter(|line| elements(line).next().is_some())
                            .map(|line| ("access-control-allow-headers", *line)),
                    ),
                    MIRROR => {}
                    listed => headers.push(("access-control-allow-headers", listed.as_bytes())),
                }
                headers.push(("access-control-max-age", rule.max_age.as_bytes()));
                if rule.methods == MIRROR {
                    vary.push("Access-Control-Request-Method");
                }
                if rule.headers == MIRROR {
                    vary.push("Access-Control-Request-Headers");
                }
            } else {
                headers.push(("access-control-expose-headers", rule.exposed.as_bytes()));
            }
        }
        let headers = headers.into_iter().filter(|(_, value)| !value.is_empty());
        Response {
            kind,
            status: match (is_preflight, rule) {
                _ if refused.is_some() => refused,
                (true, Some(_)) => Some(self.preflight_status),
                (true, None) => Some(403),
                (false, _) => None,
            },
            headers: sorted(headers),
            vary: (!vary.is_empty()).then(|| vary.join(", ")),
        }
    }

    /// The status of a request that is refused.
    fn refused(
        &self,
        method: &[u8],
        lines: &Lines,
        kind: RequestKind,
        rule: Option<&ReferenceRule>,
    ) -> Option<u16> {
        let ReferenceRefusals {
            writes,
            reads,
            hosts,
        } = self.refusals;
        let authority = authority(lines);
        let is_listed = |entry: &str| {
            let host = authority
                .as_deref()
                .map(with_no_default_port)
                .unwrap_or_default();
            let origin = format!("https://{host}");
            reference_matcher::accepts(&format!("https://{entry}"), origin.as_bytes())
        };
        if !hosts.is_empty() && !hosts.iter().any(|entry| is_listed(entry)) {
            return Some(421);
        }
        let origins = values(lines, "origin");
        let is_foreign = match values(lines, "sec-fetch-site").as_slice() {
            [] | [b""] => match origins.as_slice() {
                [] => false,
                [origin] => !is_origin_of(origin, authority.as_deref()),
                _ => true,
            },
            [site] => *site != b"same-origin" && *site != b"none",
            _ => true,
        };
        if !is_foreign || kind == RequestKind::Preflight {
            return None;
        }
        let opens_socket = opens_socket(method, lines);
        let is_write = !matches!(method, b"GET" | b"HEAD" | b"OPTIONS") || opens_socket;
        let is_trusted = rule.is_some_and(|rule| {
            let listed: Vec<&str> = rule.methods.split(", ").collect();
            let lists = |name: &str| listed.contains(&name);
            let method = String::from_utf8_lossy(method);
            match rule.origins {
                _ if rule.methods == MIRROR || lists("*") && !rule.credentials => true,
                ["*"] => !opens_socket && lists(&method),
                _ => opens_socket || matches!(&*method, "GET" | "HEAD" | "POST") || lists(&method),
            }
        });
        let follows_link =
            origins.is_empty() && values(lines, "sec-fetch-mode") == [&b"navigate"[..]];
        let is_refused = match is_write {
            true => writes && !is_trusted,
            false => reads && rule.is_none() && !follows_link,
        };
        is_refused.then_some(403)
    }

    /// Returns the response of the runtime.
    pub fn actual(&self, request: &CorsRequest<'_>) -> Response {
        Response::of(&self.policy.evaluate(request))
    }
}

impl Response {
    fn of(decision: &Decision<'_>) -> Self {
        Self {
            kind: decision.kind(),
            status: decision.immediate_status(),
            headers: sorted(decision.headers()),
            vary: decision.vary().map(str::to_owned),
        }
    }
}

impl ReferenceRefusals {
    /// Returns the headers other than `Origin` that a response depends on.
    fn consulted(
        &self,
        method: &[u8],
        lines: &Lines,
        kind: RequestKind,
    ) -> &'static [&'static str] {
        let is_read =
            matches!(method, b"GET" | b"HEAD" | b"OPTIONS") && !opens_socket(method, lines);
        match (kind, is_read) {
            (RequestKind::Preflight, _) => &[],
            (_, false) if self.writes => &["Sec-Fetch-Site"],
            (_, true) if self.reads => &["Sec-Fetch-Site", "Sec-Fetch-Mode"],
            _ => &[],
        }
    }
}

fn values<'l>(lines: &'l Lines, wanted: &str) -> Vec<&'l [u8]> {
    let lines = lines.iter();
    let lines = lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
    lines.map(|(_, value)| value.as_slice()).collect()
}

/// Whom a request is for: the last `:authority`, or else the only `Host`.
fn authority(lines: &Lines) -> Option<String> {
    let target = values(lines, ":authority").last().copied();
    let host = match values(lines, "host").as_slice() {
        [host] => Some(*host),
        _ => None,
    };
    Some(String::from_utf8_lossy(target.or(host)?).to_lowercase())
}

fn with_no_default_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, "" | "80" | "443")) => host,
        _ => authority,
    }
}

/// Returns whether a page of this server can have the origin, according to its host and its port.
fn is_origin_of(origin: &[u8], authority: Option<&str>) -> bool {
    let origin = String::from_utf8_lossy(origin);
    let (Some(authority), Some((scheme, host))) = (authority, origin.split_once("://")) else {
        return false;
    };
    let default = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return false,
    };
    let spellings = |host: &str| match host.strip_suffix(default) {
        // No browser spells the port out.
        Some(_) => vec![],
        None if host.rsplit(']').next().is_some_and(|end| end.contains(':')) => {
            vec![host.to_owned()]
        }
        None => vec![
            host.to_owned(),
            format!("{host}:"),
            format!("{host}{default}"),
        ],
    };
    is_of_a_browser(origin.as_bytes()) && spellings(host).iter().any(|host| host == authority)
}

/// Whether it is the handshake of a WebSocket.
fn opens_socket(method: &[u8], lines: &Lines) -> bool {
    let upgrades = values(lines, "upgrade");
    let mut protocols = upgrades
        .iter()
        .flat_map(|line| line.split(|byte| *byte == b','));
    method == b"CONNECT"
        || protocols.any(|protocol| {
            let protocol = String::from_utf8_lossy(protocol).trim().to_lowercase();
            protocol == "websocket" || protocol.starts_with("websocket/")
        })
}

/// By name; lines of one name keep their order.
fn sorted<'h>(headers: impl Iterator<Item = (&'static str, &'h [u8])>) -> Vec<(String, Vec<u8>)> {
    let owned = headers.map(|(name, value)| (name.to_owned(), value.to_vec()));
    let mut headers: Vec<_> = owned.collect();
    headers.sort_by(|(a, _), (b, _)| a.cmp(b));
    headers
}

impl ReferenceRule {
    fn is_for(&self, origin: &[u8]) -> bool {
        match self.origins {
            ["*"] => is_of_a_browser(origin),
            entries => entries
                .iter()
                .any(|entry| reference_matcher::accepts(entry, origin)),
        }
    }
}

/// Whether a browser can send it: `null`, or a scheme with what the widest patterns accept of it.
fn is_of_a_browser(origin: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(origin) else {
        return false;
    };
    if text == "file://" {
        return true;
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return text == "null";
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_lowercase() || "+-.".contains(c));
    let address = rest
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    let is_address = address.is_some_and(|(address, _)| {
        address.chars().all(|c| ":0123456789abcdef".contains(c))
            && address.parse::<Ipv6Addr>().is_ok()
            && reference_matcher::accepts(&format!("{scheme}://[{address}]:*"), origin)
    });
    let is_domain = [":*", ".:*"]
        .iter()
        .any(|end| reference_matcher::accepts(&format!("{scheme}://**{end}"), origin));
    // An app chooses its host, so that its letters may replace those of another.
    let of_app = !["http", "https", "ws", "wss", "ftp", "file"].contains(&scheme) && {
        let end = rest.find(':').unwrap_or(rest.len());
        let (host, port) = rest.split_at(end);
        let is_host = |c: char| c.is_ascii_alphanumeric() || "!$%&'()*+,-.;=_~".contains(c);
        !host.is_empty()
            && host.chars().all(is_host)
            && text.len() <= 324
            && reference_matcher::accepts("x://a:*", format!("x://a{port}").as_bytes())
    };
    is_scheme && (is_domain || is_address || of_app)
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>
fn is_token(value: &[u8]) -> bool {
    let is_delimiter = |byte: &u8| b"\"(),/:;<=>?@[\\]{}".contains(byte);
    !value.is_empty()
        && value
            .iter()
            .all(|byte| byte.is_ascii_graphic() && !is_delimiter(byte))
}

/// Returns whether a line is a list of tokens.
fn is_list(line: &[u8]) -> bool {
    elements(line).all(is_token)
}

/// Returns the elements of a line: what is between commas, without blanks around it, if that is not empty.
fn elements(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_blank = |byte: &u8| b" \t".contains(byte);
    line.split(|byte| *byte == b',').filter_map(move |element| {
        let start = element.iter().position(|byte| !is_blank(byte))?;
        let end = element.iter().rposition(|byte| !is_blank(byte))?;
        Some(&element[start..=end])
    })
}
