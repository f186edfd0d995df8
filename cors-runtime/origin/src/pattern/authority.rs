//! Entries of `allow_hosts`: what `Host` has, or a pattern for it.
//!
//! They are the host and the port of an entry of `allow_origins`, and are matched as such.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use super::{OriginError, Pattern, Port, Reason, suggest};
use crate::authority::SCHEME;

/// A host with or without a port, or a pattern for several.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostPattern(Pattern);

/// Why an entry is neither a host nor a pattern that a request can be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    reason: HostReason,
    corrected: Vec<HostPattern>,
}

/// What is wrong with an entry. `Display` writes it as a fact, to follow the words "the host".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostReason {
    /// There is a scheme.
    Scheme,
    /// There is a port that clients leave out, under this scheme.
    DefaultPort(&'static str),
    /// What is wrong with the host or the port of an origin as well.
    Other(Reason),
}

impl HostPattern {
    /// Parses an entry.
    ///
    /// # Errors
    ///
    /// Returns an error if no request is for what the entry accepts as it is spelled.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        if text.contains("://") {
            let corrected = suggest(text).into_iter().map(Self::from_origin);
            return Err(HostError {
                reason: HostReason::Scheme,
                corrected: corrected.collect(),
            });
        }
        let pattern = match Pattern::parse(&format!("{SCHEME}://{text}")) {
            Ok(pattern) => pattern,
            Err(error) => return Err(HostError::new(&error, text)),
        };
        match pattern.port {
            Port::Number(80) => Err(HostError {
                reason: HostReason::DefaultPort("http"),
                corrected: Vec::from([Self::from_origin(pattern)]),
            }),
            _ => Ok(Self(pattern)),
        }
    }

    /// The host of an origin, without the port that its scheme implies.
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

    /// Returns the origin of [`SCHEME`] that matchers compare.
    #[must_use]
    pub fn as_origin(&self) -> &Pattern {
        &self.0
    }

    /// Returns the same as an origin of [`SCHEME`].
    #[must_use]
    pub fn into_origin(self) -> Pattern {
        self.0
    }
}

/// As it is written in a policy.
impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.host, self.0.port)
    }
}

impl HostError {
    fn new(error: &OriginError, text: &str) -> Self {
        let corrected = error.corrected().iter().cloned();
        Self {
            reason: match error.reason() {
                Reason::DefaultPort(_) => HostReason::DefaultPort(SCHEME),
                // What is behind the scheme is the whole entry.
                _ if text.trim().is_empty() => HostReason::Other(Reason::Empty),
                reason => HostReason::Other(reason.clone()),
            },
            corrected: corrected.map(HostPattern::from_origin).collect(),
        }
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &HostReason {
        &self.reason
    }

    /// Returns the entries to write instead; none if the text has no clear meaning.
    #[must_use]
    pub fn corrected(&self) -> &[HostPattern] {
        &self.corrected
    }
}

/// Returns the entries that a text was meant for: a host, or the host of an origin; none if its meaning is
/// not clear.
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
            Self::Other(Reason::Any) => f.write_str("is not the word for any host"),
            Self::Other(Reason::List) => f.write_str("is several hosts"),
            Self::Other(Reason::TooLong) => f.write_str("is longer than any host"),
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
                "clients leave it out of `Host`, and requests that have it are compared without it, so \
                 this entry never matches"
            }
            Self::Other(Reason::UppercaseHost) => {
                "hosts are compared in lower case, so this entry never matches"
            }
            Self::Other(Reason::WildcardIp | Reason::WildcardPort | Reason::WildcardDeep) => {
                "`*` stands for part of a label, `**` for labels on the left, `:*` for any port"
            }
            Self::Other(_) => "`Host` is a host and an optional port, so this entry never matches",
        }
    }
}
