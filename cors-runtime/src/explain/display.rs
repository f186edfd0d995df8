//! Explanations in plain words.

use core::fmt;

use super::closest::{Closest, Mismatch, closest_entry};
use super::{Denial, Explanation, MatchedEntry, preflight};
use crate::request::{RequestKind, SingleHeader};
use crate::rule::Rule;
use cors_origin::Origin;
use cors_origin::fetch::{self, NORMALIZED_METHODS};
use cors_origin::origin::{malformed_reason, parse_bytes};

/// Bytes of a request: escaped, and truncated to fit a line.
pub(crate) struct Shown<'r>(pub(crate) &'r [u8]);

/// Maximum number of bytes of a value that are shown.
const MAX_SHOWN_BYTES: usize = 80;

impl fmt::Display for Shown<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(MAX_SHOWN_BYTES) {
            Some((start, [_, ..])) => {
                write_escaped(start, f)?;
                f.write_str("..")
            }
            _ => write_escaped(self.0, f),
        }
    }
}

/// Escapes everything but printable ASCII. A `'` is not escaped, because it may be part of a method or
/// a header name.
#[inline]
fn write_escaped(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, text) in bytes.split(|byte| *byte == b'\'').enumerate() {
        if index > 0 {
            f.write_str("'")?;
        }
        write!(f, "{}", text.escape_ascii())?;
    }
    Ok(())
}

impl fmt::Display for Explanation<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denial {
            None => self.allowed(f)?,
            Some(denial) => self.denied(denial, f)?,
        }
        if self.method == b"OPTIONS" && self.kind() != RequestKind::Preflight {
            f.write_str(
                "; it is not a preflight: preflights have `Origin` and `Access-Control-Request-Method`",
            )?;
        }
        Ok(())
    }
}

impl Explanation<'_> {
    #[inline]
    fn allowed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.entry();
        match (self.origin, entry) {
            (_, Some(MatchedEntry::Any)) => f.write_str("pages of any origin"),
            (SingleHeader::Single(origin), _) => write!(f, "pages of `{}`", Shown(origin)),
            (SingleHeader::Absent | SingleHeader::Repeated, _) => f.write_str("pages"),
        }?;
        match (self.kind(), self.requested_method) {
            (RequestKind::Preflight, Some(method)) => write!(
                f,
                " may send `{}` with the requested headers",
                Shown(method)
            ),
            _ => f.write_str(" may read the response"),
        }?;
        if let Some(rule) = self.outcome.rule
            && !rule.allows_credentials()
        {
            f.write_str(", without credentials")?;
        }
        match entry {
            None | Some(MatchedEntry::Any) => Ok(()),
            Some(
                MatchedEntry::Origin(text)
                | MatchedEntry::Pattern(text)
                | MatchedEntry::Regex(text)
                | MatchedEntry::Predicate(Some(text)),
            ) => write!(f, "; `{text}` allows it"),
            Some(MatchedEntry::Configured(text)) => {
                write!(f, "; the configured origin `{text}` allows it")
            }
            Some(MatchedEntry::Predicate(None)) => f.write_str("; a predicate allows it"),
        }?;
        self.rule_number(self.rule_index(), f)?;
        self.not_for_the_rest(f)
    }

    /// If a rule for any origin took the request, writes the entry of another rule that the origin
    /// nearly matches.
    #[inline]
    fn not_for_the_rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.outcome.rule.is_some_and(Rule::is_for_any_origin) {
            return Ok(());
        }
        let Some(origin) = self.origin.single().and_then(parse_bytes) else {
            return Ok(());
        };
        let is_other = |index| Some(index) != self.rule_index();
        let closest = closest_entry(
            self.policy.rules(),
            &is_other,
            self.configured.configured(),
            &origin,
        );
        self.hint(closest.as_ref(), f)
    }

    #[inline]
    fn denied(&self, denial: Denial<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NO_BROWSER: &str = "so no browser sent the request";
        match denial {
            Denial::NoOrigin => f.write_str(
                "the request has no `Origin`, so it is same-origin or not from a browser, \
                 and CORS does not apply",
            ),
            Denial::RepeatedOrigin => {
                write!(f, "`Origin` is given more than once, {NO_BROWSER}")
            }
            Denial::MalformedOrigin(origin) => {
                let reason = malformed_reason(origin);
                write!(f, "origin `{}` {reason}, {NO_BROWSER}", Shown(origin))
            }
            Denial::OriginNotAllowed(origin) => self.origin_denied(origin, f),
            Denial::HostNotAllowed(host) => Self::host_refused(host, f),
            Denial::WriteRefused(method) => self.write_refused(method, f),
            Denial::ReadRefused => self.read_refused(f),
            Denial::RepeatedMethod => {
                write!(
                    f,
                    "`Access-Control-Request-Method` is given more than once, {NO_BROWSER}"
                )
            }
            Denial::MalformedMethod(method) => {
                write!(f, "`{}` is not a method, {NO_BROWSER}", Shown(method))
            }
            Denial::MethodNotAllowed(method) => self.preflight_denied(Some(method), f),
            Denial::MalformedHeader(name) => {
                write!(f, "`{}` is not a header name, {NO_BROWSER}", Shown(name))
            }
            Denial::HeaderNotAllowed(_) => self.preflight_denied(None, f),
            Denial::TooManyHeaders if self.outcome.rule.is_some_and(|rule| rule.mirror_headers) => f
                .write_str(
                    "`Access-Control-Request-Headers` is too long to be sent back, so browsers do not \
                     send the request",
                ),
            Denial::TooManyHeaders => f.write_str(
                "`Access-Control-Request-Headers` has too many lines to be checked completely",
            ),
        }
    }
}

