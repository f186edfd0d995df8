//! Entries of `allow_origins`: an origin, or a pattern for origins.
//!
//! An `Origin` header carries the [ASCII serialization of an origin][html], and the policy is
//! compared with it byte for byte. So an entry must be spelled as browsers spell it; what can never
//! match is refused here, together with the spelling that can.
//!
//! [html]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin

mod entry;
mod host;
mod ip;
mod placeholder;
mod port;
mod punycode;
mod reason;
mod scheme;

pub use host::{Host, Label, LabelPart};
pub use port::Port;
pub use reason::{OriginError, Quoted, Reason};

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::origin::{default_port, is_loopback_host};
use reason::Flaws;

/// An origin or a pattern: a scheme, a host and a port, each in the form that browsers send.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// Returns an error if no browser sends an origin that the entry accepts as it is spelled.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let mut flaws = Flaws::default();
        let pattern = read(text, &mut flaws)?;
        match flaws.first() {
            None => Ok(pattern),
            Some(flaw) if !reads_as_it_is(&pattern) => Err(flaw.into()),
            Some(flaw) => Err(OriginError::corrected_to(flaw, vec![pattern])),
        }
    }

    /// Returns the entry as it is written in a policy.
    ///
    /// This is what [`Display`](fmt::Display) prints, in a fraction of its time where nothing is
    /// optimized, as in a macro.
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

    /// Returns a short origin that is accepted: itself, if it is exact.
    #[must_use]
    pub fn example(&self) -> String {
        self.example_with('a')
    }

    /// Returns the same with another letter or digit for what a wildcard stands for.
    #[must_use]
    pub fn example_with(&self, letter: char) -> String {
        let host = self.host.example_with(letter);
        match self.port {
            Port::Number(number) => format!("{}://{host}:{number}", self.scheme),
            Port::Implicit | Port::Any => format!("{}://{host}", self.scheme),
        }
    }

    /// Returns the port that browsers leave out under this scheme, if it has one.
    #[must_use]
    pub fn default_port(&self) -> Option<u16> {
        default_port(&self.scheme)
    }

    /// Whether it accepts an origin that anyone on the network path can forge a page of: one of plain
    /// `http`, with a host that is not this machine.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.scheme == "http" && !is_loopback_host(&self.host.to_string())
    }

    /// Returns the same with `https` for the scheme, whose default port is not written.
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

    /// Whether there is no wildcard, so that exactly one origin is accepted.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.host.is_exact() && self.port != Port::Any
    }
}

impl FromStr for Pattern {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

/// As it is written in a policy, and as browsers send it if it is exact.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// Returns the entries that a text was meant for: an origin or a pattern, or several with something
/// between them; none if its meaning is not clear.
#[must_use]
pub fn suggest(text: &str) -> Vec<Pattern> {
    let suggested = match suggest_one(text) {
        Some(pattern) => Some(vec![pattern]),
        None => entry::pieces(text)
            .map(|piece| suggest_one(piece).filter(|_| entry::looks_like_an_origin(piece)))
            .collect(),
    };
    suggested.unwrap_or_default()
}

/// Returns the origin or the pattern that `text` means, however it is spelled.
fn suggest_one(text: &str) -> Option<Pattern> {
    let pattern = read(text, &mut Flaws::default()).ok()?;
    reads_as_it_is(&pattern).then_some(pattern)
}

/// Whether a corrected spelling can be offered: once it is corrected, a text may read like a list, or
/// its host end in a number.
fn reads_as_it_is(pattern: &Pattern) -> bool {
    let mut flaws = Flaws::default();
    read(&pattern.to_string(), &mut flaws).is_ok_and(|read| read == *pattern)
        && flaws.first().is_none()
}

/// Reads an entry as a browser reads an address: what has one clear meaning is corrected on the way
/// and noted in `flaws`, what has none is an error.
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
