//! Explanations in plain words.

use core::fmt;

use super::{Denial, Entry, Explanation, malformed};
use crate::request::{Field, Kind};

/// Bytes of a request: escaped, and no more of them than a line can hold.
pub(crate) struct Shown<'r>(pub(crate) &'r [u8]);

/// So many bytes are shown.
const SHOWN: usize = 80;

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(SHOWN) {
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
        match entry {
            None | Some(Entry::Any) => {}
            Some(
                Entry::Origin(text)
                | Entry::Pattern(text)
                | Entry::Regex(text)
                | Entry::Predicate(Some(text)),
            ) => write!(f, "; `{text}` allows it")?,
            Some(Entry::Predicate(None)) => f.write_str("; a predicate allows it")?,
        }
        self.of_rule(f)
    }

    /// Names the rule, where there are several.
    pub(super) fn of_rule(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rule(), self.rules.len()) {
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
                let fault = malformed::fault(origin);
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
            Denial::UnlistedHeader(name) => self.unlisted_headers(name, f),
            Denial::UnreadHeaders => f.write_str(
                "`Access-Control-Request-Headers` asks for more than is looked at, so nothing is \
                 known of the rest",
            ),
        }
    }
}
