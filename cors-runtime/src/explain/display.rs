//! Explanations in plain words.

use core::fmt;

use super::near::{self, Difference, Near};
use super::{Denial, Entry, Explanation, headers, method};
use crate::origin::Origin;
use crate::request::{Field, Kind};

/// Bytes of a request: escaped, and no more of them than a line can hold.
pub(crate) struct Shown<'r>(pub(crate) &'r [u8]);

/// So many bytes are shown.
const SHOWN: usize = 80;

/// Methods that `cors_policy!` takes as words, as far as they are usual.
const WORDS: [&[u8]; 7] = [
    b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS",
];

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get(..SHOWN) {
            Some(start) if self.0.len() > SHOWN => write!(f, "{}..", start.escape_ascii()),
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
        match (self.origin, self.entry()) {
            (_, Some(Entry::Any)) => f.write_str("pages of any origin")?,
            (Field::One(origin), _) => write!(f, "pages of `{}`", Shown(origin))?,
            (Field::Absent | Field::Repeated, _) => f.write_str("pages")?,
        }
        match (self.kind(), self.requested_method) {
            (Kind::Preflight, Some(method)) => write!(
                f,
                " may send `{}` with the headers that they ask for",
                Shown(method)
            )?,
            _ => f.write_str(" may read the response")?,
        }
        if self
            .verdict
            .rule
            .is_some_and(|rule| !rule.allows_credentials())
        {
            f.write_str(", without credentials")?;
        }
        match self.entry() {
            Some(Entry::Listed(entry)) => write!(f, "; `{entry}` allows it")?,
            Some(Entry::Predicate) => f.write_str("; a predicate allows it")?,
            Some(Entry::Any) | None => {}
        }
        self.of_rule(f)
    }

    /// Names the rule, where there are several.
    fn of_rule(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rule(), self.policy.rules().len()) {
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
                let fault = near::fault(origin);
                write!(f, "origin `{}` {fault}, {NO_BROWSER}", Shown(origin))
            }
            Denial::UnlistedOrigin(origin) => self.unlisted_origin(origin, f),
            Denial::RepeatedMethod => {
                write!(
                    f,
                    "`Access-Control-Request-Method` is given more than once, {NO_BROWSER}"
                )
            }
            Denial::MalformedMethod(method) => {
                write!(f, "`{}` is no method, {NO_BROWSER}", Shown(method))
            }
            Denial::UnlistedMethod(method) => self.unlisted_method(method, f),
            Denial::MalformedHeader(name) => {
                write!(f, "`{}` is no name of a header, {NO_BROWSER}", Shown(name))
            }
            Denial::UnlistedHeader(name) => self.unlisted_header(name, f),
            Denial::UnreadHeaders => f.write_str(
                "`Access-Control-Request-Headers` asks for more than is looked at, so nothing is \
                 known of the rest",
            ),
        }
    }

    fn unlisted_origin(&self, origin: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "origin `{}` is not allowed, ", Shown(origin))?;
        f.write_str(match self.kind() {
            Kind::Preflight => "so browsers do not send the request",
            Kind::Actual | Kind::NotCors => "so browsers keep the response from its pages",
        })?;
        let Some(parsed) = Origin::parse(origin) else {
            return f.write_str(
                "; sandboxed frames, local files and redirected requests have it, whoever wrote \
                 them: serve the page over HTTP, from an origin of its own",
            );
        };
        if let Some(Near { entry, difference }) = near::of(self.policy, &parsed) {
            write!(f, "; `{entry}` ")?;
            f.write_str(match difference {
                Difference::Scheme => "has another scheme",
                Difference::Port => "has another port",
                Difference::Apex => "is for subdomains, not for the domain itself",
                Difference::Deeper => "is for one label, and `**` would be for more",
            })?;
        }
        let origin = Shown(origin);
        write!(f, "; to allow it, add `\"{origin}\"` to `allow_origins`")
    }

    fn unlisted_method(&self, method: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Shown(method);
        write!(f, "method `{shown}` is not allowed")?;
        let listed = self
            .verdict
            .rule
            .and_then(|rule| method::in_other_case(rule, method));
        if let Some(listed) = listed {
            write!(
                f,
                ", while `{listed}` is, so browsers do not send the request; methods are \
                 case-sensitive: write `{listed}` in the page"
            )
        } else {
            f.write_str(", so browsers do not send the request; to allow it, add `")?;
            // As the macro wants it: a registered method is a word, any may be a string.
            match WORDS.contains(&method) {
                true => write!(f, "{shown}")?,
                false => write!(f, "\"{shown}\"")?,
            }
            f.write_str("` to `allow_methods`")?;
            self.of_rule(f)
        }
    }

    fn unlisted_header(&self, name: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name_shown = Shown(name);
        write!(
            f,
            "request header `{name_shown}` is not allowed, so browsers do not send the request; "
        )?;
        let rule = self.verdict.rule;
        if rule.is_some_and(|rule| rule.allow_headers == "*") && headers::is_non_wildcard(name) {
            f.write_str("`*` does not cover it: write `allow_headers = [Any, \"authorization\"]`")?;
        } else if rule.is_some_and(|rule| rule.mirror_headers) {
            return f.write_str("a line of `Access-Control-Request-Headers` is empty");
        } else {
            write!(f, "to allow it, add `\"{name_shown}\"` to `allow_headers`")?;
        }
        self.of_rule(f)
    }
}
