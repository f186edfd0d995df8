//! What some origins may do.

use core::fmt;

use crate::matcher::automaton::Automaton;
#[cfg(feature = "http")]
use crate::prepared::Prepared;
use cors_origin::Origin;
use cors_origin::origin::parse_bytes;

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
    /// What accepts an origin.
    pub automaton: &'static Automaton,
}

/// What an entry accepts, where its text as it is written says as much.
#[derive(Clone, Copy)]
pub(crate) enum EntryKind {
    Any,
    /// This origin; `null` too.
    Origin(&'static str),
    /// An origin with wildcards.
    Pattern(&'static str),
    Regex(&'static Regex),
    /// What the function at this path says.
    Predicate {
        text: &'static str,
        path: &'static str,
    },
}

impl EntryKind {
    fn of(text: &'static str, regexes: &'static [Regex]) -> Self {
        let path = text
            .strip_prefix("predicate(")
            .and_then(|rest| rest.strip_suffix(')'));
        match (regexes.iter().find(|regex| regex.text == text), path) {
            (Some(regex), _) => Self::Regex(regex),
            (None, Some(path)) => Self::Predicate { text, path },
            (None, None) if text.contains('*') => Self::Pattern(text),
            (None, None) => Self::Origin(text),
        }
    }

    /// The entry as it is written in the policy or in an environment variable.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Any => "Any",
            Self::Origin(text) | Self::Pattern(text) | Self::Predicate { text, .. } => text,
            Self::Regex(regex) => regex.text,
        }
    }
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

    /// The entries, in the order of the policy.
    pub(crate) fn entries(&self) -> impl Iterator<Item = EntryKind> + Clone + use<> {
        let regexes = self.regexes;
        let (any, listed): (_, &[&str]) = match self.origins {
            Origins::Any => (Some(EntryKind::Any), &[]),
            Origins::Listed(listed) => (None, listed),
        };
        let listed = listed.iter().map(|text| EntryKind::of(text, regexes));
        any.into_iter().chain(listed)
    }

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

/// Whether `predicate` accepts `origin`. It is only called with valid origins.
pub fn call_predicate(origin: &[u8], predicate: impl FnOnce(&Origin<'_>) -> bool) -> bool {
    parse_bytes(origin).is_some_and(|origin| predicate(&origin))
}