impl Explanation<'_> {
    #[inline]
    fn origin_denied(&self, origin: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let denied = match self.policy.is_configured() {
            true => "in the configured origins",
            false => "allowed",
        };
        write!(f, "origin `{}` is not {denied}, ", Shown(origin))?;
        f.write_str(match self.kind() {
            RequestKind::Preflight => "so browsers do not send the request",
            // Same-origin writes have an `Origin` too, and need no permission.
            RequestKind::Actual | RequestKind::NotCors => {
                "so browsers block the response (unless the request is same-origin)"
            }
        })?;
        let Some(parsed) = parse_bytes(origin) else {
            return f.write_str(
                "; sandboxed frames, local files and requests redirected between sites have this \
                 origin: serve the page from an origin of its own, or call the final URL",
            );
        };
        let closest = self.closest(&parsed);
        self.hint(closest.as_ref(), f)?;
        self.origin_advice(&parsed, closest.as_ref(), f)
    }

    /// The entry that an origin nearly matches, of any rule.
    #[inline]
    pub(super) fn closest<'e>(&'e self, origin: &Origin<'_>) -> Option<Closest<'e>> {
        closest_entry(
            self.policy.rules(),
            &|_| true,
            self.configured.configured(),
            origin,
        )
    }

    /// Writes everything that is missing: the method, and every header.
    #[inline]
    fn preflight_denied(&self, method: Option<&[u8]>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(rule) = self.outcome.rule else {
            return Ok(());
        };
        let unlisted = || preflight::unlisted_headers(rule, self.requested_headers);
        if let Some(method) = method {
            let shown = Shown(method);
            if fetch::is_forbidden_method(method) {
                return write!(
                    f,
                    "method `{shown}` is forbidden for pages, so no browser sent the request"
                );
            }
            for normalized in NORMALIZED_METHODS {
                let name = normalized.as_bytes();
                if name != method && name.eq_ignore_ascii_case(method) {
                    return write!(
                        f,
                        "method `{shown}` is not allowed: browsers send `{normalized}`, so no \
                         browser sent the request"
                    );
                }
            }
        }
        if let Some(name) = unlisted().find(|name| fetch::is_forbidden_request_header(name)) {
            return write!(
                f,
                "request header `{}` is forbidden for pages, so no browser sent the request",
                Shown(name)
            );
        }
        let count = unlisted().count();
        if let Some(method) = method {
            write!(f, "method `{}`", Shown(method))?;
        }
        f.write_str(match (method, count) {
            (_, 0) => "",
            (Some(_), 1) => " and request header ",
            (Some(_), _) => " and request headers ",
            (None, 1) => "request header ",
            (None, _) => "request headers ",
        })?;
        write_names(unlisted(), "`", f)?;
        let is_one = count + usize::from(method.is_some()) == 1;
        f.write_str(match is_one {
            true => " is not allowed, ",
            false => " are not allowed, ",
        })?;
        if let Some(method) = method
            && is_one
            && let Some(listed) = preflight::method_in_other_case(rule, method)
        {
            write!(f, "while `{listed}` is, ")?;
        }
        f.write_str("so browsers do not send the request")?;
        if let Some(closest) = self.closest_that_allows() {
            let it = if is_one { "it" } else { "them" };
            write!(f, "; rule {} allows {it}", closest.rule + 1)?;
            self.hint(Some(&closest), f)?;
            return match self.origin.single().and_then(parse_bytes) {
                Some(origin) => self.origin_advice(&origin, Some(&closest), f),
                None => Ok(()),
            };
        }
        self.preflight_advice(method, rule, f)
    }

    /// Returns the entry of another rule that nearly accepts the origin and would allow the whole
    /// preflight. The origin probably belongs to that rule.
    #[inline]
    fn closest_that_allows(&self) -> Option<Closest<'_>> {
        let origin = parse_bytes(self.origin.single()?)?;
        let rules = self.policy.rules();
        let allows = |index: usize| {
            let rule = rules.get(index);
            Some(index) != self.rule_index()
                && rule.is_some_and(|rule| {
                    preflight::allows_all(rule, self.requested_method, self.requested_headers)
                })
        };
        closest_entry(rules, &allows, self.configured.configured(), &origin)
            .filter(|closest| closest.mismatch != Mismatch::LookAlike)
    }

    /// Writes the number of a rule, if there are several.
    #[inline]
    pub(super) fn rule_number(
        &self,
        rule: Option<usize>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match (rule, self.policy.rules().len()) {
            (Some(index), 2..) => write!(f, " (rule {})", index + 1),
            _ => Ok(()),
        }
    }
}

/// Maximum number of header names that are shown.
const MAX_LISTED_NAMES: usize = 8;

/// Writes names separated by commas, each between quotation marks; no more than fit a line.
pub(super) fn write_names<'r>(
    names: impl Iterator<Item = &'r [u8]>,
    mark: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (index, name) in names.enumerate() {
        if index == MAX_LISTED_NAMES {
            return f.write_str(", ..");
        }
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{mark}{}{mark}", Shown(name))?;
    }
    Ok(())
}
