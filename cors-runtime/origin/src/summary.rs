//! Policies in plain words, printed by the runtime, and shown in editors.

use core::fmt::{self, Display, Write};

use crate::fetch::{DEFAULT_MAX_AGE, SAFELISTED_METHODS};
use crate::header::{Header, HeaderValues};

/// Maximum number of origins that are named; the rest are counted.
const MAX_LISTED_ORIGINS: usize = 12;

/// A rule, for its description. Header values that are not sent are empty.
#[derive(Debug, Clone, Copy)]
pub struct RuleSummary<'r, E> {
    /// The entries, one after the other; `None` for any origin.
    pub origins: Option<E>,
    /// The values of headers.
    pub values: HeaderValues<&'r str>,
    /// Whether these origins may read timings.
    pub exposes_timing: bool,
    /// Whether the requested method is sent back instead.
    pub mirrors_method: bool,
    /// Whether the requested headers are sent back instead.
    pub mirrors_headers: bool,
}

/// The requests that are refused.
#[derive(Debug, Clone, Copy)]
pub struct RefusalSummary<H> {
    /// Whether requests are refused that may change something.
    pub refuses_writes: bool,
    /// Whether all others are refused as well.
    pub refuses_reads: bool,
    /// The hosts that requests may be for, one after the other; `None` for any host.
    pub hosts: Option<H>,
}

/// Writes which pages may do what, how long browsers cache preflights, which requests are refused,
/// and which headers responses vary on.
pub fn write_policy_summary<'r, E, H>(
    rules: impl Iterator<Item = RuleSummary<'r, E>> + Clone,
    refusals: &RefusalSummary<H>,
    out: &mut impl Write,
) -> fmt::Result
where
    E: ExactSizeIterator<Item: Display> + Clone + 'r,
    H: ExactSizeIterator<Item: Display> + Clone,
{
    for (index, rule) in rules.clone().enumerate() {
        origins(&rule, index > 0, out)?;
        methods(&rule, refusals.refuses_writes, out)?;
        headers(&rule, out)?;
        preflights(&rule, out)?;
    }
    let is_for_any_origin = rules.clone().any(|rule| rule.origins.is_none());
    if !is_for_any_origin {
        writeln!(out, "pages of any other origin\n  may read nothing")?;
    }
    refused(refusals, out)?;
    vary(rules, is_for_any_origin, refusals, out)
}

fn refused<H>(refusals: &RefusalSummary<H>, out: &mut impl Write) -> fmt::Result
where
    H: ExactSizeIterator<Item: Display> + Clone,
{
    if refusals.refuses_writes {
        writeln!(
            out,
            "requests of other pages that may change something are refused with 403"
        )?;
    }
    if refusals.refuses_reads {
        writeln!(
            out,
            "all other requests of pages that may read nothing are refused with 403, except for links"
        )?;
    }
    let Some(hosts) = &refusals.hosts else {
        return Ok(());
    };
    out.write_str("requests for hosts other than ")?;
    list(hosts, out)?;
    writeln!(out, " are refused with 421")
}

/// Writes the first entries, and the number of the others.
fn list<E>(entries: &E, out: &mut impl Write) -> fmt::Result
where
    E: ExactSizeIterator<Item: Display> + Clone,
{
    for (index, entry) in entries.clone().take(MAX_LISTED_ORIGINS).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(out, "{separator}{entry}")?;
    }
    match entries.len().saturating_sub(MAX_LISTED_ORIGINS) {
        0 => Ok(()),
        more => write!(out, " and {more} more"),
    }
}

