//! What some origins may do: the rule of a policy, and what an expansion says about one.

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
mod constants;

#[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
pub(crate) use constants::{AppendConst, ConstHeader, Constants};

use core::fmt;

use cors_origin::Origin;
use cors_origin::fetch::SAFELISTED_METHOD_LIST;
use cors_origin::header::{Header, HeaderValues};
use cors_origin::matcher::dfa::DfaTable;
use cors_origin::origin::parse_bytes;

/// An entry of `allow_origins`.
#[derive(Clone, Copy)]
pub enum OriginEntry<'p> {
    /// `Any`, which stands alone.
    Any,
    /// `null`.
    Null,
    /// This origin.
    Origin(&'p str),
    /// An origin with wildcards.
    Pattern(&'p str),
    /// The full matches of a regex.
    Regex {
        /// The entry as it is written: `regex("..")`.
        text: &'p str,
        /// The expression in it.
        expression: &'p str,
        /// Accepts the same origins.
        automaton: &'p DfaTable<'p>,
    },
    /// `Configured`: what a list accepts that is known at run time only.
    Configured,
    /// What a function accepts.
    Predicate {
        /// The entry as it is written: `predicate(..)`.
        text: &'p str,
        /// The path of the function.
        path: &'p str,
    },
}

impl<'p> OriginEntry<'p> {
    /// The entry as it is written in the policy or in an environment variable.
    pub(crate) fn text(&self) -> &'p str {
        match *self {
            Self::Any => "Any",
            Self::Null => "null",
            Self::Configured => "Configured",
            Self::Origin(text)
            | Self::Pattern(text)
            | Self::Regex { text, .. }
            | Self::Predicate { text, .. } => text,
        }
    }
}

/// As a policy in plain words has it.
impl fmt::Display for OriginEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Configured => "the configured origins",
            _ => self.text(),
        })
    }
}

impl fmt::Debug for OriginEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), f)
    }
}

/// What an expansion says about a rule, as values of headers; an empty one is not sent.
///
/// They are associated constants, so that code that is generic over a rule can move its values into a
/// header map, whichever map the features of this crate bring along.
pub trait RuleSpec: 'static {
    /// Whom the rule is for, in the order of the policy.
    const ENTRIES: &'static [OriginEntry<'static>];
    /// `Access-Control-Allow-Origin`, if it is always the same.
    const ALLOW_ORIGIN: &'static str = "";
    /// Whether `Access-Control-Allow-Credentials` is sent.
    const ALLOW_CREDENTIALS: bool = false;
    /// Whether `Access-Control-Allow-Methods` is the method that the preflight asks for.
    const MIRROR_METHOD: bool = false;
    /// `Access-Control-Allow-Methods`
    const ALLOW_METHODS: &'static str = match Self::MIRROR_METHOD {
        true => "",
        false => SAFELISTED_METHOD_LIST,
    };
    /// `Access-Control-Allow-Headers`
    const ALLOW_HEADERS: &'static str = "";
    /// Whether `Access-Control-Allow-Headers` is what the preflight asks for.
    const MIRROR_HEADERS: bool = false;
    /// `Access-Control-Expose-Headers`
    const EXPOSE_HEADERS: &'static str = "";
    /// `Access-Control-Max-Age`
    const MAX_AGE: &'static str = "";
}

/// A rule of a policy. The fields are those of [`RuleSpec`].
///
/// Rules are compared by their address, so that they are in statics, and never copied.
pub struct Rule<'p> {
    pub(crate) entries: &'p [OriginEntry<'p>],
    is_for_any_origin: bool,
    pub(crate) values: HeaderValues<&'p str>,
    allow_credentials: bool,
    pub(crate) mirror_method: bool,
    pub(crate) mirror_headers: bool,
    /// The constant headers as code.
    #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
    pub(crate) constants: Constants,
}

impl Rule<'static> {
    /// The rule that an expansion describes.
    #[must_use]
    pub const fn new<S: RuleSpec>() -> Self {
        Self {
            entries: S::ENTRIES,
            is_for_any_origin: matches!(S::ENTRIES, [OriginEntry::Any]),
            values: values::<S>(),
            allow_credentials: S::ALLOW_CREDENTIALS,
            mirror_method: S::MIRROR_METHOD,
            mirror_headers: S::MIRROR_HEADERS,
            #[cfg(any(feature = "actix-web", feature = "http", feature = "rocket"))]
            constants: Constants::new::<S>(),
        }
    }
}

/// The value of a header in an expansion.
const fn value<S: RuleSpec>(header: Header) -> &'static str {
    match header {
        Header::AllowOrigin => S::ALLOW_ORIGIN,
        Header::AllowCredentials if S::ALLOW_CREDENTIALS => "true",
        Header::AllowCredentials => "",
        Header::AllowMethods => S::ALLOW_METHODS,
        Header::AllowHeaders => S::ALLOW_HEADERS,
        Header::ExposeHeaders => S::EXPOSE_HEADERS,
        Header::MaxAge => S::MAX_AGE,
    }
}

const fn values<S: RuleSpec>() -> HeaderValues<&'static str> {
    let mut values = [""; Header::ALL.len()];
    let mut index = 0;
    while index < values.len() {
        values[index] = value::<S>(Header::ALL[index]);
        index += 1;
    }
    HeaderValues::new(values)
}

impl Rule<'_> {
    /// Whether `Access-Control-Allow-Origin` is the origin of the request.
    #[inline]
    pub(crate) fn echoes_origin(&self) -> bool {
        self.values[Header::AllowOrigin].is_empty()
    }

    pub(crate) const fn is_for_any_origin(&self) -> bool {
        self.is_for_any_origin
    }

    /// Whether one of its entries is `Configured`.
    pub(crate) fn is_configured(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| matches!(entry, OriginEntry::Configured))
    }

    pub(crate) fn allows_credentials(&self) -> bool {
        self.allow_credentials
    }
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rule = f.debug_struct("Rule");
        rule.field("origins", &self.entries);
        for header in Header::ALL {
            rule.field(header.name(), &self.values[header]);
        }
        rule.field("mirror_method", &self.mirror_method)
            .field("mirror_headers", &self.mirror_headers)
            .finish_non_exhaustive()
    }
}

/// Whether `predicate` accepts `origin`. It is only called with valid origins.
pub fn call_predicate(origin: &[u8], predicate: impl FnOnce(&Origin<'_>) -> bool) -> bool {
    parse_bytes(origin).is_some_and(|origin| predicate(&origin))
}
