//! What some origins may do.

use core::fmt;

#[cfg(feature = "http")]
use crate::prepared::Prepared;

/// What a rule says, as values of headers; an empty one is not sent.
pub struct Rule {
    /// Whom the rule is for.
    pub origins: Origins,
    /// The regexes among the origins, so that explanations can name the one that matched.
    pub regexes: &'static [Regex],
    /// `Access-Control-Allow-Origin`, if it is always the same.
    pub allow_origin: &'static str,
    /// `Access-Control-Allow-Credentials`
    pub allow_credentials: &'static str,
    /// `Access-Control-Allow-Methods`
    pub allow_methods: &'static str,
    /// Whether `Access-Control-Allow-Methods` is the method that the preflight asks for.
    pub mirror_method: bool,
    /// `Access-Control-Allow-Headers`
    pub allow_headers: &'static str,
    /// Whether `Access-Control-Allow-Headers` is what the preflight asks for.
    pub mirror_headers: bool,
    /// `Access-Control-Expose-Headers`
    pub expose_headers: &'static str,
    /// `Access-Control-Max-Age`
    pub max_age: &'static str,
    /// The constant headers as code.
    #[cfg(feature = "http")]
    pub prepared: Prepared,
}

/// Whom a rule is for, as it is written in the policy.
#[derive(Debug)]
pub enum Origins {
    /// Everybody.
    Any,
    /// Origins and patterns.
    Listed(&'static [&'static str]),
}

/// A regex of a rule.
pub struct Regex {
    /// As it is written among the origins.
    pub text: &'static str,
    /// Whether it accepts an origin. A function, since a reference to the automaton would keep the
    /// policy from being a constant.
    pub accepts: fn(&[u8]) -> bool,
}

impl Rule {
    /// A rule that sends no header and is for nobody: what the expansion leaves out.
    pub const NOTHING: Self = Self {
        origins: Origins::Listed(&[]),
        regexes: &[],
        allow_origin: "",
        allow_credentials: "",
        allow_methods: "",
        mirror_method: false,
        allow_headers: "",
        mirror_headers: false,
        expose_headers: "",
        max_age: "",
        #[cfg(feature = "http")]
        prepared: Prepared::NOTHING,
    };

    pub(crate) fn is_for_any_origin(&self) -> bool {
        matches!(self.origins, Origins::Any)
    }

    pub(crate) fn allows_credentials(&self) -> bool {
        !self.allow_credentials.is_empty()
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("origins", &self.origins)
            .field("allow_credentials", &self.allows_credentials())
            .field("allow_methods", &self.allow_methods)
            .field("mirror_method", &self.mirror_method)
            .field("allow_headers", &self.allow_headers)
            .field("mirror_headers", &self.mirror_headers)
            .field("expose_headers", &self.expose_headers)
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}