fn origins<E>(rule: &RuleSummary<'_, E>, is_later: bool, out: &mut impl Write) -> fmt::Result
where
    E: ExactSizeIterator<Item: Display> + Clone,
{
    let listed = match &rule.origins {
        None if is_later => return writeln!(out, "pages of any other origin"),
        None => return writeln!(out, "pages of any origin"),
        Some(listed) => listed,
    };
    out.write_str("pages of ")?;
    list(listed, out)?;
    writeln!(out)
}

/// Writes the methods that pages may send: those that need no permission, and those that have it. If writes
/// are refused, a rule for any origin only permits those that it lists.
fn methods<E>(
    rule: &RuleSummary<'_, E>,
    refuses_writes: bool,
    out: &mut impl Write,
) -> fmt::Result {
    let methods = rule.values[Header::AllowMethods];
    if methods == "*" || rule.mirrors_method {
        return writeln!(out, "  may send any method");
    }
    out.write_str("  may send ")?;
    let needs_permission =
        |method: &&str| !method.is_empty() && !SAFELISTED_METHODS.contains(method);
    let others = methods.split(", ").filter(needs_permission);
    let is_permitted = |method: &&str| {
        let is_refused = refuses_writes && rule.origins.is_none() && *method == "POST";
        !is_refused || methods.split(", ").any(|listed| listed == *method)
    };
    let safelisted = SAFELISTED_METHODS.into_iter().filter(is_permitted);
    for (index, method) in safelisted.chain(others).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(out, "{separator}{method}")?;
    }
    writeln!(out)
}

fn headers<E>(rule: &RuleSummary<'_, E>, out: &mut impl Write) -> fmt::Result {
    match rule.values[Header::AllowHeaders] {
        _ if rule.mirrors_headers => writeln!(out, "  may set any request header")?,
        "" => {}
        "*" => writeln!(out, "  may set any request header except authorization")?,
        "*, authorization" => writeln!(out, "  may set any request header")?,
        headers => writeln!(out, "  may set the request headers {headers}")?,
    }
    match rule.values[Header::ExposeHeaders] {
        "" => {}
        "*" => writeln!(out, "  may read any response header")?,
        headers => writeln!(out, "  may read the response headers {headers}")?,
    }
    if rule.exposes_timing {
        writeln!(out, "  may read the timings of responses")?;
    }
    let not = match rule.values[Header::AllowCredentials] {
        "" => "not ",
        _ => "",
    };
    writeln!(out, "  may {not}send cookies or other credentials")
}

/// Writes the entries in the [CORS-preflight
/// cache](https://fetch.spec.whatwg.org/#cors-preflight-cache). An entry is for a URL and a method
/// or a header, and a response that lists them all creates all of these.
fn preflights<E>(rule: &RuleSummary<'_, E>, out: &mut impl Write) -> fmt::Result {
    let each = match (rule.mirrors_method, rule.mirrors_headers) {
        (false, false) => "URL",
        (true, false) => "URL and method",
        (false, true) => "URL and header",
        (true, true) => "URL, method and header",
    };
    match rule.values[Header::MaxAge] {
        "0" => writeln!(out, "  need a preflight every time (max_age is 0)"),
        "" => writeln!(
            out,
            "  need one preflight per {each}, cached for {DEFAULT_MAX_AGE} seconds (no max_age)"
        ),
        seconds => writeln!(
            out,
            "  need one preflight per {each}, cached for up to {seconds} seconds"
        ),
    }
}

/// Writes which headers responses vary on.
fn vary<'r, E: 'r, H>(
    mut rules: impl Iterator<Item = RuleSummary<'r, E>> + Clone,
    is_for_any_origin: bool,
    refusals: &RefusalSummary<H>,
    out: &mut impl Write,
) -> fmt::Result {
    let is_public = is_for_any_origin && rules.clone().count() == 1;
    let names = if is_public { "nothing" } else { "Origin" };
    write!(out, "responses vary on {names}")?;
    out.write_str(match (refusals.refuses_writes, refusals.refuses_reads) {
        (false, _) => "",
        (true, false) => {
            "; those to requests that may change something also vary on Sec-Fetch-Site"
        }
        (true, true) => {
            "; all except those to preflights also vary on Sec-Fetch-Site and Sec-Fetch-Mode"
        }
    })?;
    let mirrors_method = rules.clone().any(|rule| rule.mirrors_method);
    let mirrored = match (mirrors_method, rules.any(|rule| rule.mirrors_headers)) {
        (false, false) => return writeln!(out),
        (true, false) => "Access-Control-Request-Method",
        (false, true) => "Access-Control-Request-Headers",
        (true, true) => "Access-Control-Request-Method, Access-Control-Request-Headers",
    };
    writeln!(out, "; preflight responses also vary on {mirrored}")
}
