//! Kubernetes Gateway API: the filter `CORS` of an `HTTPRoute`.
//!
//! In that filter, `*.` matches any number of labels, like `**` in a policy. A policy with `*` would allow
//! more, so it is rejected.

use std::fmt::Write as _;

use super::prepared::{FUNCTION, Prepared, UNKNOWN_LIST};
use super::{Entry, EntryKind, ExportError, File, Level};

/// Maxima in the schema of the standard channel.
const MAX_ORIGINS: usize = 64;
const MAX_HEADERS: usize = 64;
const MAX_ORIGIN: usize = 253;
const MAX_NAME: usize = 256;
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
];
/// Seconds for which browsers cache a preflight by default.
const DEFAULT_MAX_AGE: &str = "5";

pub(super) fn files(policy: &Prepared<'_>) -> Result<Vec<File>, ExportError> {
    let refuse = |reason: &str| Err(ExportError::new(policy.target, reason));
    if policy.level() != Level::Browser {
        return refuse(
            "implementations choose the status of preflights, and change `Vary`: it requires the level `browser`",
        );
    }
    if policy.guard.is_some() {
        return refuse(
            "it only adds headers, but `on_denied` and `allow_hosts` refuse requests: leave them to the application",
        );
    }
    if policy.rules.iter().any(|rule| rule.rule.expose_timing) {
        return refuse(
            "it has no field for `Timing-Allow-Origin`: leave `expose_timing` to the application",
        );
    }
    let [prepared] = policy.rules.as_slice() else {
        return refuse("it only has one list of origins, but the policy has several rules");
    };
    let rule = prepared.rule;
    let mut origins = Vec::new();
    for entry in &rule.origins {
        origins.push(origin(policy, entry)?);
    }
    if origins.len() > MAX_ORIGINS {
        return refuse("it takes at most 64 origins");
    }
    let list = |value: &str| -> Vec<String> {
        let names = value.split(", ").filter(|name| !name.is_empty());
        names.map(|name| format!("{name:?}")).collect()
    };
    let methods = list(&rule.allow_methods);
    let is_known = |method: &String| METHODS.iter().any(|known| *method == format!("{known:?}"));
    if let Some(method) = methods
        .iter()
        .find(|method| !is_known(method) && *method != "\"*\"")
    {
        return refuse(&format!("it does not know the method {method}"));
    }
    let (headers, exposed) = (list(&rule.allow_headers), list(&rule.expose_headers));
    if headers.len().max(exposed.len()) > MAX_HEADERS {
        return refuse("it takes at most 64 header names");
    }
    // With the quotation marks.
    let is_long = |name: &&String| name.len() > MAX_NAME + 2;
    if let Some(name) = headers.iter().chain(&exposed).find(is_long) {
        return refuse(&format!(
            "it takes header names of at most 256 bytes, not {name}"
        ));
    }
    if headers.len() > 1 && headers.iter().any(|name| name == "\"*\"") {
        return refuse(
            "its `*` in `allowHeaders` excludes all other names, such as `authorization`: list the allowed headers",
        );
    }
    if rule.max_age == "0" {
        return refuse(
            "its `maxAge` must be at least 1: leave out `max_age`, or set it to a second",
        );
    }
    let place = ["Place: among the `filters` of a rule of the HTTPRoute.".to_owned()];
    let mut out = policy.header("#", &place);
    out += "- type: CORS\n  cors:\n";
    let mut print = |key: &str, values: &[String]| {
        if !values.is_empty() {
            writeln!(out, "    {key}: [{}]", values.join(", ")).expect("a string");
        }
    };
    print("allowOrigins", &origins);
    print("allowMethods", &methods);
    print("allowHeaders", &headers);
    print("exposeHeaders", &exposed);
    if rule.allow_credentials {
        out += "    allowCredentials: true\n";
    }
    let max_age = match rule.max_age.as_str() {
        "" => DEFAULT_MAX_AGE,
        max_age => max_age,
    };
    writeln!(out, "    maxAge: {max_age}").expect("a string");
    Ok(vec![File::new(policy.file("yaml"), out)])
}

fn origin(policy: &Prepared<'_>, entry: &Entry) -> Result<String, ExportError> {
    let refuse = |reason: &str| Err(ExportError::for_entry(policy.target, entry, reason));
    let pattern = match &entry.kind {
        EntryKind::Any | EntryKind::AnySerialized => return Ok("\"*\"".to_owned()),
        EntryKind::Pattern(pattern) => pattern,
        EntryKind::Regex(_) => return refuse("it takes no regular expressions"),
        EntryKind::Configured => return refuse(UNKNOWN_LIST),
        EntryKind::Predicate(_) => return refuse(FUNCTION),
    };
    let Some((scheme, rest)) = pattern.split_once("://") else {
        return refuse("it takes origins of http and https only");
    };
    if scheme != "http" && scheme != "https" {
        return refuse("it takes origins of http and https only");
    }
    if rest.ends_with(":*") {
        return refuse("it has no wildcard for ports");
    }
    let (rest, stars) = match rest.strip_prefix("**.") {
        Some(rest) => (rest, "*."),
        None => (rest, ""),
    };
    if rest.contains('*') {
        return refuse("its `*.` matches any number of labels, which is `**.` in a policy");
    }
    let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:".contains(c);
    if !rest.chars().all(is_known) || rest.ends_with('.') {
        return refuse("its hosts only contain letters, digits, `-` and dots");
    }
    let origin = format!("{scheme}://{stars}{rest}");
    if origin.len() > MAX_ORIGIN {
        return refuse("it takes origins of at most 253 bytes");
    }
    Ok(format!("\"{origin}\""))
}
