//! A policy in plain words.

use core::fmt;

use crate::policy::Policy;
use crate::rule::{Origins, Rule};

/// So many origins are named; the rest is counted.
const SHOWN: usize = 12;

impl fmt::Display for Policy {
    /// Says in plain words who may do what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.rules().iter().enumerate() {
            origins(rule, index > 0, f)?;
            abilities(rule, f)?;
        }
        if !self.rules().iter().any(Rule::is_for_any_origin) {
            writeln!(f, "pages of any other origin\n  may read nothing")?;
        }
        Ok(())
    }
}

fn origins(rule: &Rule, is_later: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let listed = match rule.origins {
        Origins::Any if is_later => return writeln!(f, "pages of any other origin"),
        Origins::Any => return writeln!(f, "pages of any origin"),
        Origins::Listed(listed) => listed,
    };
    f.write_str("pages of ")?;
    for (index, origin) in listed.iter().take(SHOWN).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{origin}")?;
    }
    match listed.len().saturating_sub(SHOWN) {
        0 => writeln!(f),
        more => writeln!(f, " and {more} more"),
    }
}

fn abilities(rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    methods(rule, f)?;
    match rule.allow_headers {
        _ if rule.mirror_headers => writeln!(f, "  may set any request header")?,
        "" => {}
        "*" => writeln!(f, "  may set any request header but authorization")?,
        "*, authorization" => writeln!(f, "  may set any request header")?,
        headers => writeln!(f, "  may set the request headers {headers}")?,
    }
    match rule.expose_headers {
        "" => {}
        "*" => writeln!(f, "  may read any response header")?,
        headers => writeln!(f, "  may read the response headers {headers}")?,
    }
    writeln!(
        f,
        "  may {}send cookies and other credentials",
        if rule.allows_credentials() {
            ""
        } else {
            "not "
        }
    )?;
    match rule.max_age {
        "" => Ok(()),
        seconds => writeln!(
            f,
            "  need no new preflight for {seconds} seconds, if the browser keeps it as long"
        ),
    }
}

fn methods(rule: &Rule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let listed = rule.allow_methods;
    if listed == "*" || rule.mirror_method {
        return writeln!(f, "  may send any method");
    }
    // https://fetch.spec.whatwg.org/#cors-safelisted-method
    f.write_str("  may send GET, HEAD, POST")?;
    for method in listed.split(", ") {
        if !matches!(method, "" | "GET" | "HEAD" | "POST") {
            write!(f, ", {method}")?;
        }
    }
    writeln!(f)
}
