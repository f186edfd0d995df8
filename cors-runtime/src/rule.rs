//! What some origins may do.

use core::fmt;

use crate::value::Value;

/// What a rule says, as values of headers.
#[derive(Debug)]
pub struct Rule {
    /// Whom the rule is for.
    pub origins: Origins,
    /// The regexes among the origins, so that explanations can name the one that matched.
    pub regexes: &'static [Regex],
    /// The only origin that the rule allows, if there is one alone.
    pub sole_origin: Value,
    /// Whether requests may carry credentials.
    pub allow_credentials: bool,
    /// `Access-Control-Allow-Methods`
    pub allow_methods: Value,
    /// Whether `Access-Control-Allow-Methods` is the method that the preflight asks for.
    pub mirror_method: bool,
    /// `Access-Control-Allow-Headers`
    pub allow_headers: Value,
    /// Whether `Access-Control-Allow-Headers` is what the preflight asks for.
    pub mirror_headers: bool,
    /// `Access-Control-Expose-Headers`
    pub expose_headers: Value,
    /// `Access-Control-Max-Age`
    pub max_age: Value,
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

impl fmt::Debug for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl Rule {
    /// A rule that sends no header and is for nobody: what the expansion leaves out.
    pub const NOTHING: Self = Self {
        origins: Origins::Listed(&[]),
        regexes: &[],
        sole_origin: Value::NONE,
        allow_credentials: false,
        allow_methods: Value::NONE,
        mirror_method: false,
        allow_headers: Value::NONE,
        mirror_headers: false,
        expose_headers: Value::NONE,
        max_age: Value::NONE,
    };

    pub(crate) fn is_for_any_origin(&self) -> bool {
        matches!(self.origins, Origins::Any)
    }
}
