//! Explanations in plain words.

use core::fmt;

use super::closest::{Difference, Near, closest_entry, is_loopback};
use super::{Denial, Explanation, MatchedEntry, preflight};
use crate::request::{RequestKind, SingleHeader};
use crate::rule::Rule;
use cors_origin::fetch;
use cors_origin::origin::{malformed_reason, parse_bytes};

/// Bytes of a request: escaped, and no more of them than a line can hold.
pub(crate) struct Shown<'r>(pub(crate) &'r [u8]);

/// Bytes of a value of the request that are shown.
const MAX_SHOWN_BYTES: usize = 80;

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(MAX_SHOWN_BYTES) {
            Some((start, [_, ..])) => write!(f, "{}..", start.escape_ascii()),
            _ => write!(f, "{}", self.0.escape_ascii()),
        }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denial {
            None => self.allowed(f),
            Some(denial) => self.denied(denial, f),
        }
    }
}

impl Explanation<'_> {
    fn allowed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.entry();
        match (self.origin, entry) {
            (_, Some(MatchedEntry::Any)) => f.write_str("pages of any origin")?,
            (SingleHeader::Single(origin), _) => write!(f, "pages of `{}`", Shown(origin))?,
            (SingleHeader::Absent | SingleHeader::Repeated, _) => f.write_str("pages")?,
        }
        match (self.kind(), self.requested_method) {
            (RequestKind::Preflight, Some(method)) => write!(
                f,
                " may send `{}` with the headers that they ask for",
                Shown(method)
            )?,
            _ => f.write_str(" may read the response")?,
        }
        if self
            .outcome
            .rule
            .is_some_and(|rule| !rule.allows_credentials())
        {
            f.write_str(", without credentials")?;
        }
        match entry {
            None | Some(MatchedEntry::Any) => {}
            Some(
                MatchedEntry::Origin(text)
                | MatchedEntry::Pattern(text)
                | MatchedEntry::Regex(text)
                | MatchedEntry::Predicate(Some(text)),
            ) => write!(f, "; `{text}` allows it")?,
            Some(MatchedEntry::Predicate(None)) => f.write_str("; a predicate allows it")?,
        }
        self.of_rule(f)
    }

    /// Names the rule, where there are several.
    pub(super) fn of_rule(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rule_index(), self.policy.rules().len()) {
            (Some(index), 2..) => write!(f, " (rule {})", index + 1),
            _ => Ok(()),
        }
    }

    fn denied(&self, denial: Denial<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NO_BROWSER: &str = "so no browser sent the request";
        match denial {
            Denial::NoOrigin => f.write_str(
                "the request has no `Origin`, so it is of the same origin or of no browser, and \
                 needs no permission",
            ),
            Denial::RepeatedOrigin => {
                write!(f, "`Origin` is given more than once, {NO_BROWSER}")
            }
            Denial::MalformedOrigin(origin) => {
                let reason = malformed_reason(origin);
                write!(f, "origin `{}` {reason}, {NO_BROWSER}", Shown(origin))
            }
            Denial::OriginNotAllowed(origin) => self.unlisted_origin(origin, f),
            Denial::RepeatedMethod => {
                write!(
                    f,
                    "`Access-Control-Request-Method` is given more than once, {NO_BROWSER}"
                )
            }
            Denial::MalformedMethod(method) => {
                write!(f, "`{}` is no method, {NO_BROWSER}", Shown(method))
            }
            Denial::MethodNotAllowed(method) => self.unlisted_method(method, f),
            Denial::MalformedHeader(name) => {
                write!(f, "`{}` is no name of a header, {NO_BROWSER}", Shown(name))
            }
            Denial::HeaderNotAllowed(name) => self.unlisted_headers(name, f),
            Denial::TooManyHeaders => f.write_str(
                "`Access-Control-Request-Headers` asks for more than is looked at, so nothing is \
                 known of the rest",
            ),
        }
    }
}

/// Names of headers that are shown.
const MAX_LISTED_NAMES: usize = 8;

impl Explanation<'_> {
    pub(super) fn unlisted_origin(&self, origin: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "origin `{}` is not allowed, ", Shown(origin))?;
        f.write_str(match self.kind() {
            RequestKind::Preflight => "so browsers do not send the request",
            // Writes within one origin have `Origin` too, and need no permission.
            RequestKind::Actual | RequestKind::NotCors => {
                "so browsers keep the response from its pages, unless it is the server's own"
            }
        })?;
        let Some(parsed) = parse_bytes(origin) else {
            return f.write_str(
                "; sandboxed frames, local files and requests that were redirected between sites \
                 have it: serve the page from an origin of its own, or call the final URL",
            );
        };
        let near = closest_entry(self.policy.rules(), &parsed);
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
                && !is_loopback(parsed.host())
                && self.policy.rules().iter().any(Rule::allows_credentials) =>
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
        let rule = self.outcome.rule;
        if fetch::is_forbidden_method(method) {
            return write!(
                f,
                "method `{shown}` is forbidden to pages, so no browser sent the request"
            );
        }
        write!(f, "method `{shown}` is not allowed")?;
        if let Some(listed) = rule.and_then(|rule| preflight::method_in_other_case(rule, method)) {
            return write!(
                f,
                ", while `{listed}` is, so browsers do not send the request; methods are \
                 case-sensitive: write `{listed}` in the page"
            );
        }
        f.write_str(", so browsers do not send the request; ")?;
        match rule.and_then(|rule| preflight::similar_method(rule, method)) {
            Some(allowed) => write!(f, "write `{allowed}` in the page if that is meant, or ")?,
            None => f.write_str("to allow it, ")?,
        }
        write!(f, "add `\"{shown}\"` to `allow_methods`")?;
        self.of_rule(f)
    }

    pub(super) fn unlisted_headers(&self, first: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(rule) = self.outcome.rule else {
            return Ok(());
        };
        if fetch::is_forbidden_request_header(first) {
            let shown = Shown(first);
            return write!(
                f,
                "request header `{shown}` is forbidden to pages, so no browser sent the request"
            );
        }
        let unlisted = || preflight::unlisted_headers(rule, self.requested_headers);
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
            match preflight::similar_header(rule, first) {
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
    for (index, name) in names.take(MAX_LISTED_NAMES + 1).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        match index {
            MAX_LISTED_NAMES => write!(f, "{separator}..")?,
            _ => write!(f, "{separator}{mark}{}{mark}", Shown(name))?,
        }
    }
    Ok(())
}
