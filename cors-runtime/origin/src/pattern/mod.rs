//! Entries of `allow_origins`: an origin, or a pattern for origins.
//!
//! An `Origin` header contains the [ASCII serialization of an origin][html], and the policy
//! compares it byte by byte. So an entry must have the spelling that browsers use. Other spellings,
//! which can never match, are rejected with the correct one.
//!
//! [html]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin

mod authority;
mod bytes;
mod entry;
mod host;
mod index;
mod ip;
mod placeholder;
mod plain;
mod port;
mod punycode;
mod reason;
mod scheme;
mod written;

pub use authority::{HostError, HostPattern, HostReason, suggest_hosts};
pub use host::{Host, Label, LabelPart};
#[cfg(feature = "public-suffix")]
pub(crate) use host::{last_wildcard, parent};
pub use index::PatternIndex;
pub use plain::is_plain_origin;
pub use port::Port;
pub use reason::{OriginError, Quoted, Reason};
pub use scheme::intended_scheme;
pub use written::is_written;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::origin::{default_port, is_loopback_host};
use reason::Flaws;

/// An origin or a pattern: a scheme, a host and a port, each in the form that browsers send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The scheme, in lower case.
    pub scheme: String,
    /// The host.
    pub host: Host,
    /// The port.
    pub port: Port,
}

impl Pattern {
    /// Parses an entry.
    ///
    /// # Errors
    ///
    /// Returns an error if no browser sends an origin that matches the entry as it is spelled.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let mut flaws = Flaws::default();
        let pattern = read(text, &mut flaws).map_err(|error| error.written_in(text))?;
        let Some(flaw) = flaws.first() else {
            return Ok(pattern);
        };
        Err(match is_offered(text, &pattern, &flaws) {
            true => OriginError::corrected_to(flaw.clone(), vec![pattern]),
            false => flaw.clone().into(),
        })
    }

    /// Returns the entry in source form.
    ///
    /// This is the output of [`Display`](fmt::Display), but much faster in unoptimized code, such
    /// as macros.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(64);
        text.push_str(&self.scheme);
        text.push_str("://");
        self.host.append_to(&mut text);
        match self.port {
            Port::Implicit => {}
            port => text.push_str(&port.to_string()),
        }
        text
    }

    /// Returns a short origin that is accepted. If the pattern is exact, returns the origin itself.
    #[must_use]
    pub fn example(&self) -> String {
        self.example_with('a')
    }

    /// Returns an accepted origin, with another letter or digit in place of wildcards.
    #[must_use]
    pub fn example_with(&self, letter: char) -> String {
        let host = self.host.example_with(letter);
        match self.port {
            Port::Number(number) => format!("{}://{host}:{number}", self.scheme),
            Port::Implicit | Port::Any => format!("{}://{host}", self.scheme),
        }
    }

    /// Returns the default port of the scheme, which browsers omit.
    #[must_use]
    pub fn default_port(&self) -> Option<u16> {
        default_port(&self.scheme)
    }

    /// Returns whether anyone on the network path can forge an accepted origin: one with plain
    /// `http`, and a host that is not on this machine.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.scheme == "http" && !is_loopback_host(&self.host.to_string())
    }

    /// Returns an accepted origin whose pages anyone on the network path can forge, if there is one.
    #[must_use]
    pub fn insecure_example(&self) -> Option<String> {
        if !self.is_insecure() {
            return None;
        }
        // `loc*lhost` accepts `localhost` too, and with another letter, another host.
        let letter = match is_loopback_host(&self.host.example_with('a')) {
            true => 'b',
            false => 'a',
        };
        Some(self.example_with(letter))
    }

    /// Returns the pattern with the scheme `https`, without the default port.
    #[must_use]
    pub fn to_https(&self) -> Self {
        let mut pattern = Self {
            scheme: "https".into(),
            ..self.clone()
        };
        match (pattern.port, pattern.default_port()) {
            (Port::Number(port), Some(default)) if port == default => {
                pattern.port = Port::Implicit;
            }
            _ => {}
        }
        pattern
    }

    /// Returns whether there is no wildcard, in which case exactly one origin is accepted.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.host.is_exact() && self.port != Port::Any
    }
}

impl Pattern {
    /// Returns the registrable domain of its host, or the whole host if it has none.
    #[must_use]
    pub fn domain(&self) -> String {
        written::domain(self)
    }
}

impl FromStr for Pattern {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

/// Prints the pattern in source form, which browsers send if it is exact.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// Returns the probable intention of a text: an origin or a pattern, or several if the text is a
/// list; none if it is ambiguous.
#[must_use]
pub fn suggest(text: &str) -> Vec<Pattern> {
    if let Some(pattern) = suggest_one(text) {
        return vec![pattern];
    }
    let pieces = entry::pieces(text);
    let are_origins = pieces.iter().all(|text| entry::looks_like_an_origin(text));
    match are_origins {
        true => suggest_all(&pieces),
        false => Vec::new(),
    }
}

/// Returns the probable intention of each text; none if one of them is ambiguous.
fn suggest_all(texts: &[&str]) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in texts {
        match suggest_one(text) {
            Some(pattern) => patterns.push(pattern),
            None => return Vec::new(),
        }
    }
    patterns
}

/// Returns the probable intention of a text that is not a list.
fn suggest_one(text: &str) -> Option<Pattern> {
    let mut flaws = Flaws::default();
    let pattern = read(text, &mut flaws).ok()?;
    is_offered(text, &pattern, &flaws).then_some(pattern)
}

/// Returns whether `pattern` can be suggested for `text`: it is the same without the flaws, and not a
/// guess.
fn is_offered(text: &str, pattern: &Pattern, flaws: &Flaws) -> bool {
    let is_certain = !flaws.lacks_scheme() || written::is_surely_a_host(text, pattern);
    // Several origins are not one with a path.
    let is_one = text.matches("://").count() <= 1;
    is_certain && is_one && is_written(text, pattern) && round_trips(pattern)
}

/// Returns whether a corrected spelling is itself accepted. After correction, a text may look like
/// a list, or its host may end in a number.
fn round_trips(pattern: &Pattern) -> bool {
    let mut flaws = Flaws::default();
    read(&pattern.to_string(), &mut flaws).is_ok_and(|read| read == *pattern)
        && flaws.first().is_none()
}

/// Parses an entry as a browser parses an address. Spellings with one clear meaning are corrected
/// and noted in `flaws`; others are errors.
fn read(text: &str, flaws: &mut Flaws) -> Result<Pattern, OriginError> {
    entry::check(text)?;
    let text = entry::trim(text, flaws);
    let (scheme, rest) = scheme::split(text, flaws)?;
    let rest = placeholder::replace(rest, flaws)?;
    let authority = port::bracket(entry::authority(&rest, flaws), flaws);
    let (host, port) = port::split(&authority)?;
    Ok(Pattern {
        host: host::read(host, &scheme, flaws)?,
        port: port::read(port, &scheme, flaws)?,
        scheme,
    })
}
