//! Entries of `allow_hosts`: values of `Host`, or patterns for them.
//!
//! Entries are matched like the host and the port of entries of `allow_origins`.

use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{OriginError, Pattern, Port, Quoted, Reason, suggest};
use crate::authority::SCHEME;

/// A host with or without a port, or a pattern for several hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern(Pattern);

/// The error for an entry that is neither a valid host nor a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    reason: HostReason,
    corrected: Vec<HostPattern>,
}

/// A mistake in an entry. `Display` prints a fact, as a phrase that follows "the host".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostReason {
    /// There is a scheme.
    Scheme,
    /// There is a port that clients omit with this scheme.
    DefaultPort(&'static str),
    /// A mistake that origins can have too.
    Other(Reason),
}

impl HostPattern {
    /// Parses an entry.
    ///
    /// # Errors
    ///
    /// Returns an error if no request has a host that matches the entry as it is spelled.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        if text.contains("://") {
            return Err(HostError {
                reason: HostReason::Scheme,
                corrected: Self::from_origins(suggest(text)),
            });
        }
        let pattern = match Pattern::parse(&format!("{SCHEME}://{text}")) {
            Ok(pattern) => pattern,
            Err(error) => return Err(HostError::new(&error, text)),
        };
        match pattern.port {
            Port::Number(80) => Err(HostError {
                reason: HostReason::DefaultPort("http"),
                corrected: Self::from_origins(vec![pattern]),
            }),
            _ => Ok(Self(pattern)),
        }
    }

    /// Returns the host of an origin, without the default port of its scheme.
    fn from_origin(pattern: Pattern) -> Self {
        let port = match pattern.port {
            Port::Number(80 | 443) => Port::Implicit,
            port => port,
        };
        Self(Pattern {
            scheme: SCHEME.to_string(),
            port,
            ..pattern
        })
    }

    fn from_origins(patterns: Vec<Pattern>) -> Vec<Self> {
        let mut hosts = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            hosts.push(Self::from_origin(pattern));
        }
        hosts
    }

    /// Returns the origin of [`SCHEME`] that matchers compare.
    #[must_use]
    pub fn as_origin(&self) -> &Pattern {
        &self.0
    }

    /// Returns the pattern as an origin of [`SCHEME`].
    #[must_use]
    pub fn into_origin(self) -> Pattern {
        self.0
    }
}

/// Prints the pattern in source form.
impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.host, self.0.port)
    }
}

impl HostError {
    fn new(error: &OriginError, text: &str) -> Self {
        Self {
            reason: match error.reason() {
                Reason::DefaultPort(_) => HostReason::DefaultPort(SCHEME),
                // The part after the scheme is the whole entry.
                _ if text.trim().is_empty() => HostReason::Other(Reason::Empty),
                reason => HostReason::Other(reason.clone()),
            },
            corrected: HostPattern::from_origins(error.corrected().to_vec()),
        }
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &HostReason {
        &self.reason
    }

    /// Returns the corrected entries; none if the text has no clear meaning.
    #[must_use]
    pub fn corrected(&self) -> &[HostPattern] {
        &self.corrected
    }
}

/// Returns the probable intention of a text: a host, or the host of an origin; none if it is
/// ambiguous.
#[must_use]
pub fn suggest_hosts(text: &str) -> Vec<HostPattern> {
    match HostPattern::parse(text) {
        Ok(pattern) => Vec::from([pattern]),
        Err(error) => error.corrected,
    }
}

impl fmt::Display for HostReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => f.write_str("has a scheme"),
            Self::DefaultPort(scheme) => write!(f, "spells out the default port of `{scheme}`"),
            Self::Other(Reason::Any) => f.write_str("is not a valid entry"),
            Self::Other(Reason::List) => f.write_str("contains several hosts"),
            Self::Other(Reason::UppercaseHost) => f.write_str("has uppercase letters"),
            Self::Other(Reason::EmptyLabel) => f.write_str("has an empty label"),
            Self::Other(Reason::TooLong) => f.write_str("is longer than any host"),
            Self::Other(Reason::ForbiddenCharacter(character)) => {
                write!(f, "contains {}", Quoted(character.encode_utf8(&mut [0; 4])))
            }
            Self::Other(reason) => reason.fmt(f),
        }
    }
}

impl HostReason {
    /// Returns why it matters.
    #[must_use]
    pub fn note(&self) -> &'static str {
        match self {
            Self::Scheme => {
                "it is compared with `Host`, which has none, so this entry never matches"
            }
            Self::DefaultPort(_) => {
                "clients omit this port from `Host`, and requests are compared without it, so this entry \
                 never matches"
            }
            Self::Other(Reason::UppercaseHost) => {
                "hosts are compared in lower case, so this entry never matches"
            }
            Self::Other(Reason::WildcardIp | Reason::WildcardPort | Reason::WildcardDeep) => {
                "`*` matches a label or part of one, `**` one or more labels on the left, and `:*` any port"
            }
            Self::Other(_) => "`Host` is a host and an optional port, so this entry never matches",
        }
    }
}
