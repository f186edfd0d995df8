//! What a policy does not list, and what to write instead: in the policy, or in the page.

use core::fmt;

use super::display::Shown;
use super::near::{self, Difference, Near};
use super::{Explanation, headers, method};
use crate::origin::Origin;
use crate::request::Kind;
use crate::rule::Rule;
use cors_origin::fetch;

/// So many names of headers are shown.
const NAMED: usize = 8;

impl Explanation<'_> {
    pub(super) fn unlisted_origin(&self, origin: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "origin `{}` is not allowed, ", Shown(origin))?;
        f.write_str(match self.kind() {
            Kind::Preflight => "so browsers do not send the request",
            // Writes within one origin have `Origin` too, and need no permission.
            Kind::Actual | Kind::NotCors => {
                "so browsers keep the response from its pages, unless it is the server's own"
            }
        })?;
        let Some(parsed) = Origin::parse(origin) else {
            return f.write_str(
                "; sandboxed frames, local files and requests that were redirected between sites \
                 have it: serve the page from an origin of its own, or call the final URL",
            );
        };
        let near = near::of(self.rules, &parsed);
        if let Some(Near { entry, difference }) = near {
            let (before, behind) = words_of(difference);
            write!(f, "; {before}`{entry}`{behind}")?;
        }
        let shown = Shown(origin);
        match near {
            Some(Near {
                difference: Difference::LookAlike,
                ..
            }) => write!(
                f,
                "; add `\"{shown}\"` to `allow_origins` only if that name is yours"
            ),
            Some(Near {
                difference: Difference::Scheme,
                entry,
            }) if parsed.scheme() == "http" && entry.starts_with("https://") => {
                f.write_str("; serve the page over HTTPS")
            }
            _ if parsed.scheme() == "http"
                && !near::is_loopback(parsed.host())
                && self.rules.iter().any(Rule::allows_credentials) =>
            {
                f.write_str(
                    "; if that site is yours, serve it over HTTPS, and add it to `allow_origins`",
                )
            }
            _ => write!(
                f,
                "; if that site is yours, add `\"{shown}\"` to `allow_origins`"
            ),
        }
    }

    pub(super) fn unlisted_method(&self, method: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Shown(method);
        let rule = self.verdict.rule;
        if fetch::is_forbidden_method(method) {
            return write!(
                f,
                "method `{shown}` is forbidden to pages, so no browser sent the request"
            );
        }
        write!(f, "method `{shown}` is not allowed")?;
        if let Some(listed) = rule.and_then(|rule| method::in_other_case(rule, method)) {
            return write!(
                f,
                ", while `{listed}` is, so browsers do not send the request; methods are \
                 case-sensitive: write `{listed}` in the page"
            );
        }
        f.write_str(", so browsers do not send the request; ")?;
        match rule.and_then(|rule| method::slipped(rule, method)) {
            Some(allowed) => write!(f, "write `{allowed}` in the page if that is meant, or ")?,
            None => f.write_str("to allow it, ")?,
        }
        write!(f, "add `\"{shown}\"` to `allow_methods`")?;
        self.of_rule(f)
    }

    pub(super) fn unlisted_headers(&self, first: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(rule) = self.verdict.rule else {
            return Ok(());
        };
        if fetch::is_forbidden_request_header(first) {
            let shown = Shown(first);
            return write!(
                f,
                "request header `{shown}` is forbidden to pages, so no browser sent the request"
            );
        }
        let unlisted = || headers::unlisted(rule, self.requested_headers);
        let is_one = rule.mirror_headers || unlisted().nth(1).is_none();
        if is_one {
            write!(f, "request header `{}` is", Shown(first))?;
        } else {
            f.write_str("request headers ")?;
            listed(unlisted(), "`", f)?;
            f.write_str(" are")?;
        }
        f.write_str(" not allowed, so browsers do not send the request; ")?;
        if rule.mirror_headers {
            return f.write_str("a line of `Access-Control-Request-Headers` is empty");
        } else if rule.allow_headers == "*" {
            f.write_str("`*` does not cover it: write `allow_headers = [Any, \"authorization\"]`")?;
        } else if !is_one {
            f.write_str("to allow them, add `")?;
            listed(unlisted(), "\"", f)?;
            f.write_str("` to `allow_headers`")?;
        } else {
            match headers::slipped(rule, first) {
                Some(allowed) => write!(f, "write `{allowed}` in the page if that is meant, or ")?,
                None => f.write_str("to allow it, ")?,
            }
            write!(f, "add `\"{}\"` to `allow_headers`", Shown(first))?;
        }
        self.of_rule(f)
    }
}

/// What stands before and behind an entry that an origin nearly is.
fn words_of(difference: Difference) -> (&'static str, &'static str) {
    match difference {
        Difference::Scheme => ("", " has another scheme"),
        Difference::Port => ("", " has another port"),
        Difference::Apex => ("", " is for subdomains, not for the domain itself"),
        Difference::Deeper => ("", " is for one label, and `**` would be for more"),
        Difference::Label => ("", " has another label in that place"),
        Difference::Name => (
            "",
            " is another name of the same machine, and another origin",
        ),
        Difference::LookAlike => ("it only looks like ", ", and is another name"),
    }
}

/// Names between commas, each in quotation marks of a kind; no more than a line can hold.
fn listed<'r>(
    names: impl Iterator<Item = &'r [u8]>,
    mark: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (index, name) in names.take(NAMED + 1).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        match index {
            NAMED => write!(f, "{separator}..")?,
            _ => write!(f, "{separator}{mark}{}{mark}", Shown(name))?,
        }
    }
    Ok(())
}
