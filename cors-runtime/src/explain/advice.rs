//! Advice: changes of the policy or of the page that would allow a denied request.
//!
//! Advice never allows anything to more origins than a rule already lists. If the rule is for any
//! origin, it only allows more to the origin of the request. Suggested code compiles.

use core::fmt::{self, Write as _};

use super::closest::{Closest, Mismatch};
use super::display::{Shown, write_names};
use super::{Explanation, preflight};
use crate::rule::{OriginEntry, Rule};
use cors_origin::Origin;
use cors_origin::fetch;
use cors_origin::header::Header;
use cors_origin::origin::{is_loopback_host, parse_bytes};

impl Explanation<'_> {
    /// Writes the entry that the origin nearly matches, if there is one.
    #[inline]
    pub(super) fn hint(
        &self,
        closest: Option<&Closest<'_>>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let Some(&Closest {
            rule,
            entry,
            mismatch,
        }) = closest
        else {
            return Ok(());
        };
        let (before, behind) = match mismatch {
            Mismatch::Scheme => ("", " has a different scheme"),
            Mismatch::Port => ("", " has a different port"),
            Mismatch::Www => ("", " differs in `www.`"),
            Mismatch::TrailingDot => ("", " has no trailing dot"),
            Mismatch::ApexDomain => ("", " is for subdomains, not for the domain itself"),
            Mismatch::TooManyLabels => ("", " accepts one label in place of `*`"),
            Mismatch::OtherLabel => ("", " has a different label in that place"),
            Mismatch::OtherLoopbackName => (
                "",
                " is a different name of this machine, so a different origin",
            ),
            Mismatch::Typo => ("", " is spelled almost the same"),
            Mismatch::LookAlike => ("it only looks like ", ", but is a different name"),
        };
        write!(f, "; {before}`{entry}`{behind}")?;
        self.rule_number(Some(rule), f)
    }

    /// Writes how to allow an origin. `closest` is the entry that it nearly matches.
    #[inline]
    pub(super) fn origin_advice(
        &self,
        origin: &Origin<'_>,
        closest: Option<&Closest<'_>>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let shown = Shown(origin.as_str().as_bytes());
        // The entry, in the syntax of that place.
        let (quote, place) = match self.policy.is_configured() {
            true => ("", "the configured origins"),
            false => ("\"", "`allow_origins`"),
        };
        match closest {
            Some(Closest {
                mismatch: Mismatch::LookAlike | Mismatch::Typo,
                ..
            }) => {
                return write!(
                    f,
                    "; add `{quote}{shown}{quote}` to {place} only if that name is yours"
                );
            }
            Some(Closest {
                mismatch: Mismatch::TrailingDot,
                ..
            }) => return f.write_str("; open the page without that dot"),
            Some(Closest {
                mismatch: Mismatch::Scheme,
                entry,
                ..
            }) if origin.scheme() == "http"
                && (entry.starts_with("https://") || entry.starts_with("regex(")) =>
            {
                return f.write_str("; serve the page over HTTPS");
            }
            _ => {}
        }
        let rules = self.policy.rules();
        f.write_str("; if that site is yours, ")?;
        if origin.scheme() == "http"
            && !is_loopback_host(origin.host())
            && rules.iter().any(Rule::allows_credentials)
        {
            write!(f, "serve it over HTTPS, and add it to {place}")
        } else {
            write!(f, "add `{quote}{shown}{quote}` to {place}")
        }?;
        self.predicate_advice(f)
    }

    /// Writes that a predicate could be changed instead.
    #[inline]
    fn predicate_advice(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.policy.rules().iter().enumerate();
        let mut predicates = rules.flat_map(|(rule, listed)| {
            listed.entries().filter_map(move |entry| match entry {
                OriginEntry::Predicate { text, .. } => Some((rule, text)),
                _ => None,
            })
        });
        match (predicates.next(), predicates.next()) {
            (None, _) => Ok(()),
            (Some((rule, text)), None) => {
                write!(f, ", or let `{text}` accept it")?;
                self.rule_number(Some(rule), f)
            }
            (Some(_), Some(_)) => f.write_str(", or let one of the predicates accept it"),
        }
    }

    /// Writes how to allow the method and the headers that a preflight requests and the rule does
    /// not allow.
    #[inline]
    pub(super) fn preflight_advice(
        &self,
        method: Option<&[u8]>,
        rule: &Rule,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let headers = || preflight::unlisted_headers(rule, self.requested_headers);
        let is_one = headers().count() + usize::from(method.is_some()) == 1;
        let added_method = match method {
            Some(method) => self.method_remark(method, rule, f)?,
            None => None,
        };
        for name in headers().take(MAX_REMARKS) {
            self.header_remark(name, rule, is_one, f)?;
        }
        let added_headers = || headers().filter(|name| can_be_added(rule, name));
        if added_method.is_none() && added_headers().next().is_none() {
            return Ok(());
        }
        let similar = added_method
            .and_then(|method| preflight::similar_method(rule, method))
            .or_else(|| preflight::similar_header(rule, added_headers().next()?))
            .filter(|_| is_one);
        if let Some(similar) = similar {
            write!(
                f,
                "; write `{similar}` in the page if that is what you mean"
            )?;
        }
        if rule.is_for_any_origin() {
            return self.advice_for_any_origin(f);
        }
        f.write_str(match (similar, is_one) {
            (Some(_), _) => ", or add ",
            (None, true) => "; to allow it, add ",
            (None, false) => "; to allow them, add ",
        })?;
        if let Some(method) = added_method {
            write!(f, "`\"{}\"` to `allow_methods`", Upper(method))?;
        }
        if added_headers().next().is_some() {
            f.write_str(if added_method.is_some() {
                " and `"
            } else {
                "`"
            })?;
            write_names(added_headers(), "\"", f)?;
            f.write_str("` to `allow_headers`")?;
        }
        self.rule_number(self.rule_index(), f)
    }

    /// Writes a mistake in the page's method, if any. Returns the method if a list can contain it.
    #[inline]
    pub(super) fn method_remark<'m>(
        &self,
        method: &'m [u8],
        rule: &Rule,
        f: &mut fmt::Formatter<'_>,
    ) -> Result<Option<&'m [u8]>, fmt::Error> {
        if method.iter().any(u8::is_ascii_lowercase) {
            write!(
                f,
                "; methods are case-sensitive: write `{}` in the page",
                Upper(method)
            )?;
            let is_listed = preflight::method_in_other_case(rule, method).is_some();
            Ok((!is_listed).then_some(method))
        } else if fetch::is_like_a_pattern(method) {
            write!(f, "; `{}` cannot be in a list", Shown(method))?;
            Ok(None)
        } else {
            Ok(Some(method))
        }
    }

    /// Writes why a list cannot contain a header, if so.
    fn header_remark(
        &self,
        name: &[u8],
        rule: &Rule,
        is_one: bool,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let shown = Shown(name);
        if allows_all_headers(rule) {
            let it = if is_one { "it" } else { "`authorization`" };
            write!(
                f,
                "; `*` does not cover {it}: write `allow_headers = [Any, \"authorization\"]`"
            )?;
            self.rule_number(self.rule_index(), f)
        } else if fetch::is_response_header(name) {
            write!(
                f,
                "; `{shown}` is a response header: do not set it in the page"
            )
        } else if fetch::is_like_a_pattern(name) {
            write!(f, "; `{shown}` cannot be in a list")
        } else {
            Ok(())
        }
    }

    /// Writes how to allow more to one origin than to any origin.
    #[inline]
    pub(super) fn advice_for_any_origin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin.single() {
            Some(origin) if parse_bytes(origin).is_some() => write!(
                f,
                "; if that site is yours, give it more permissions in a rule with \
                 `allow_origins = [\"{}\"]`, before the rule for any origin",
                Shown(origin)
            ),
            _ => Ok(()),
        }?;
        self.rule_number(self.rule_index(), f)
    }
}

/// Maximum number of names that get a remark.
const MAX_REMARKS: usize = 8;

/// Returns whether `allow_headers` is `Any`, in which case only `Authorization` can be missing.
#[inline]
fn allows_all_headers(rule: &Rule) -> bool {
    !rule.allows_credentials()
        && rule
            .value(Header::AllowHeaders)
            .split(", ")
            .any(|listed| listed == "*")
}

/// Returns whether a header can be added to `allow_headers`.
#[inline]
fn can_be_added(rule: &Rule, name: &[u8]) -> bool {
    !allows_all_headers(rule) && !fetch::is_like_a_pattern(name) && !fetch::is_response_header(name)
}

/// A method in upper case, as all registered ones are.
struct Upper<'r>(&'r [u8]);

impl fmt::Display for Upper<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Uppercase(f), "{}", Shown(self.0))
    }
}

struct Uppercase<'f, 'w>(&'f mut fmt::Formatter<'w>);

impl fmt::Write for Uppercase<'_, '_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars()
            .try_for_each(|c| self.0.write_char(c.to_ascii_uppercase()))
    }
}
